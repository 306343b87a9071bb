"""The tasks: one call each, and a sweep that finds what got lost."""

import datetime

import pytest
from django.core import mail

from notices import tasks
from notices.models import Notice
from notices.tasks import deliver, sweep
from tests.notices.factories import NoticeFactory

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def queued(monkeypatch):
    """How often workers would have been called."""
    calls = []
    monkeypatch.setattr(deliver, "delay", lambda: calls.append(True))
    return calls


def test_the_task_delivers_what_waits_and_leaves_what_has_time(resident, resident_user, now):
    notice = NoticeFactory.create(resident=resident)
    NoticeFactory.create(resident=resident, due_at=now + HOUR)
    NoticeFactory.create(resident=resident, bulk=True)

    deliver()

    assert len(mail.outbox) == 1
    assert list(Notice.objects.exclude(settled_at=None)) == [notice]


def test_a_task_that_finds_nothing_costs_one_query_in_one_transaction(queued, django_assert_num_queries, db):
    # in tests the transaction is a savepoint
    with django_assert_num_queries(3):
        deliver()

    assert (mail.outbox, queued) == ([], [])


def test_what_comes_meanwhile_is_delivered_too_and_another_task_carries_on(
    resident, resident_user, queued, monkeypatch
):
    monkeypatch.setattr(tasks, "TOGETHER", 2)
    monkeypatch.setattr(tasks, "ROUNDS", 2)
    NoticeFactory.create_batch(5, resident=resident)

    deliver()
    told, called = len(mail.outbox), list(queued)
    deliver()

    assert (told, called) == (4, [True])
    assert (len(mail.outbox), queued) == (5, [True])


def test_the_sweep_calls_a_worker_for_what_is_due(now, resident, queued):
    NoticeFactory.create(resident=resident, due_at=now - HOUR)
    NoticeFactory.create(resident=resident, due_at=now + HOUR)
    NoticeFactory.create(resident=resident, due_at=now - HOUR, settled_at=now)

    sweep()

    assert queued == [True]


@pytest.mark.parametrize(("waiting", "calls"), [(0, 0), (1, 1), (2, 1), (3, 2), (7, 3)])
def test_the_sweep_calls_as_many_workers_as_there_is_work_for_and_no_more_than_a_few(
    waiting, calls, resident, queued, monkeypatch
):
    monkeypatch.setattr(tasks, "TOGETHER", 2)
    monkeypatch.setattr(tasks, "CALLED", 3)
    NoticeFactory.create_batch(waiting, resident=resident)

    sweep()

    assert len(queued) == calls


def test_a_sweep_costs_one_query(queued, django_assert_num_queries, db):
    with django_assert_num_queries(1):
        sweep()


def test_the_beat_sweeps_every_half_minute(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["sweep-notices"]

    assert (entry["task"], entry["schedule"]) == (sweep.name, 30.0)
