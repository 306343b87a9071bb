"""Addresses where staff decide who may act for whom."""

from django.urls import path

from accounts.acting import staff

app_name = "acting"
urlpatterns = [
    path("", staff.listing, name="list"),
    path("<slug:mandate_id>/", staff.mandate, name="mandate"),
    path("<slug:mandate_id>/papers/<int:place>/", staff.paper, name="paper"),
    path("<slug:mandate_id>/propose/", staff.propose, name="propose"),
    path("<slug:mandate_id>/approve/", staff.approve, name="approve"),
    path("<slug:mandate_id>/send-back/", staff.send_back, name="send_back"),
]
