"""Lists of bulk issue at each stage, made through the actions and carried on as a worker does."""

from django.utils import timezone

from certificates.bulk import actions, working
from certificates.models import Batch
from tests.certificates.factories import UNREGISTERED, insurance
from tests.factories import ResidentFactory


def insured(details=None, **fields):
    """A person whose insurer knows that the card is not registered: they get one without applying."""
    person = ResidentFactory.create(**fields)
    insurance(person, details or UNREGISTERED)
    return person


def listed(by, kind=Batch.Kind.MONTHLY):
    """A list that waits for a decision."""
    batch = actions.make(kind=kind, by=by, at=timezone.now())
    working.carry_on(batch.pk)
    batch.refresh_from_db()
    return batch


def started(by, kind=Batch.Kind.MONTHLY):
    """A list whose issue was begun; no worker has taken it yet."""
    batch = listed(by, kind)
    actions.start(batch=batch, by=by, at=timezone.now())
    batch.refresh_from_db()
    return batch


def done(by, kind=Batch.Kind.MONTHLY):
    """A list with everything issued and printed."""
    batch = started(by, kind)
    working.carry_on(batch.pk)
    batch.refresh_from_db()
    return batch
