"""What becomes of a message after its provider took it: it arrived, it never will, or it came back."""

import datetime

from django.db import transaction

from notices.actions import call_worker
from notices.models import Delivery, Notice

State = Delivery.State
# from which states word is taken: late word corrects silence, and what arrived may still come back
BEFORE = {
    State.DELIVERED: (State.ACCEPTED, State.GIVEN_UP),
    State.REFUSED: (State.ACCEPTED, State.GIVEN_UP),
    State.RETURNED: (State.ACCEPTED, State.DELIVERED, State.GIVEN_UP),
}


@transaction.atomic
def report(
    *, channel: str, reference: str, state: Delivery.State, at: datetime.datetime, reason: str = ""
) -> Delivery | None:
    """Write word of a provider down; where the message did not arrive, the next channel gets its turn.

    None where no message has this number. Word that comes again, or too late, changes nothing.
    """
    delivery = Delivery.objects.numbered(channel, reference).select_for_update().first()
    if delivery is None or delivery.state not in BEFORE[state]:
        return delivery
    mine = Delivery.objects.filter(pk=delivery.pk, noticed_at=delivery.noticed_at)
    mine.update(state=state, reason=reason[:200], changed_at=at, due_at=None)
    delivery.state = state
    notice = Notice.objects.filter(pk=delivery.notice_id, created_at=delivery.noticed_at)
    notice.update(settled_at=None, due_at=at)
    call_worker()
    return delivery
