"""Fan-outs: at a pace, in pauses not at all, and never in the way of a single notice."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from notices import actions, tasks
from notices.actions import pace, tell, tell_many
from notices.fanning import ROUNDS_AHEAD, SECONDS, take_paced
from notices.models import FanOut, Notice
from notices.tasks import deliver, deliver_bulk, pump, sweep
from tests.notices.factories import NoticeFactory

SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def queued(monkeypatch):
    """What would have gone to the broker: which task, and the ids of each message."""
    messages = []
    monkeypatch.setattr(deliver, "delay", lambda: messages.append(("single", [])))
    monkeypatch.setattr(deliver_bulk, "delay", lambda *, notice_ids: messages.append(("bulk", notice_ids)))
    return messages


@pytest.fixture
def few(monkeypatch):
    """Five at once are very many."""
    monkeypatch.setattr(actions, "FAN_OUT_FROM", 5)


def facts(resident, number):
    return [(resident.pk, "record.withheld", ("link", f"l{each}"), "") for each in range(number)]


@pytest.fixture
def waiting(resident, now):
    """Makes so many notices of a fan-out, all due."""

    def make(number):
        return NoticeFactory.create_batch(number, resident=resident, bulk=True, due_at=now - SECOND)

    return make


def slow(user, now, a_second=1, *, paused=False):
    pace(a_second=a_second, paused=paused, by=user, at=now)


def test_very_many_at_once_wait_for_their_pace_and_few_go_at_once(
    resident, now, few, queued, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        tell_many(facts(resident, 5), at=now)
        tell(resident_id=resident.pk, kind="record.withheld", subject=("link", "x"), at=now)

    assert queued == [("single", [])]
    assert Notice.objects.filter(bulk=True, due_at=now).count() == 5


def test_the_pump_queues_what_the_pace_allows_in_short_messages(
    waiting, supervisor, now, queued, monkeypatch
):
    monkeypatch.setattr(tasks, "BULK_A_MESSAGE", 2)
    waiting(3 * SECONDS)
    slow(supervisor, now)

    pump()

    assert [name for name, _ids in queued] == ["bulk"] * 3
    assert sum(len(ids) for _name, ids in queued) == SECONDS


def test_workers_that_do_not_keep_up_get_no_more(waiting, supervisor, now):
    waiting(5 * SECONDS)
    slow(supervisor, now)

    taken = [len(take_paced()) for _round in range(4)]

    assert taken == [SECONDS, SECONDS, 0, 0]
    assert sum(taken) == ROUNDS_AHEAD * SECONDS


def test_what_was_settled_makes_room(waiting, supervisor, now):
    waiting(3 * SECONDS)
    slow(supervisor, now)
    first = take_paced()
    take_paced()

    Notice.objects.filter(pk__in=first).update(settled_at=now)

    assert len(take_paced()) == SECONDS


def test_in_a_pause_nothing_more_is_queued_and_afterwards_it_goes_on(waiting, supervisor, now):
    waiting(3)
    slow(supervisor, now, paused=True)
    paused, found = take_paced(), FanOut.objects.get()

    slow(supervisor, now)

    assert (paused, found.paused_at, found.paused_by) == ([], now, supervisor)
    assert len(take_paced()) == 3


def test_a_second_press_keeps_who_paused_first(supervisor, support, now):
    slow(supervisor, now, paused=True)
    slow(support, now + SECOND, a_second=7, paused=True)

    found = FanOut.objects.get()
    assert (found.a_second, found.paused_by, found.paused_at) == (7, supervisor, now)


def test_the_sweep_leaves_a_fan_out_to_the_pump(waiting, resident, now, queued):
    waiting(3)
    sweep()
    deliver()
    before = list(queued)
    NoticeFactory.create(resident=resident, due_at=now - SECOND)

    sweep()

    assert (before, queued) == ([], [("single", [])])
    assert Notice.objects.filter(settled_at=None).count() == 4


def test_the_task_delivers_what_it_is_given(waiting, resident_user):
    (notice,) = waiting(1)

    deliver_bulk(notice_ids=[notice.pk])

    notice.refresh_from_db()
    assert len(mail.outbox) == 1
    assert notice.settled_at is not None


@pytest.mark.parametrize("others", [1, 40])
def test_a_round_costs_the_same_however_many_wait(
    others, waiting, supervisor, now, django_assert_num_queries
):
    waiting(SECONDS + others)
    slow(supervisor, now)

    # the pace, what is under way; what is due and that it is taken, in a transaction (here a savepoint)
    with django_assert_num_queries(6):
        take_paced()


def test_there_is_one_fan_out_and_a_pause_has_somebody(db, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        FanOut.objects.create(pk=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        FanOut.objects.create(pk=1, paused_at=now)


def test_the_pump_runs_as_often_as_its_rounds_are_long(settings):
    assert settings.CELERY_BEAT_SCHEDULE["pump-notices"]["schedule"] == SECONDS
