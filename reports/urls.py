"""Addresses of this room."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("new/<slug:link_id>/", views.start, name="start"),
    path("new/<slug:link_id>/check/", views.check, name="check"),
    path("new/<slug:link_id>/<slug:step>/", views.question, name="question"),
    path("<slug:report_id>/", views.report, name="report"),
    path("<slug:report_id>/sent/", views.sent, name="sent"),
    path("<slug:report_id>/message/", views.message, name="message"),
    path("<slug:report_id>/withdraw/", views.withdraw, name="withdraw"),
]
