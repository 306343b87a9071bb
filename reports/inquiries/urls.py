"""Addresses of what institutions are asked."""

from django.urls import path

from reports.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("", views.inquiries, name="list"),
    path("<slug:inquiry_id>/", views.inquiry, name="inquiry"),
]
