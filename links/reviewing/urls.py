"""Addresses of the review's pages."""

from django.urls import path

from links.reviewing import views

app_name = "review"
urlpatterns = [
    path("", views.runs, name="list"),
    path("<slug:run_id>/", views.run, name="run"),
    path("<slug:run_id>/progress/", views.progress, name="progress"),
    path("<slug:run_id>/go-on/", views.go_on, name="go_on"),
    path("<slug:run_id>/cancel/", views.cancel, name="cancel"),
    path("<slug:run_id>/take-up/", views.take_up, name="take_up"),
    path("<slug:run_id>/withhold/", views.withhold, name="withhold"),
    path("<slug:run_id>/report.csv", views.whole, name="report"),
    path("<slug:run_id>/findings.csv", views.download, name="download"),
]
