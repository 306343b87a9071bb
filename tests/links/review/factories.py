"""Records as feeds leave them: not checked yet, with a holder who is the resident or somebody else."""

import secrets

from django.utils import timezone

from accounts.models import Resident, ResidentChange
from links.models import Link, ReviewRun
from links.review import engine
from links.review.runs import Scope
from tests.factories import InstitutionFactory, LinkFactory, ResidentFactory


def own_record(resident: Resident, **fields: object) -> Link:
    """A tax record whose holder is the resident in every element; the rules call it a match."""
    holder = {
        "holder_name": resident.name,
        "holder_kana": resident.name_kana,
        "holder_birth_date": resident.birth_date,
        "holder_sex": resident.sex,
        "holder_address": resident.address,
    }
    return LinkFactory.create(
        **{"resident": resident, "category": "tax", "details": {}, "verdict": "", **holder, **fields}
    )


def strangers_record(resident: Resident, **fields: object) -> Link:
    """A tax record whose holder has another given name and birth date; the rules call it a mismatch."""
    stranger = {
        "holder_name": "見本　太郎",
        "holder_kana": "ミホン　タロウ",
        "holder_birth_date": "1951-11-23",
        "holder_sex": "1",
    }
    return own_record(resident, **{**stranger, **fields})


def bank_account(resident: Resident, *, number: str = "7654321", **fields: object) -> Link:
    """A bank account as banks send it: the reading of the holder's name and nothing else of the person."""
    details = {"bank_code": "0001", "branch_code": "240", "account_number": number}
    nothing = dict.fromkeys(("holder_name", "holder_birth_date", "holder_sex", "holder_address"), "")
    return own_record(resident, **{"category": "bank_account", "details": details, **nothing, **fields})


def insurance(resident: Resident, *, insurer: str = "01040013", **fields: object) -> Link:
    """An active health insurance of the resident."""
    details = {"insurer_number": insurer, "qualified_on": "2024-04-01"}
    return own_record(resident, **{"category": "health_insurance", "details": details, **fields})


def relative(resident: Resident, **fields: object) -> Resident:
    """Somebody of the same household and surname."""
    person = {"name": "見本　一郎", "name_kana": "ミホン　イチロウ", "birth_date": "2012-05-05", "sex": "1"}
    return ResidentFactory.create(**{"household_code": resident.household_code, **person, **fields})


def feed_of(size: int, *, wrong: int, **fields: object) -> list[Link]:
    """A feed of one institution, some of whose records are strangers'; the wrong ones come first."""
    institution = fields.pop("institution", None) or InstitutionFactory.create()
    people = [ResidentFactory.create() for _ in range(size)]
    makers = [strangers_record] * wrong + [own_record] * (size - wrong)
    return [
        make(person, institution=institution, **fields) for make, person in zip(makers, people, strict=True)
    ]


def reviewed(**scope: object) -> ReviewRun:
    """A whole run over that scope, all links if none is given."""
    return engine.review(Scope(**scope), at=timezone.now())


def moved(resident: Resident, **after: object) -> None:
    """The register changes these fields of the person."""
    before = {name: getattr(resident, name) for name in after}
    for name, value in after.items():
        setattr(resident, name, value)
    resident.save()
    ResidentChange.objects.create(resident=resident, before=before, after=after, at=timezone.now())


def resent(link: Link, **fields: object) -> None:
    """The institution sends a different row for the record."""
    link.refresh_from_db()
    digest = secrets.token_bytes(32)
    for name, value in {"row_digest": digest, "verdict": "", "changed_at": timezone.now(), **fields}.items():
        setattr(link, name, value)
    link.save()
