"""Letters that wait for paper: taken in batches, each under a number that is known when it comes back."""

import datetime
import secrets

from django.contrib.auth.base_user import AbstractBaseUser

from notices.codes import LETTERS
from notices.models import LETTER, Delivery, DeliveryQuerySet, LetterBatch

State = Delivery.State
CODE = 6


def waiting(*, most: int) -> list[Delivery]:
    """So many letters to print, locked until the transaction ends; two who print get different ones."""
    rows = Delivery.objects.letters_to_print().select_related("notice", "resident")
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:most])


def number_them(letters: list[Delivery], *, by: AbstractBaseUser, at: datetime.datetime) -> LetterBatch:
    """A batch of these letters: from now on they count as handed over, under numbers of the batch."""
    code = "".join(secrets.choice(LETTERS) for _letter in range(CODE))
    batch = LetterBatch.objects.create(code=code, letters=len(letters), printed_by_id=by.pk, printed_at=at)
    for place, letter in enumerate(letters, start=1):
        end(letter, State.ACCEPTED, at=at, reference=f"{code}-{place:03}")
    return batch


def end(
    letter: Delivery, state: Delivery.State, *, at: datetime.datetime, reason: str = "", reference: str = ""
) -> None:
    """Write down what became of a letter that waited."""
    letter.state, letter.reason, letter.reference = state, reason, reference
    mine = Delivery.objects.filter(pk=letter.pk, noticed_at=letter.noticed_at)
    mine.update(state=state, reason=reason, reference=reference, changed_at=at, tries=1)


def of_batch(batch: LetterBatch) -> DeliveryQuerySet:
    """The letters of a batch in the order of their sheets."""
    numbered = Delivery.objects.filter(channel=LETTER, reference__startswith=f"{batch.code}-")
    return numbered.select_related("notice", "resident").order_by("reference")
