"""What people do with single records."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import audit, gates
from accounts.models import Resident, User
from links.evidence import AGREEING
from links.models import Change, Hold, Link
from links.review import settle
from links.review.rules import compare

THANKS = _("Thank you. We noted that this record is yours.")
AGENTS_OWN = _(
    "The holder of this record seems to be you. It must not be on this person's number. Please report it."
)


class LinkError(Exception):
    """Why it cannot be done, fit to show."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(str(message))


@transaction.atomic
def confirm(*, link: Link, by: User, at: datetime.datetime) -> Link:
    """The resident or an agent says: this is mine. Refused while withheld, and for an agent's own record."""
    (link,) = settle.locked([link.pk])
    if not link.shows_details:
        raise LinkError(_("This record is being checked. You cannot confirm it now."))
    if belongs_to_agent(link, by):
        raise LinkError(AGENTS_OWN)
    if link.confirmed_at is None:
        link.confirmed_at = at
        link.save(update_fields=["confirmed_at"])
        settle.write_down([link], Change.Kind.CONFIRMED, "record.confirmed", by=by, at=at, after={})
    return link


def belongs_to_agent(link: Link, user: User) -> bool:
    """Whether somebody acts for the resident and the record's holder is called like them.

    Refused also where too little was sent to tell the two apart; not where only the resident matches.
    """
    agent = Resident.objects.behind(user).exclude(pk=link.resident_id).first()
    if agent is None:
        return False
    claimed = link.claimed_person()
    own = compare(agent.as_person(), claimed)
    called_alike = any(own.elements[form].level in AGREEING for form in ("name", "kana"))
    if own.verdict == "mismatch" or not called_alike:
        return False
    return own.verdict == "match" or compare(link.resident.as_person(), claimed).verdict != "match"


def hold_for_report(*, link: Link, report: str, by: User | None, at: datetime.datetime) -> None:
    """Withhold the record at once because of the report with this public id."""
    settle.withhold([link.pk], source=Hold.Source.REPORT, reference=report, by=by, at=at)


def lift_report_hold(*, link: Link, report: str, by: User, at: datetime.datetime) -> None:
    """Lift what the report withheld; the record stays withheld while another hold stands."""
    settle.lift([link.pk], source=Hold.Source.REPORT, reference=report, by=by, at=at)


def hold_several_for_report(
    *, links: Iterable[Link], report: str, by: User | None, at: datetime.datetime
) -> None:
    """Withhold these records because of the report with this public id."""
    settle.withhold([link.pk for link in links], source=Hold.Source.REPORT, reference=report, by=by, at=at)


@transaction.atomic
def lift_report_holds(*, report: str, by: User | None, at: datetime.datetime) -> None:
    """Lift whatever the report withheld; a record stays withheld while another hold stands."""
    held = Hold.objects.active().filter(source=Hold.Source.REPORT, reference=report)
    ids = list(held.values_list("link", flat=True))
    settle.lift(ids, source=Hold.Source.REPORT, reference=report, by=by, at=at)


@transaction.atomic
def unlink(*, link: Link, by: User, at: datetime.datetime) -> None:
    """Take the record off the number for good; its holds end, its details stay hidden. The caller tells."""
    settle.decide(link.pk, as_what=Link.Settlement.UNLINKED, by=by, at=at)


@transaction.atomic
def release(*, link: Link, by: User, at: datetime.datetime) -> None:
    """Decide that the record is this person's: every hold ends, details show again. The caller tells."""
    settle.decide(link.pk, as_what=Link.Settlement.RIGHT, by=by, at=at)


def withhold_for_incident(*, link_ids: Iterable[int], incident: str, by: User, at: datetime.datetime) -> None:
    """Withhold these records because of the incident with this public id. The caller tells."""
    settle.withhold(link_ids, source=Hold.Source.INCIDENT, reference=incident, by=by, at=at)


def settle_many(
    *, link_ids: Iterable[int], as_what: Link.Settlement, by: User, at: datetime.datetime
) -> None:
    """Decide the same about all of these records: every hold ends. The caller tells."""
    settle.decide_many(link_ids, as_what=as_what, by=by, at=at)


def view(*, link: Link, by: User, at: datetime.datetime, purpose: str = "") -> None:
    """Write into the trail that somebody looked at the record."""
    subject = ("link", link.public_id)
    audit.record(
        "record.viewed",
        by=by,
        at=at,
        resident=link.resident_id,
        subject=subject,
        purpose=purpose,
        institution=link.institution.code,
    )


def open_details(*, link: Link, by: User, at: datetime.datetime) -> dict[str, str]:
    """The record's details for reading, recorded; LinkError while they are hidden or closed."""
    if found := gates.closed(by, at=at, about=link.resident_id):
        raise LinkError(found.words)
    if not link.opens_details:
        raise LinkError(_("The details are hidden while we check whose record this is."))
    subject = ("link", link.public_id)
    code = link.institution.code
    audit.record(
        "record.details_opened", by=by, at=at, resident=link.resident_id, subject=subject, institution=code
    )
    return link.readable_details
