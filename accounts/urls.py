"""Addresses about one's own sign-in and number that allauth does not have."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("identity/", views.identity, name="identity"),
    path("number/", views.number, name="number"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/stay/", views.stay, name="stay"),
    path("sessions/end/", views.end_others, name="end_others"),
    path("sessions/<slug:session_id>/end/", views.end, name="end"),
]
