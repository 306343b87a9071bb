"""Addresses of the desk."""

from django.urls import path

from reports.desk import owner, team_views, views

app_name = "desk"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("searches/", views.keep_search, name="keep_search"),
    path("searches/<slug:search_id>/drop/", views.drop_search, name="drop_search"),
    path("team/", team_views.team, name="team"),
    path("team/team.csv", team_views.team_csv, name="team_csv"),
    path("<slug:report_id>/", views.case, name="case"),
    path("<slug:report_id>/next/", views.neighbour, {"way": "next"}, name="next"),
    path("<slug:report_id>/previous/", views.neighbour, {"way": "previous"}, name="previous"),
    path("<slug:report_id>/viewing/", views.viewing, name="viewing"),
    path("<slug:report_id>/owner/", owner.owner, name="owner"),
    path("<slug:report_id>/files/<slug:file_id>/", views.file, name="file"),
    path("<slug:report_id>/<slug:verb>/", views.step, name="step"),
]
