"""Addresses of the look-up."""

from django.urls import path

from portal.lookup import views

app_name = "lookup"
urlpatterns = [
    path("", views.seek, name="seek"),
    path("<slug:resident_id>/", views.person, name="person"),
    path("<slug:resident_id>/ask/", views.ask, name="ask"),
]
