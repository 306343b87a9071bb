"""Requests of parents and guardians, as people make them."""

import datetime

from accounts.acting import asking
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
