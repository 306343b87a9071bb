"""Puts one certificate in the place of another: both sides, trail and notice in one transaction."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.scopes import Area
from certificates.ending import end
from certificates.issuing import drawn_for
from certificates.models import Certificate
from certificates.refusal import CertificateError
from links.models import Link
from notices import actions as notices

REPLACED, FACTS_CHANGED = Certificate.Revocation.REPLACED, Certificate.Revocation.FACTS_CHANGED


def put_in_place(
    certificate: Certificate, *, by_post_only: bool, by: User | None, at: datetime.datetime
) -> None:
    """Save a new certificate and end those before it; one by post leaves a running one until it arrived."""
    running = certificate.link.certificates.filter(revoked_at=None)
    today = timezone.localdate(at)
    kept = running.filter(replaces=None, valid_until__gte=today).first() if by_post_only else None
    for old in running:
        if old != kept:
            end(old, why=REPLACED, by=by, at=at, tell=False)
    certificate.replaces = kept
    certificate.save(force_insert=True)


@transaction.atomic
def take_over(certificate: Certificate, *, by: User | None, at: datetime.datetime) -> bool:
    """The posted one has arrived: the one before it ends."""
    locked = Certificate.objects.select_for_update(of=("self",)).filter(
        pk=certificate.pk, replaces__isnull=False, revoked_at=None
    )
    found = locked.select_related("replaces").first()
    if found is None or found.replaces is None:
        return False
    end(found.replaces, why=REPLACED, by=by, at=at, tell=False)
    found.replaces = None
    found.save(update_fields=["replaces"])
    return True


@transaction.atomic
def correct(outdated: Certificate, *, at: datetime.datetime) -> bool:
    """Replace one that prints an old fact by one that prints the present ones; else only end it."""
    successor = successor_of(outdated, today=timezone.localdate(at))
    why = REPLACED if successor else FACTS_CHANGED
    if not end(outdated, why=why, by=None, at=at, tell=successor is None):
        return False
    if successor:
        successor.save(force_insert=True)
        subject = ("certificate", successor.public_id)
        person = successor.resident_id
        audit.record("certificate.issued", by=None, at=at, resident=person, subject=subject)
        notices.tell(
            resident_id=person, kind="certificate.replaced", subject=subject, area=Area.HEALTH, at=at
        )
    return True


def successor_of(outdated: Certificate, *, today: datetime.date) -> Certificate | None:
    """The corrected certificate, unsaved; None where the insurance is another or doubtful."""
    link, resident = outdated.link, outdated.resident
    stands = link.status == Link.Status.ACTIVE and link.shows_details and resident.died_on is None
    same_insurer = link.details.get("insurer_number") == outdated.facts["insurance"].get("insurer_number")
    alone = not link.certificates.filter(revoked_at=None).exclude(pk=outdated.pk).exists()
    if not (stands and same_insurer and alone and link.resident_id == outdated.resident_id):
        return None
    try:
        return drawn_for(resident, link, by=None, today=today, optional=outdated.shows_optional)
    except CertificateError:
        return None
