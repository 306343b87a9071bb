"""What staff do with bulk issue; a worker does the long part."""

import datetime
from functools import partial
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from certificates import tasks
from certificates.bulk import shelf
from certificates.models import Batch, Insurer
from certificates.refusal import CertificateError

NOT_ALLOWED = _("Only staff who issue certificates may decide on an application.")
OPEN_ALREADY = _("There is an open list of this kind. Please finish or throw it away first.")
MEANWHILE = _("Somebody decided about this list before you.")
NO_FILE = _("The file is not here any more.")
State = Batch.State


@transaction.atomic
def make(*, kind: Batch.Kind, by: User, at: datetime.datetime) -> Batch:
    """Have the people listed; CertificateError where a list of that kind is open."""
    _require_right(by)
    insurer = Insurer.objects.employing(by)
    if insurer is None and not by.may("certificates.everywhere"):
        raise CertificateError(NOT_ALLOWED)
    try:
        with transaction.atomic():
            batch = Batch.objects.create(kind=kind, insurer=insurer, made_by=by, made_at=at, worked_at=at)
    except IntegrityError as second:
        raise CertificateError(OPEN_ALREADY) from second
    audit.record("batch.listed", by=by, at=at, subject=("batch", batch.public_id), purpose=kind)
    _queue(batch)
    return batch


def start(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Issue to everybody on the list."""
    _move(batch, {State.LISTED}, State.ISSUING, "batch.started", by=by, at=at, started_by=by, started_at=at)


def stop(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Stop after the certificate that is being issued; those that were issued stand."""
    _move(batch, {State.ISSUING}, State.STOPPED, "batch.stopped", by=by, at=at)


def go_on(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Go on where it was stopped."""
    _move(batch, {State.STOPPED}, State.ISSUING, "batch.started", by=by, at=at)


@transaction.atomic
def finish(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Print what was issued until it was stopped; the others are on the next list."""
    _move(batch, {State.STOPPED}, State.PRINTING, "batch.finished", by=by, at=at)
    batch.items.waiting().delete()


@transaction.atomic
def throw_away(*, batch: Batch, by: User, at: datetime.datetime) -> None:
    """Forget a list of which nothing was issued."""
    ended = State.THROWN_AWAY
    _move(batch, {State.LISTING, State.LISTED}, ended, "batch.thrown_away", by=by, at=at, finished_at=at)
    batch.items.waiting().delete()


def fetch(*, batch: Batch, by: User, at: datetime.datetime) -> BinaryIO:
    """The letters as one PDF, noted in the trail; CertificateError where they are gone."""
    _require_right(by)
    if not Batch.objects.within(by).filter(pk=batch.pk).exists() or not batch.has_file:
        raise CertificateError(NO_FILE)
    audit.record("batch.fetched", by=by, at=at, subject=("batch", batch.public_id))
    return shelf.of_batch(batch).open()


@transaction.atomic
def _move(
    batch: Batch,
    of: set[Batch.State],
    to: Batch.State,
    verb: str,
    *,
    by: User,
    at: datetime.datetime,
    **fields: User | datetime.datetime,
) -> None:
    """From one state to another, once; whoever comes second is told."""
    _require_right(by)
    moved = (
        Batch.objects.within(by).filter(pk=batch.pk, state__in=of).update(state=to, worked_at=at, **fields)
    )
    if not moved:
        raise CertificateError(MEANWHILE)
    audit.record(verb, by=by, at=at, subject=("batch", batch.public_id))
    if to in Batch.AT_WORK:
        _queue(batch)


def _require_right(by: User) -> None:
    if not by.may("certificates.issue"):
        raise CertificateError(NOT_ALLOWED)


def _queue(batch: Batch) -> None:
    """A message is a hint: the sweep repeats what got lost."""
    transaction.on_commit(partial(tasks.carry_on_batch.delay, batch_id=batch.pk), robust=True)
