"""What a page shows of the proposals about one request."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from accounts.models.proposals import TwoPeople


def second_person(history: Iterable[TwoPeople], reader: User, *, is_open: bool, room: str) -> dict[str, Any]:
    """What the page shows of its proposals, latest first, and offers to those with the room's rights."""
    proposals = list(history)
    waiting = next((one for one in proposals if one.state == TwoPeople.State.WAITING), None)
    another = waiting is not None and waiting.proposed_by_id != reader.pk
    return {
        "proposal": waiting,
        "returned": [one for one in proposals if one.state == TwoPeople.State.RETURNED],
        "may_propose": is_open and waiting is None and reader.may(f"{room}.work"),
        "may_decide": is_open and another and reader.may(f"{room}.approve"),
    }
