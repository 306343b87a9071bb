"""Addresses where staff decide who may act for whom."""

from django.urls import path

from accounts.acting import people, staff

app_name = "acting"
urlpatterns = [
    path("", staff.listing, name="list"),
    path("people/", people.seek, name="seek"),
    path("people/<slug:resident_id>/", people.person, name="person"),
    path("authorities/<slug:authority_id>/end/", people.end, name="end"),
    path("<slug:mandate_id>/", staff.mandate, name="mandate"),
    path("<slug:mandate_id>/papers/<int:place>/", staff.paper, name="paper"),
    path("<slug:mandate_id>/propose/", staff.propose, name="propose"),
    path("<slug:mandate_id>/approve/", staff.approve, name="approve"),
    path("<slug:mandate_id>/send-back/", staff.send_back, name="send_back"),
]
