"""Addresses of incidents, for staff."""

from django.urls import path

from reports.incidents import views, writing

app_name = "incidents"
urlpatterns = [
    path("", views.listing, name="list"),
    path("case/<slug:report_id>/", writing.add_case, name="add_case"),
    path("<slug:incident_id>/", views.incident, name="incident"),
    path("<slug:incident_id>/progress/", views.progress, name="progress"),
    path("<slug:incident_id>/records/", views.records, name="records"),
    path("<slug:incident_id>/step/<slug:name>/", views.step, name="step"),
    path("<slug:incident_id>/plan/", views.propose, name="propose"),
    path("<slug:incident_id>/plan/<slug:plan_id>/approve/", views.approve, name="approve"),
    path("<slug:incident_id>/plan/<slug:plan_id>/return/", views.return_plan, name="return_plan"),
    path("<slug:incident_id>/plan/<slug:plan_id>/undo/", views.undo, name="undo"),
    path("<slug:incident_id>/plan/<slug:plan_id>/step/<slug:name>/", views.plan_step, name="plan_step"),
    path("<slug:incident_id>/statement/", writing.statement, name="statement"),
    path("<slug:incident_id>/statement/preview/", writing.preview, name="preview"),
    path("<slug:incident_id>/statement/publish/", writing.publish, name="publish"),
    path("<slug:incident_id>/statement/return/", writing.return_statement, name="return_statement"),
    path("<slug:incident_id>/leak/<slug:stage>/", writing.leak, name="leak"),
    path("<slug:incident_id>/leak/<slug:stage>/sent/", writing.leak_sent, name="leak_sent"),
]
