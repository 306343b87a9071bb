"""Addresses of calls."""

from django.urls import path

from reports.calls import staff, views

app_name = "calls"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("number/", views.number, name="number"),
    path("waiting/", staff.waiting, name="waiting"),
    path("waiting/<slug:call_id>/", staff.work, name="work"),
    path("<slug:call_id>/", views.call, name="call"),
    path("<slug:call_id>/withdraw/", views.withdraw, name="withdraw"),
]
