"""Addresses where staff print notices."""

from django.urls import path

from accounts.posting import staff

app_name = "posting"
urlpatterns = [
    path("", staff.listing, name="list"),
    path("print/", staff.print_waiting, name="print"),
    path("returned/", staff.returned, name="returned"),
    path("<slug:code>/fetch/", staff.fetch, name="fetch"),
]
