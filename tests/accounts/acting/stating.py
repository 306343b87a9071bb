"""Requests of parents and guardians, as people make them."""

import datetime

from django.utils import timezone

from accounts.acting import asking, naming
from accounts.files.cleaning import Clean
from accounts.models import Mandate, Resident, User
from links.review.rules import Person


def as_stated(resident: Resident) -> Person:
    """The five elements of somebody."""
    return Person(
        name=resident.name,
        kana=resident.name_kana,
        birth_date=resident.birth_date,
        sex=resident.sex,
        address=resident.address,
    )


def mandate(about: Resident, by: User, *, kind: str = "parent", at: datetime.datetime) -> Mandate:
    """Somebody asks to act for that person, with one paper."""
    papers = [(Clean(b"%PDF-1.7", "application/pdf"), "戸籍.pdf")]
    return asking.keep(kind=kind, person=as_stated(about), papers=papers, by=by, at=at)


def acting_pages(old: User, helper: User, other: User) -> dict[str, tuple[str, str]]:
    """Pages to be photographed: an old person has a helper, who was offered more and asks as a guardian.

    Not those that want a fresh proof first.
    """
    now, last = timezone.now(), timezone.localdate() + datetime.timedelta(days=365)
    chosen = {"see": ["money", "health", "pension"], "report": ["money", "health"], "told": ["money"]}
    offer, code = naming.invite(chosen=chosen, ends_on=last, by=old, at=now)
    given = naming.accept(invitation=naming.open_code(code=code, by=helper, at=now), by=helper, at=now)
    naming.invite(chosen=chosen, ends_on=last, by=old, at=now)
    offer, code = naming.invite(chosen=chosen, ends_on=last, by=other, at=now)
    naming.open_code(code=code, by=helper, at=now)
    asked = mandate(given.subject, helper, kind="guardian", at=now)
    own = "/account/helpers/"
    return {
        "helpers": ("elderly", own),
        "helpers-helping": ("neighbour", own),
        "helpers-code": ("neighbour", f"{own}code/"),
        "helpers-offer": ("neighbour", f"{own}offer/{offer.public_id}/"),
        "helpers-document": ("neighbour", f"{own}ask/guardian/"),
        "list-helped": ("neighbour", f"/people/{given.subject.public_id}/"),
        "mandates": ("support", "/staff/authority/"),
        "authority-seek": ("support", "/staff/authority/people/"),
        "authority-person": ("support", f"/staff/authority/people/{given.subject.public_id}/"),
        "mandate": ("support", f"/staff/authority/{asked.public_id}/"),
    }
