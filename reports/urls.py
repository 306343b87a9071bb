"""Addresses of this room."""

from django.urls import path

from reports.views import claiming, files, following, incidents, other, questions

app_name = "reports"
urlpatterns = [
    path("", following.report_list, name="list"),
    path("new/<slug:link_id>/", questions.start, name="start"),
    path("new/<slug:link_id>/check/", questions.check, name="check"),
    path("new/<slug:link_id>/discard/", questions.discard, name="discard"),
    path("new/<slug:link_id>/files/", files.step, name="files"),
    path("new/<slug:link_id>/files/<slug:file_id>/", files.of_draft, name="draft_file"),
    path("new/<slug:link_id>/<slug:step>/", questions.question, name="question"),
    path("other/", other.own, name="other"),
    path("other/<slug:resident_id>/", other.start, name="other_start"),
    path("other/<slug:resident_id>/seen/", other.seen, name="seen"),
    path("other/<slug:resident_id>/<slug:kind>/check/", other.check, name="other_check"),
    path("other/<slug:resident_id>/<slug:kind>/discard/", other.discard, name="other_discard"),
    path("other/<slug:resident_id>/<slug:kind>/<slug:step>/", other.question, name="other_question"),
    path("incidents/<slug:incident_id>/", incidents.affected, name="incident"),
    path("mine/<slug:link_id>/", claiming.mine, name="mine"),
    path("<slug:report_id>/", following.report, name="report"),
    path("<slug:report_id>/sent/", questions.sent, name="sent"),
    path("<slug:report_id>/message/", following.message, name="message"),
    path("<slug:report_id>/files/<slug:file_id>/", files.of_report, name="file"),
    path("<slug:report_id>/confirm/", following.confirm, name="confirm"),
    path("<slug:report_id>/still-wrong/", following.reopen, name="reopen"),
    path("<slug:report_id>/summary/", following.summary, name="summary"),
    path("<slug:report_id>/withdraw/", following.withdraw, name="withdraw"),
]
