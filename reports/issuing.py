"""Whom a report without a record goes to: the office that the resident named, or who issues certificates."""

from django.utils.timezone import localdate

from accounts.models import Resident
from accounts.protection.clearing import needed
from links.models import Institution
from links.review.rules.places import split_place


def office_called(name: str) -> Institution | None:
    """The one institution of exactly that name; none where it is not known, or two are called so."""
    found = list(Institution.objects.called(name)[:2])
    return found[0] if len(found) == 1 else None


def municipality_of(resident: Resident) -> str:
    """Where the resident is registered; empty for whom a protection covers: nobody may read it here."""
    return "" if needed(resident, on=localdate()) else split_place(resident.address)[1]
