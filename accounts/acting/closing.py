"""Mandates come to an end: decided, or not followed up."""

import datetime

from django.db import transaction

from accounts.files import store
from accounts.models import Mandate


@transaction.atomic
def finish(mandate: Mandate, state: Mandate.State, *, at: datetime.datetime) -> Mandate:
    """It is decided or over: what was stated is forgotten, what was handed in is removed."""
    for paper in mandate.papers.select_related("file"):
        paper.delete()
        store.remove(paper.file)
    mandate.state, mandate.ended_at, mandate.stated = state, at, {}
    mandate.save(update_fields=["state", "ended_at", "stated"])
    return mandate


def sweep(*, at: datetime.datetime) -> int:
    """End what nobody followed up in 60 days; how many."""
    old = list(Mandate.objects.outlived(at=at))
    for mandate in old:
        finish(mandate, Mandate.State.OVER, at=at)
    return len(old)
