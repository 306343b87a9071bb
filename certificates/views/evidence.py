"""What staff see of an application: facts as known, facts as stated, and what the rules say today."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import gates
from accounts.models import User
from accounts.protection.looking import Look, look_of
from certificates import answers
from certificates.eligibility import verdict
from certificates.insurers import insurer_of
from certificates.issuing import NOT_LEFT_TO_US, last_day
from certificates.known import day_or_none, known_of
from certificates.models import Application, Insurer
from certificates.refusal import CertificateError
from certificates.wording import ANSWERS, HEADLINES, QUESTIONS, REASONS
from links.categories import DETAILS
from links.models import Link

# Shown from the insurer's record, in this order
SHOWN = ("insurer_name", "insurer_number", "symbol", "number", "branch_number", "qualified_on", "copay_ratio")


def page(application: Application, reader: User) -> dict[str, Any]:
    """Everything that a decision needs; the decision itself is offered to those with the right."""
    insurer = insurer_of(application.link)
    known = known_of(application.resident, application.link, today=timezone.localdate())
    found = verdict(answers.facts(known, application.stated))
    free = application.link.shows_details
    look = look_at(application, reader, at=timezone.now())
    gate = closed(application)
    issues_here = insurer is not None and insurer.issues_here
    return {
        "application": application,
        "resident": application.resident,
        "free": free,
        "look": look,
        "details": details(application.link) if free and not look.hidden else [],
        "stated": [] if look.hidden else stated(application),
        "sent_with": list(Application.objects.within(reader).sent_with(application).order_by("pk")),
        "headline": HEADLINES[found.kind, found.by],
        "reason": REASONS[found.rule],
        "limit": limit(known, insurer) if free else None,
        "insurer_says": insurer.get_issuing_display() if insurer else NOT_LEFT_TO_US,
        "may_decide": application.waits and not look.hidden and may_decide(reader, insurer),
        "may_end": not look.hidden and reader.may("certificates.issue"),
        "gate": gate,
        "may_issue": application.waits and free and found.may_apply and not gate and issues_here,
        "certificate": getattr(application, "certificate", None),
    }


def closed(application: Application) -> gates.Closed | None:
    """What keeps the applicant from it now; None where nothing does, or nobody signed in to apply."""
    who = application.applicant
    return gates.closed(who, at=timezone.now(), about=application.resident_id) if who else None


def details(link: Link) -> list[dict[str, Any]]:
    """The insurer's record in rows; what was not sent is said to be missing."""
    return [{"key": DETAILS[key], **shown(key, link.details.get(key, ""))} for key in SHOWN]


def shown(key: str, value: str) -> dict[str, Any]:
    """One value of the record: a day as a day, a share in percent."""
    if key.endswith("_on") and value:
        return {"day": day_or_none(value)}
    return {"value": f"{int(value)} %" if key == "copay_ratio" and value else value or _("not sent")}


def stated(application: Application) -> list[dict[str, Any]]:
    """The applicant's answers in rows."""
    return [
        {"key": QUESTIONS[step], "value": ANSWERS.get(step, {}).get(value, value)}
        for step, value in application.stated.items()
        if step in QUESTIONS
    ]


def look_at(application: Application, reader: User, *, at: datetime.datetime) -> Look:
    """Whether the reader may see the places of somebody protected; an officer knows what their own sent."""
    if not reader.may("certificates.everywhere"):
        return Look()
    return look_of(reader, application.resident, on=timezone.localdate(at), at=at)


def may_decide(reader: User, insurer: Insurer | None) -> bool:
    """Whether the reader is of those who decide: the insurer's own staff where it keeps that to itself."""
    own = insurer is not None and insurer.issuing == Insurer.Issuing.OWN
    return reader.may("certificates.issue") and not (own and reader.may("certificates.everywhere"))


def limit(known: answers.Known, insurer: Insurer | None) -> Any:
    """Until when a certificate of today would be valid, None where none can be made."""
    try:
        return last_day(known, known.scheme, insurer) if known.scheme else None
    except CertificateError:
        return None
