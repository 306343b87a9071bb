"""Tell people something: the row is written with the fact, delivery begins after commit."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from notices.kinds import KINDS
from notices.models import Notice
from notices.tasks import deliver

# few messages for many notices: a broker takes a thousand small messages longer than the database its rows
NOTICES_A_MESSAGE = 100


@transaction.atomic
def tell(*, resident_id: int, kind: str, subject: tuple[str, str], at: datetime.datetime) -> Notice:
    """Write one notice about `subject` (kind, public id) and have it delivered after commit."""
    return tell_many([(resident_id, kind, subject)], at=at)[0]


@transaction.atomic
def tell_many(facts: Iterable[tuple[int, str, tuple[str, str]]], *, at: datetime.datetime) -> list[Notice]:
    """Write a notice for each (resident id, kind, subject); KeyError for a kind that has no words."""
    notices = [
        Notice(resident_id=resident, kind=known(kind), subject_kind=what, subject_id=which, created_at=at)
        for resident, kind, (what, which) in facts
    ]
    Notice.objects.bulk_create(notices, batch_size=1000)
    ids = [notice.pk for notice in notices]
    for start in range(0, len(ids), NOTICES_A_MESSAGE):
        deliver.delay_on_commit(notice_ids=ids[start : start + NOTICES_A_MESSAGE])
    return notices


def known(kind: str) -> str:
    """The kind, if there are words for it."""
    KINDS[kind]
    return kind
