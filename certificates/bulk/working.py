"""Carries a batch on from wherever it is: what a killed worker left is found in the rows."""

import time
from collections.abc import Callable

from django.utils import timezone

from certificates.bulk.printing import print_letters
from certificates.bulk.steps import issue_next, list_next
from certificates.models import Batch

SECONDS_BETWEEN_SIGNS = 5
State = Batch.State


def carry_on(batch_id: int) -> None:
    """Do what the batch waits for, until a person decides or it is done; two workers do nothing twice."""
    batch = Batch.objects.get(pk=batch_id)
    alive = sign_of(batch)
    while batch.state == State.LISTING and list_next(batch, at=timezone.now()):
        pass
    while batch.state == State.ISSUING and issue_next(batch, at=timezone.now()):
        alive()
    if batch.state == State.ISSUING and not batch.items.waiting().exists():
        Batch.objects.filter(pk=batch.pk, state=State.ISSUING).update(state=State.PRINTING)
    batch.refresh_from_db()
    if batch.state == State.PRINTING:
        print_letters(batch, alive=alive)


def sign_of(batch: Batch) -> Callable[[], None]:
    """What says that a worker is at it, every few seconds: then no sweep sends another one."""
    said = 0.0

    def alive() -> None:
        nonlocal said
        if time.monotonic() - said >= SECONDS_BETWEEN_SIGNS:
            said = time.monotonic()
            Batch.objects.filter(pk=batch.pk).update(worked_at=timezone.now())

    return alive
