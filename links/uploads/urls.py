"""Addresses of imports."""

from django.urls import path

from links.uploads import views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="list"),
    path("feed/", views.feed, name="feed"),
    path("register/", views.register, name="register"),
    path("findings/", views.export, name="export"),
    path("files/<slug:upload_id>/", views.upload, name="upload"),
    path("files/<slug:upload_id>/file/", views.file, name="file"),
    path("files/<slug:upload_id>/check/", views.check, name="check"),
    path("files/<slug:upload_id>/confirm/", views.confirm, name="confirm"),
    path("files/<slug:upload_id>/throw-away/", views.throw_away, name="throw_away"),
    path("work/<slug:job_id>/", views.job, name="job"),
    path("work/<slug:job_id>/progress/", views.progress, name="progress"),
    path("work/<slug:job_id>/rejects/", views.rejects, name="rejects"),
    path("work/<slug:job_id>/findings/", views.findings, name="findings"),
    path("done/<slug:import_id>/", views.feed_import, name="feed_import"),
    path("done/<slug:import_id>/roll-back/", views.roll_back, name="roll_back"),
]
