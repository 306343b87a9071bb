"""A resident says that a stopped record is theirs. Staff decide; nobody releases a record alone."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from links.actions import AGENTS_OWN, belongs_to_agent
from links.models import Link
from reports import knowledge
from reports.actions.filing import file
from reports.kinds import Kind, Reach
from reports.models import Proof, Report
from reports.moving import ReportError

NOT_STOPPED = _("This record is not stopped by the check any more. Please look at it again.")
CLAIM = {"kind": Kind.MINE, "reach_by": Reach.PORTAL}


@transaction.atomic
def claim(
    *, link: Link, digits: str, language: str, simple: bool, by: User, at: datetime.datetime
) -> Report | None:
    """The case for staff, the digits known or not; None where they were wrong and more may be tried.

    Where a report about the record came first, that one. ReportError where nothing can be claimed.
    """
    check(link, by=by)
    proof = locked_proof(link)
    if knowledge.question(link) and not proof.is_over:
        compare(proof, link, digits, by=by, at=at)
        if not proof.is_over:
            return None
    report = file(link=link, answers=CLAIM, language=language, simple=simple, by=by, at=at)
    proof.report = report
    proof.save(update_fields=["report"])
    return report


def check(link: Link, *, by: User) -> None:
    """ReportError where the check does not stop the record, or its holder is the agent who claims it."""
    if not knowledge.claimable(link):
        raise ReportError(NOT_STOPPED)
    if belongs_to_agent(link, by):
        raise ReportError(AGENTS_OWN)


def proof_of(link: Link) -> Proof:
    """What was tried so far about the present row of the record, by whomever; unsaved where nothing was."""
    asked = about(link)
    return Proof.objects.filter(**asked).first() or Proof(**asked)


def locked_proof(link: Link) -> Proof:
    """The same, saved and locked: two who try at once do so one after the other."""
    asked = about(link)
    Proof.objects.get_or_create(**asked)
    return Proof.objects.select_for_update().get(**asked)


def about(link: Link) -> dict[str, Any]:
    """The row of the record that is asked about: other data are another question."""
    return {"link": link, "resident_id": link.resident_id, "row_digest": bytes(link.row_digest)}


def compare(proof: Proof, link: Link, digits: str, *, by: User, at: datetime.datetime) -> None:
    """Count the try, and write down that there was one: neither the digits tried nor the right ones."""
    known = knowledge.knows(link, digits)
    proof.tries += 1
    proof.proven_at = at if known else None
    proof.save(update_fields=["tries", "proven_at"])
    audit.record(
        "record.digits_known" if known else "record.digits_wrong",
        by=by,
        at=at,
        resident=link.resident_id,
        subject=("link", link.public_id),
        institution=link.institution.code,
    )
