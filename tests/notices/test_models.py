"""What the outbox's tables refuse, and the sentences that read them."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from notices.models import Delivery, Notice, Preference
from tests.notices.factories import DeliveryFactory, NoticeFactory

MINUTE = datetime.timedelta(minutes=1)


def test_a_notice_has_one_delivery_for_each_channel_and_person(db):
    first = DeliveryFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(notice=first.notice, recipient=first.recipient)

    assert Delivery.objects.count() == 1


ENDED = ["delivered", "refused", "returned", "given_up"]


@pytest.mark.parametrize("state", ENDED)
def test_a_delivery_that_ended_cannot_be_due(state, db):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(state=state)

    DeliveryFactory.create(state=state, due_at=None)


@pytest.mark.parametrize("state", ["queued", "sending", "failed"])
def test_a_delivery_that_did_not_end_is_always_due_some_time(state, db):
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(state=state, due_at=None)

    DeliveryFactory.create(state=state)


def test_every_code_of_a_state_is_covered_by_the_rule_about_due_times():
    assert set(Delivery.State.values) == {*ENDED, "accepted", "queued", "sending", "failed"}


@pytest.mark.parametrize("due_at", [None, datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)])
def test_what_was_accepted_may_wait_for_word_or_not(due_at, db):
    assert DeliveryFactory.create(state="accepted", due_at=due_at).pk


def test_only_a_letter_has_no_recipient_and_it_waits_without_a_clock(db):
    letter = DeliveryFactory.create(channel="letter", recipient=None, due_at=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(recipient=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory.create(notice=letter.notice, channel="letter", recipient=None, due_at=None)

    assert list(Delivery.objects.letters_to_print()) == [letter]


def test_only_unsettled_notices_are_due_and_the_longest_overdue_comes_first(now, db):
    late = NoticeFactory.create(due_at=now - MINUTE)
    latest = NoticeFactory.create(due_at=now - 2 * MINUTE)
    NoticeFactory.create(due_at=now + MINUTE)
    NoticeFactory.create(due_at=now - MINUTE, settled_at=now)

    due = Notice.objects.due(at=now)

    assert list(due) == [latest, late]


def test_the_sweep_reads_the_small_index_and_not_the_table(now, db):
    query = Notice.objects.due(at=now)[:100]

    plan = query.explain()

    # PostgreSQL may scan a table of a few rows: there the test is that the index can serve the query
    assert "notices_in_lanes" in plan or connection.vendor == "postgresql"


def test_an_inbox_shows_the_newest_first_and_nothing_of_the_neighbour(now, resident, neighbour):
    old = NoticeFactory.create(resident=resident, created_at=now - MINUTE)
    new = NoticeFactory.create(resident=resident, created_at=now)
    NoticeFactory.create(resident=neighbour)

    inbox = Notice.objects.within(Q(resident=resident))

    assert list(inbox) == [new, old]


def test_unread_are_those_that_nobody_opened(now, db):
    unread = NoticeFactory.create()
    NoticeFactory.create(read_at=now)

    assert list(Notice.objects.unread()) == [unread]


def test_deliveries_of_a_notice_are_looked_for_in_its_own_month(now, db):
    delivery = DeliveryFactory.create()

    query = str(Delivery.objects.of(delivery.notice).query)

    assert "noticed_at" in query
    assert Delivery.objects.of(delivery.notice).get() == delivery


def test_names_of_rows_hold_no_personal_data(resident_user, db):
    delivery = DeliveryFactory.create(recipient=resident_user)
    preference = Preference.objects.create(user=resident_user)

    names = [str(delivery), str(delivery.notice), str(preference)]

    assert names == [f"Delivery {delivery.pk}", f"Notice {delivery.notice_id}", f"Preference {preference.pk}"]
