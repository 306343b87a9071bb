"""A proposal is kept, and decided by a second person. The callers are actions."""

import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident, User
from accounts.models.proposals import TwoPeople
from accounts.proposals.words import NOTHING_WAITS, OWN_PROPOSAL, WAITS
from accounts.refusal import AccountError
from accounts.subjects import is_own_affair

Proposal = TypeVar("Proposal", bound=TwoPeople)

OVER = _("This request is over.")
WHO_AND_HOW = _("Please choose the person, and the document that you checked.")


def keep(
    proposals: "models.Manager[Proposal]", *, by: User, at: datetime.datetime, **values: Any
) -> Proposal:
    """The new proposal about one request; AccountError where one waits already."""
    try:
        with transaction.atomic():
            return proposals.create(proposed_by=by, proposed_at=at, **values)
    except IntegrityError as problem:
        raise AccountError(WAITS) from problem


def decide(
    proposals: "models.Manager[Proposal] | models.QuerySet[Proposal]",
    state: TwoPeople.State,
    *,
    by: User,
    at: datetime.datetime,
    answer: str = "",
) -> Proposal:
    """The one that waits among those about a request, which is locked, decided by a second person."""
    proposal = proposals.filter(state=TwoPeople.State.WAITING).first()
    if proposal is None:
        raise AccountError(NOTHING_WAITS)
    if proposal.proposed_by_id == by.pk:
        raise AccountError(OWN_PROPOSAL)
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.answer = state, by, at, answer
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    return proposal


def refuse_own(resident: Resident | None, why: Any, *, by: User, at: datetime.datetime) -> None:
    """AccountError with that reason where it is about the member of staff or their family."""
    if resident and is_own_affair(by, resident.pk, on=localdate(at)):
        raise AccountError(why)
