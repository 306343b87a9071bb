"""Tells people in time that a certificate ends: 60 days before, and 14."""

import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.scopes import Area
from certificates.models import Certificate, CertificateQuerySet
from notices.actions import Fact, tell_many
from notices.models import Notice

# days ahead, longest first; each is told until the next one is
AHEAD = (60, 14)
BATCH = 500


def tell_all(*, at: datetime.datetime) -> int:
    """Tell everyone who was not told yet; how many. Repeating it tells nobody twice."""
    told = 0
    for days, nearer in zip(AHEAD, (*AHEAD[1:], 0), strict=True):
        while some := tell_some(days, nearer, at=at):
            told += some
    return told


@transaction.atomic
def tell_some(days: int, nearer: int, *, at: datetime.datetime) -> int:
    """Tell of the next ones that end in so many days or less, but not in so few as the nearer number."""
    due = to_tell(days, nearer, on=timezone.localdate(at)).select_for_update(of=("self",), skip_locked=True)
    facts: list[Fact] = [
        (certificate.resident_id, kind_of(days), ("certificate", certificate.public_id), Area.HEALTH)
        for certificate in due.order_by("pk")[:BATCH]
    ]
    tell_many(facts, at=at)
    return len(facts)


def to_tell(days: int, nearer: int, *, on: datetime.date) -> CertificateQuerySet:
    """Valid ones that end then, were issued for longer than that, and of which nobody was told so."""
    told = Notice.objects.filter(
        resident=OuterRef("resident"), kind=kind_of(days), subject_id=OuterRef("public_id")
    )
    first, last = on + datetime.timedelta(days=nearer + (nearer > 0)), on + datetime.timedelta(days=days)
    ending = Certificate.objects.valid(on=on).filter(valid_until__range=(first, last))
    longer = ending.filter(valid_until__gt=F("issued_on") + datetime.timedelta(days=days))
    return longer.exclude(Exists(told))


def kind_of(days: int) -> str:
    """The kind of that notice."""
    return f"certificate.expires_in_{days}"
