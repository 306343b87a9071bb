"""One visit at a counter: who it is about, kept in the member of staff's session and gone with its end."""

import datetime
import time
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records

from accounts import audit
from accounts.models import Resident
from accounts.protection import clearing
from accounts.requests import SignedInRequest

# without a step for so long the next visitor may be there
IDLE = datetime.timedelta(minutes=5)
KEY = "counter_visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """The person who is there, what they want so far, and when the answers were finished (epoch seconds)."""

    resident: Resident
    what: str
    answers: dict[str, Any]
    finished: float


def begin(request: SignedInRequest, resident: Resident, *, at: datetime.datetime) -> None:
    """Begin with this person; whatever was there of another one is gone. AccountError where one may not."""
    clearing.require(resident, by=request.user, at=at)
    request.session[KEY] = {"resident": resident.public_id, "touched": time.time()}
    audit.record(
        "counter.begun", by=request.user, at=at, resident=resident, purpose="counter", on_behalf=False
    )


def current(request: SignedInRequest) -> Visit | None:
    """The visit that goes on; None where there is none, or it was idle for too long: then it is ended."""
    kept = request.session.get(KEY)
    if not kept or time.time() - kept["touched"] > IDLE.total_seconds():
        end(request)
        return None
    request.session[KEY] = kept | {"touched": time.time()}
    resident = Resident.objects.get(public_id=kept["resident"])
    return Visit(resident, kept.get("what", ""), kept.get("answers", {}), kept.get("finished", 0.0))


def keep(request: SignedInRequest, what: str, answers: dict[str, Any]) -> None:
    """Keep the answers until they are sent or the visit ends."""
    request.session[KEY] |= {"what": what, "answers": answers, "finished": time.time()}
    request.session.modified = True


def end(request: SignedInRequest) -> None:
    """Forget everything of the visit."""
    request.session.pop(KEY, None)


def was_proven(request: SignedInRequest, visit: Visit) -> bool:
    """Whether the member of staff proved once more who they are since the answers were finished."""
    records = get_authentication_records(request, request.user)
    return bool(visit.finished) and bool(records) and records[-1]["at"] >= visit.finished
