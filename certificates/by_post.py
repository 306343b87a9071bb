"""Asks for a certificate without sign-in: nothing is shown, the paper goes to the registered address only."""

import contextlib
import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.identity.matching import only_one
from accounts.models import Resident, User
from accounts.scopes import Area
from certificates import answers as answering
from certificates.actions import ANSWERED_WITHIN
from certificates.eligibility import verdict
from certificates.known import insurance_of, known_of
from certificates.models import Application
from links.review.rules import Person
from notices import actions as notices

# The one question of the form, in the answers that the rules know
WHY: dict[str, answering.Answers] = {
    "no_card": {"card": "none", "help": "nothing"},
    "lost": {"card": "lost", "help": "nothing"},
    "renewing": {"card": "renewing", "help": "nothing"},
    "returned": {"card": "returned", "help": "nothing"},
    "unknown": {"card": "valid", "works": "unknown", "help": "nothing"},
    "helper": {"card": "valid", "works": "yes", "help": "helper"},
    "paper": {"card": "none", "help": "lost"},
}


def ask_by_post(*, claims: Person, why: str, at: datetime.datetime) -> None:
    """Keep the application of the one person whom this describes; the caller learns nothing either way."""
    resident = only_one(claims)
    if resident is not None:
        # a second one at the same moment, and one beside an open application, change nothing
        with contextlib.suppress(IntegrityError):
            _ask(resident, WHY[why], at=at)


def ask_at_counter(*, resident: Resident, why: str, by: User, at: datetime.datetime) -> Application | None:
    """Keep the application of somebody beside whom staff sit; None where none is possible, or one is open."""
    try:
        return _ask(resident, WHY[why], by=by, at=at)
    except IntegrityError:
        return None


@transaction.atomic
def _ask(
    resident: Resident, stated: answering.Answers, *, by: User | None = None, at: datetime.datetime
) -> Application | None:
    link, today = insurance_of(resident), timezone.localdate(at)
    found = verdict(answering.facts(known_of(resident, link, today=today), {"works": "unknown", **stated}))
    if link is None or found.reason is None or not found.may_apply:
        return None
    application = Application.objects.create(
        resident=resident,
        link=link,
        applicant=None,
        reason=found.reason.value,
        stated={"works": "unknown", **stated},
        disputed=not link.shows_details,
        received_at=at,
        next_step_by=today + ANSWERED_WITHIN,
    )
    subject = ("application", application.public_id)
    verb = "certificate.asked_at_counter" if by else "certificate.asked_by_post"
    audit.record(verb, by=by, at=at, resident=resident, subject=subject, on_behalf=False)
    kind = "certificate.received" if by else "certificate.asked_by_post"
    notices.tell(resident_id=resident.pk, kind=kind, subject=subject, area=Area.HEALTH, at=at)
    return application
