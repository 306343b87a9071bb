"""Addresses of this room."""

from django.urls import path

from reports.views import claiming, files, following, questions

app_name = "reports"
urlpatterns = [
    path("", following.report_list, name="list"),
    path("new/<slug:link_id>/", questions.start, name="start"),
    path("new/<slug:link_id>/check/", questions.check, name="check"),
    path("new/<slug:link_id>/discard/", questions.discard, name="discard"),
    path("new/<slug:link_id>/files/", files.step, name="files"),
    path("new/<slug:link_id>/files/<slug:file_id>/", files.of_draft, name="draft_file"),
    path("new/<slug:link_id>/<slug:step>/", questions.question, name="question"),
    path("mine/<slug:link_id>/", claiming.mine, name="mine"),
    path("<slug:report_id>/", following.report, name="report"),
    path("<slug:report_id>/sent/", questions.sent, name="sent"),
    path("<slug:report_id>/message/", following.message, name="message"),
    path("<slug:report_id>/files/<slug:file_id>/", files.of_report, name="file"),
    path("<slug:report_id>/withdraw/", following.withdraw, name="withdraw"),
]
