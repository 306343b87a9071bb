"""Addresses of this room."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("new/<str:link_id>/", views.start, name="start"),
    path("new/<str:link_id>/check/", views.check, name="check"),
    path("new/<str:link_id>/<slug:step>/", views.question, name="question"),
    path("<str:report_id>/", views.report, name="report"),
    path("<str:report_id>/sent/", views.sent, name="sent"),
    path("<str:report_id>/message/", views.message, name="message"),
    path("<str:report_id>/withdraw/", views.withdraw, name="withdraw"),
]
