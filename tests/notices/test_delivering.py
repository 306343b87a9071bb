"""Delivering: who is told, in which words, once, and settled when all ended."""

import datetime
import itertools
from dataclasses import replace

import pytest
from django.core import mail
from django.db import DatabaseError

from notices import delivering, sending
from notices.actions import remember_language
from notices.channels import CHANNELS
from notices.channels.message import Unreachable
from notices.claiming import take
from notices.delivering import deliver_all
from notices.models import Delivery, Notice
from notices.wording import letter
from tests.factories import ResidentFactory, UserFactory, authority, bound_user
from tests.notices.factories import NoticeFactory
from tests.notices.outbox import make_due, of

State = Delivery.State


def test_a_notice_reaches_its_resident_and_is_settled(notice, resident_user):
    deliver_all([notice])

    notice.refresh_from_db()
    delivery = of(notice)
    assert [m.to for m in mail.outbox] == [[resident_user.email]]
    assert (delivery.state, delivery.tries, delivery.due_at) == (State.ACCEPTED, 1, None)
    assert delivery.resident_id == notice.resident_id
    assert notice.settled_at is not None


def test_delivering_again_sends_nothing_again(notice):
    deliver_all([notice])
    deliver_all([notice, notice])

    assert len(mail.outbox) == 1
    assert Delivery.objects.count() == 1


def test_whoever_acts_for_the_resident_is_told_too(notice, resident, resident_user):
    parent = authority(agent=UserFactory.create(), subject=resident).agent

    deliver_all([notice])

    assert {m.to[0] for m in mail.outbox} == {resident_user.email, parent.email}
    assert Delivery.objects.of(notice).filter(state=State.ACCEPTED).count() == 2


def test_the_neighbour_is_not_told(notice, neighbour_user):
    deliver_all([notice])

    assert neighbour_user.email not in {m.to[0] for m in mail.outbox}


def test_a_notice_that_nobody_receives_is_settled_for_the_inbox_has_it(neighbour):
    notice = NoticeFactory.create(resident=neighbour)

    deliver_all([notice])

    notice.refresh_from_db()
    assert notice.settled_at is not None
    assert mail.outbox == []


def test_the_mail_speaks_the_persons_language(notice, resident_user):
    remember_language(user=resident_user, language="en")

    deliver_all([notice])

    assert mail.outbox[0].subject == "There is a message for you in the portal"
    assert mail.outbox[0].body.startswith("We stopped one of your records")


def test_without_a_choice_the_mail_is_japanese(notice, settings):
    deliver_all([notice])

    assert mail.outbox[0].subject == letter(notice.kind, language="ja").subject
    assert not mail.outbox[0].body.startswith("We stopped")


def test_the_mail_names_nobody(notice, resident):
    deliver_all([notice])

    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "見本" not in text
    assert resident.code not in text
    assert resident.public_id not in text
    assert notice.subject_id not in text


def test_who_may_no_longer_be_told_gets_no_late_mail(notice, resident, failing, monkeypatch):
    agent = authority(agent=UserFactory.create(), subject=resident)
    works = CHANNELS["email"]
    failing(Unreachable("busy"))
    deliver_all([notice])
    agent.delete()
    make_due(notice)
    mail.outbox.clear()

    monkeypatch.setitem(CHANNELS, "email", works)
    deliver_all([notice])

    ended = Delivery.objects.of(notice).get(recipient=agent.agent)
    assert agent.agent.email not in {m.to[0] for m in mail.outbox}
    assert (ended.state, ended.reason) == (State.GIVEN_UP, "This person is no longer told.")


def test_who_comes_later_gets_no_mail_of_the_past(notice, resident, failing):
    failing(Unreachable("busy"))
    deliver_all([notice])
    late = authority(agent=UserFactory.create(), subject=resident).agent
    make_due(notice)

    deliver_all([notice])

    assert not Delivery.objects.filter(recipient=late).exists()


def test_a_notice_that_cannot_be_delivered_does_not_keep_the_others_waiting(notice, resident, caplog):
    broken = NoticeFactory.create(resident=resident, kind="kind.of.tomorrow")
    also = NoticeFactory.create(resident=resident)

    deliver_all([broken, notice, also])

    assert len(mail.outbox) == 2
    assert f"Notice {broken.pk} could not be delivered: KeyError" in caplog.text
    broken.refresh_from_db()
    assert broken.settled_at is None


def test_a_database_that_is_away_ends_the_batch_at_once(notice, resident, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(delivering, "recipients_of", away)

    with pytest.raises(DatabaseError):
        deliver_all([notice])


def test_keys_differ_for_each_notice_and_person_and_tell_no_counter(notice, resident, resident_user):
    authority(agent=UserFactory.create(), subject=resident)
    second = NoticeFactory.create(resident=resident)

    deliver_all([notice, second])

    keys = {m.extra_headers["Idempotency-Key"] for m in mail.outbox}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)


def test_messages_that_find_no_time_are_given_back_and_sent_later(resident, resident_user, monkeypatch):
    notices = NoticeFactory.create_batch(3, resident=resident)
    steady = itertools.count()
    # the moment of the steady clock after which nothing is handed over
    monkeypatch.setattr(sending.time, "monotonic", lambda: next(steady))

    monkeypatch.setattr(delivering, "stuck_after", lambda: datetime.timedelta(seconds=16))
    deliver_all(notices)
    sent, states = len(mail.outbox), sorted(Delivery.objects.values_list("state", "tries"))
    monkeypatch.undo()
    waiting = take(most=10)
    deliver_all(waiting)

    assert 0 < sent < 3
    assert states == [(State.ACCEPTED, 1)] * sent + [(State.QUEUED, 0)] * (3 - sent)
    assert len(waiting) == 3 - sent
    assert len({m.extra_headers["Idempotency-Key"] for m in mail.outbox}) == len(mail.outbox) == 3


def test_what_was_sent_is_written_down_while_others_are_still_handed_over(
    resident, resident_user, monkeypatch
):
    notices = NoticeFactory.create_batch(4, resident=resident)
    monkeypatch.setattr(sending, "SECONDS_UNWRITTEN", -1)
    email, accepted = CHANNELS["email"], []

    def look_and_send(messages):
        for message in messages:
            accepted.append(Delivery.objects.filter(state=State.ACCEPTED).count())
            yield from email.send_all([message])

    monkeypatch.setitem(CHANNELS, "email", replace(email, send_all=look_and_send))
    deliver_all(notices)

    assert accepted == [0, 1, 2, 3]


def test_overdue_notices_are_taken_in_bounds_and_not_twice(now, resident):
    for minutes in range(5):
        NoticeFactory.create(resident=resident, due_at=now - datetime.timedelta(minutes=minutes + 1))

    first, second, third = take(most=3), take(most=3), take(most=3)

    assert (len(first), len(second), third) == (3, 2, [])
    assert not set(first) & set(second)
    assert [notice.due_at for notice in [*first, *second]] == sorted(n.due_at for n in [*first, *second])


@pytest.mark.parametrize(("together", "others"), [(1, 0), (1, 30), (50, 0)])
def test_delivering_costs_as_many_queries_for_many_as_for_one(
    together, others, notice, neighbour, django_assert_num_queries
):
    NoticeFactory.create_batch(others, resident=neighbour)
    residents = [notice.resident, *ResidentFactory.create_batch(together - 1)]
    notices = [notice, *(NoticeFactory.create(resident=each, kind="report.moved") for each in residents[1:])]
    for each in residents[1:]:
        bound_user(each)

    # five for the recipients, what they chose; rows there?, written, all rows; the claim with its savepoint;
    # what came of it, rows again; settled
    with django_assert_num_queries(15):
        deliver_all(notices)

    assert len(mail.outbox) == together
    assert Notice.objects.filter(settled_at=None, resident__in=residents).count() == 0
