"""Addresses about one's own sign-in that allauth does not have."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.sessions, name="sessions"),
    path("stay/", views.stay, name="stay"),
    path("end/", views.end_others, name="end_others"),
    path("<slug:session_id>/end/", views.end, name="end"),
]
