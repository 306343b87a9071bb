"""Addresses where staff protect people."""

from django.urls import path

from accounts.protection import views

app_name = "protection"
urlpatterns = [
    path("", views.listing, name="list"),
    path("ask/<slug:resident_id>/", views.ask, name="ask"),
    path("looks/<slug:clearance_id>/<slug:name>/", views.answer, name="answer"),
    path("<slug:resident_id>/", views.person, name="person"),
    path("<slug:resident_id>/<slug:name>/", views.step, name="step"),
]
