"""People who say who they are, and claims in each state; made through the actions."""

import re
from dataclasses import replace
from io import BytesIO

from django.utils import timezone
from pypdf import PdfReader

from accounts.identity.claiming import ask_for_letter
from accounts.identity.letters import print_letters
from accounts.models import Claim, Resident, User
from links.review.rules import Person
from tests.factories import ResidentFactory, UserFactory

NOBODY = Person(
    name="未知　太郎", kana="ミチ　タロウ", birth_date="1971-08-09", sex="1", address="東京都港区１番１号"
)


def single(**fields) -> Resident:
    """Somebody of the register like whom there is no other."""
    own = {
        "name": "白鳥　雪乃",
        "name_kana": "シラトリ　ユキノ",
        "birth_date": "1979-11-03",
        "address": "埼玉県さいたま市浦和区常盤６丁目４番４号",
    }
    return ResidentFactory.create(**{**own, **fields})


def as_stated(resident: Resident, **changes) -> Person:
    """What the person states of themselves."""
    stated = Person(
        name=resident.name,
        kana=resident.name_kana,
        birth_date=resident.birth_date,
        sex=resident.sex,
        address=resident.address,
    )
    return replace(stated, **changes)


def form_of(person: Person) -> dict[str, str]:
    """The same as a form sends it."""
    return {key: getattr(person, key) for key in ("name", "kana", "birth_date", "sex", "address")}


def asked(resident: Resident, by: User | None = None) -> Claim:
    """A claim by letter that waits to be printed."""
    by = by or UserFactory.create()
    return ask_for_letter(claims=as_stated(resident), by=by, at=timezone.now())


def printed(claim: Claim, at=None) -> str:
    """Print its letter: the code on the paper."""
    staff = UserFactory.create(role="support")
    pdf = print_letters(claims=Claim.objects.filter(pk=claim.pk), by=staff, at=at or timezone.now())
    claim.refresh_from_db()
    return code_on(pdf)


def code_on(pdf: bytes) -> str:
    """The ten digits of the first letter."""
    found = re.search(r"(\d{5}) ?(\d{5})\n", PdfReader(BytesIO(pdf)).pages[0].extract_text())
    return found[1] + found[2]


def posted(resident: Resident, by: User | None = None) -> Claim:
    """A claim whose letter was posted, whoever else is like that resident."""
    claim = Claim.objects.create(
        user=by or UserFactory.create(),
        resident=resident,
        method="letter",
        stated=form_of(as_stated(resident)),
        opened_at=timezone.now(),
    )
    printed(claim)
    return claim
