"""Addresses where staff connect sign-ins."""

from django.urls import path

from accounts.identity import staff

app_name = "identity"
urlpatterns = [
    path("", staff.listing, name="list"),
    path("letters/", staff.print_waiting, name="print"),
    path("<slug:claim_id>/", staff.claim, name="claim"),
    path("<slug:claim_id>/letter/", staff.print_again, name="print_again"),
    path("<slug:claim_id>/propose/", staff.propose, name="propose"),
    path("<slug:claim_id>/approve/", staff.approve, name="approve"),
    path("<slug:claim_id>/send-back/", staff.send_back, name="send_back"),
]
