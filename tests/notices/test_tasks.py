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
    """The ids in each message that would have gone to the broker."""
    messages = []
    monkeypatch.setattr(deliver, "delay", lambda *, notice_ids: messages.append(notice_ids))
    return messages


def test_the_task_delivers_the_notices_that_it_is_given(resident, resident_user):
    notice = NoticeFactory.create(resident=resident)
    NoticeFactory.create(resident=resident)

    deliver(notice_ids=[notice.pk])

    assert len(mail.outbox) == 1
    assert list(Notice.objects.exclude(settled_at=None)) == [notice]


def test_a_task_about_notices_that_are_gone_does_nothing(db):
    deliver(notice_ids=[404])

    assert mail.outbox == []


def test_the_sweep_queues_what_was_never_queued(now, resident, queued):
    lost = NoticeFactory.create(resident=resident, due_at=now - HOUR)
    NoticeFactory.create(resident=resident, due_at=now + HOUR)
    NoticeFactory.create(resident=resident, due_at=now - HOUR, settled_at=now)

    sweep()

    assert queued == [[lost.pk]]


def test_a_second_sweep_leaves_what_the_first_one_queued(now, resident, queued):
    NoticeFactory.create(resident=resident, due_at=now - HOUR)

    sweep()
    sweep()

    assert len(queued) == 1


def test_what_got_lost_again_is_queued_again(now, resident, settings):
    settings.NOTICE_STUCK_AFTER = -1
    notice = NoticeFactory.create(resident=resident, due_at=now - HOUR)

    first, again = tasks.take_overdue(most=10), tasks.take_overdue(most=10)

    assert first == again == [notice.pk]


def test_the_sweep_is_bounded(now, resident, queued, monkeypatch):
    monkeypatch.setattr(tasks, "NOTICES_A_MESSAGE", 2)
    monkeypatch.setattr(tasks, "MESSAGES_A_SWEEP", 2)
    NoticeFactory.create_batch(5, resident=resident, due_at=now - HOUR)

    sweep()

    assert [len(ids) for ids in queued] == [2, 2]


def test_a_sweep_with_nothing_to_do_costs_two_queries(queued, django_assert_max_num_queries, db):
    with django_assert_max_num_queries(2):
        sweep()

    assert queued == []


def test_the_beat_sweeps_every_half_minute(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["sweep-notices"]

    assert (entry["task"], entry["schedule"]) == (sweep.name, 30.0)
