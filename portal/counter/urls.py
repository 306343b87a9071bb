"""Addresses of counter mode."""

from django.urls import path

from portal.counter import views

app_name = "counter"
urlpatterns = [
    path("", views.visit, name="visit"),
    path("begin/<slug:resident_id>/", views.begin, name="begin"),
    path("check/", views.check, name="check"),
    path("end/", views.end, name="end"),
    path("over/", views.over, name="over"),
    path("<slug:what>/", views.fill_in, name="fill_in"),
]
