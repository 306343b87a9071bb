"""Tell people something: the row is written with the fact, delivery begins after commit."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from notices.codes import code_of, digest_of
from notices.fanning import fan_out
from notices.kinds import KINDS
from notices.models import Notice, Preference
from notices.tasks import deliver

# so many in one transaction are told at a pace
FAN_OUT_FROM = 1000
# resident id, kind, subject (kind, public id), area of life or empty
Fact = tuple[int, str, tuple[str, str], str]


@transaction.atomic
def tell(
    *, resident_id: int, kind: str, subject: tuple[str, str], at: datetime.datetime, area: str = ""
) -> Notice:
    """Write one notice about `subject` (kind, public id) and have it delivered after commit.

    `area` is the area of life that it is about: helpers are told of those that the person switched on.
    """
    return tell_many([(resident_id, kind, subject, area)], at=at)[0]


@transaction.atomic
def tell_many(facts: Iterable[Fact], *, at: datetime.datetime) -> list[Notice]:
    """Write a notice for each fact; KeyError for a kind that has no words.

    Very many at once are a fan-out: they wait for their pace, behind whatever concerns one person only.
    """
    facts = list(facts)
    bulk = len(facts) >= FAN_OUT_FROM
    notices = [
        Notice(
            resident_id=resident,
            kind=known(kind),
            subject_kind=what,
            subject_id=which,
            area=area,
            created_at=at,
            bulk=bulk,
            due_at=at,
        )
        for resident, kind, (what, which), area in facts
    ]
    for notice in notices:
        if KINDS[notice.kind].warns:
            notice.code_digest = digest_of(code_of(notice.public_id))
    Notice.objects.bulk_create(notices, batch_size=1000)
    if notices and not bulk:
        call_worker()
    return notices


def call_worker() -> None:
    """Call a worker after commit; a broker that is away is left to the sweep and breaks no request."""
    transaction.on_commit(deliver.delay, robust=True)


def known(kind: str) -> str:
    """The kind, if there are words for it."""
    KINDS[kind]
    return kind


def remember_language(*, user: AbstractBaseUser, language: str) -> None:
    """Write to this sign-in in that language from now on; one that is not offered changes nothing."""
    if language in dict(settings.LANGUAGES):
        Preference.objects.update_or_create(user_id=user.pk, defaults={"language": language})


def remember_display(*, user: AbstractBaseUser, simple: bool) -> None:
    """Show this sign-in the simple version from now on, or the standard one."""
    Preference.objects.update_or_create(user_id=user.pk, defaults={"simple": simple})


def choose(*, user: AbstractBaseUser, switched_off: list[str], quiet: tuple[str | None, str | None]) -> None:
    """Leave out what this sign-in can do without, as `group:channel`; only warnings in quiet hours."""
    chosen = {"switched_off": switched_off, "quiet_from": quiet[0], "quiet_until": quiet[1]}
    Preference.objects.update_or_create(user_id=user.pk, defaults=chosen)


@transaction.atomic
def pace(*, a_second: int, paused: bool, by: AbstractBaseUser, at: datetime.datetime) -> None:
    """Let fan-outs go at this pace, or wait; what is under way ends within seconds."""
    found = fan_out()
    found.a_second = a_second
    if not paused:
        found.paused_at, found.paused_by_id = None, None
    elif found.paused_at is None:
        found.paused_at, found.paused_by_id = at, by.pk
    found.save()
