"""A letter came back: its notice did not arrive, and the address is doubtful from now on."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import DoubtfulAddress, Resident, User
from accounts.refusal import NOT_ALLOWED, AccountError
from notices.actions import tell
from notices.models import LETTER, Delivery
from notices.reporting import report

UNKNOWN = _("There is no letter with this number.")
ALREADY = _("It was noted already that this letter came back.")
REASON = "Came back by post."


@transaction.atomic
def note_returned(*, number: str, by: User, at: datetime.datetime) -> Delivery:
    """Write it down, doubt the address, and tell the person by whatever else leads to them.

    AccountError for a number that no letter has, or whose return was noted before.
    """
    if not by.may("letters.work"):
        raise AccountError(NOT_ALLOWED)
    before = Delivery.objects.numbered(LETTER, number).first()
    if before is None:
        raise AccountError(UNKNOWN)
    state = Delivery.State.RETURNED
    if before.state == state:
        raise AccountError(ALREADY)
    report(channel=LETTER, reference=number, state=state, reason=REASON, at=at)
    doubt(before.resident, by=by, at=at)
    subject = ("notice", before.notice.public_id)
    audit.record("notice.letter_returned", resident=before.resident, subject=subject, by=by, at=at)
    return before


def doubt(resident: Resident, *, by: User, at: datetime.datetime) -> None:
    """Doubt the address that the register has, once; with the first doubt the person is told."""
    _doubt, new = DoubtfulAddress.objects.get_or_create(
        resident=resident, address=resident.address, defaults={"noted_by": by, "noted_at": at}
    )
    if new:
        tell(
            resident_id=resident.pk,
            kind="contact.letter_returned",
            subject=("binding", resident.public_id),
            at=at,
        )
