"""Addresses of this room."""

from django.urls import path

from certificates.views import public, residents, staff

app_name = "certificates"
urlpatterns = [
    path("check/", public.check, name="check"),
    path("staff/", staff.queue, name="queue"),
    path("staff/<str:public_id>/", staff.review, name="review"),
    path("staff/<str:public_id>/issue/", staff.issue, name="issue"),
    path("staff/<str:public_id>/return/", staff.send_back, name="return"),
    path("for/<str:resident_id>/", residents.start, name="start"),
    path("for/<str:resident_id>/question/<slug:step>/", residents.question, name="question"),
    path("for/<str:resident_id>/verdict/", residents.verdict, name="verdict"),
    path("for/<str:resident_id>/without-employer/", residents.without_employer, name="without_employer"),
    path("for/<str:resident_id>/apply/", residents.apply, name="apply"),
    path("applications/<str:public_id>/", residents.application, name="application"),
    path("applications/<str:public_id>/received/", residents.received, name="received"),
    path("<str:public_id>/", residents.certificate, name="certificate"),
    path("<str:public_id>/download/", residents.download, name="download"),
]
