"""Addresses of records."""

from django.urls import path

from links import views

app_name = "links"
urlpatterns = [
    path("<slug:public_id>/", views.record, name="record"),
    path("<slug:public_id>/details/", views.details, name="details"),
    path("<slug:public_id>/mine/", views.confirm, name="confirm"),
]
