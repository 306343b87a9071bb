"""Delivering: claimed once, repeated when lost, given up at last, settled when all ended."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.db import DatabaseError
from django.utils import timezone

from notices import delivering
from notices.actions import remember_language
from notices.channels import CHANNELS
from notices.channels.message import Refused, Unreachable
from notices.delivering import MOST_TRIES, attempt, claim, deliver_all, mark, take_overdue, wait_after
from notices.models import Delivery, Notice
from tests.factories import UserFactory, authority
from tests.notices.factories import DeliveryFactory, NoticeFactory

State = Delivery.State
SECOND = datetime.timedelta(seconds=1)


class Lost(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


@pytest.fixture
def notice(resident, resident_user):
    """A notice for the resident, who has a sign-in."""
    return NoticeFactory.create(resident=resident)


@pytest.fixture
def failing(monkeypatch):
    """Makes the mail channel hand over and then fail in the given way, or no longer fail (None)."""

    def channel(problem):
        send = delivering.CHANNELS["email"]

        def hand_over_and_fail(message):
            send(message)
            raise problem

        monkeypatch.setitem(CHANNELS, "email", hand_over_and_fail)

    return channel


def of(notice):
    return Delivery.objects.of(notice).get()


def make_due(notice):
    """Let the time pass until the delivery may be tried again."""
    past = timezone.now() - SECOND
    Delivery.objects.of(notice).open().update(due_at=past)
    Notice.objects.filter(pk=notice.pk).update(due_at=past)


def test_a_notice_reaches_its_resident_and_is_settled(notice, resident_user):
    deliver_all([notice.pk])

    notice.refresh_from_db()
    delivery = of(notice)
    assert [m.to for m in mail.outbox] == [[resident_user.email]]
    assert (delivery.state, delivery.tries, delivery.due_at) == (State.ACCEPTED, 1, None)
    assert delivery.resident_id == notice.resident_id
    assert notice.settled_at is not None


def test_delivering_again_sends_nothing_again(notice):
    deliver_all([notice.pk])
    deliver_all([notice.pk, notice.pk])

    assert len(mail.outbox) == 1
    assert Delivery.objects.count() == 1


def test_whoever_acts_for_the_resident_is_told_too(notice, resident, resident_user):
    parent = authority(agent=UserFactory.create(), subject=resident).agent

    deliver_all([notice.pk])

    assert {m.to[0] for m in mail.outbox} == {resident_user.email, parent.email}
    assert Delivery.objects.of(notice).filter(state=State.ACCEPTED).count() == 2


def test_the_neighbour_is_not_told(notice, neighbour_user):
    deliver_all([notice.pk])

    assert neighbour_user.email not in {m.to[0] for m in mail.outbox}


def test_a_notice_that_nobody_receives_is_settled_for_the_inbox_has_it(neighbour):
    notice = NoticeFactory.create(resident=neighbour)

    deliver_all([notice.pk])

    notice.refresh_from_db()
    assert notice.settled_at is not None
    assert mail.outbox == []


def test_the_mail_speaks_the_persons_language(notice, resident_user):
    remember_language(user=resident_user, language="en")

    deliver_all([notice.pk])

    assert mail.outbox[0].subject == "There is a message for you in the portal"
    assert mail.outbox[0].body.startswith("We stopped one of your records")


def test_without_a_choice_the_mail_is_japanese(notice, settings):
    deliver_all([notice.pk])

    assert mail.outbox[0].subject == delivering.letter(notice.kind, language="ja").subject
    assert not mail.outbox[0].body.startswith("We stopped")


def test_the_mail_names_nobody(notice, resident):
    deliver_all([notice.pk])

    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "見本" not in text
    assert resident.code not in text
    assert resident.public_id not in text
    assert notice.subject_id not in text


def test_a_failure_is_written_down_and_waits(notice, failing):
    failing(Unreachable("SMTPDataError 451"))

    deliver_all([notice.pk])

    delivery = of(notice)
    notice.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.FAILED, "SMTPDataError 451")
    assert delivery.due_at - delivery.changed_at == wait_after(1)
    assert notice.settled_at is None
    assert notice.due_at == delivery.due_at


def test_nothing_is_tried_again_before_its_wait_is_over(notice, failing):
    failing(Unreachable("busy"))

    deliver_all([notice.pk])
    deliver_all([notice.pk])

    assert of(notice).tries == 1


def test_a_later_try_that_works_settles_the_notice(notice, failing, monkeypatch):
    works = CHANNELS["email"]
    failing(Unreachable("busy"))
    deliver_all([notice.pk])
    make_due(notice)

    monkeypatch.setitem(CHANNELS, "email", works)
    deliver_all([notice.pk])

    notice.refresh_from_db()
    assert (of(notice).state, of(notice).tries, of(notice).reason) == (State.ACCEPTED, 2, "")
    assert notice.settled_at is not None


def test_after_the_last_try_a_delivery_is_given_up_with_its_reason(notice, failing):
    failing(Unreachable("busy"))

    for _try in range(MOST_TRIES + 2):
        deliver_all([notice.pk])
        make_due(notice)

    notice.refresh_from_db()
    delivery = of(notice)
    assert (delivery.state, delivery.tries, delivery.reason) == (State.GIVEN_UP, MOST_TRIES, "busy")
    assert notice.settled_at is not None


def test_what_is_refused_is_not_tried_again(notice, failing):
    failing(Refused("SMTPRecipientsRefused 550"))

    deliver_all([notice.pk])

    delivery = of(notice)
    assert (delivery.state, delivery.tries) == (State.GIVEN_UP, 1)
    assert delivery.reason == "SMTPRecipientsRefused 550"


def test_the_tries_are_spread_over_four_hours():
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]

    assert waits[0] == datetime.timedelta(seconds=30)
    assert waits == sorted(waits)
    assert datetime.timedelta(hours=4) < sum(waits, datetime.timedelta()) < datetime.timedelta(hours=5)


def test_a_worker_lost_after_sending_makes_the_next_one_repeat_under_the_same_key(
    notice, failing, monkeypatch
):
    works = CHANNELS["email"]
    failing(Lost())
    with pytest.raises(Lost):
        deliver_all([notice.pk])
    state_when_lost = of(notice).state

    monkeypatch.setitem(CHANNELS, "email", works)
    make_due(notice)
    deliver_all([notice.pk])

    first, second = mail.outbox
    assert state_when_lost == State.SENDING
    assert first.extra_headers == second.extra_headers
    assert first.body == second.body
    assert of(notice).state == State.ACCEPTED
    assert Notice.objects.count() == 1


def test_what_another_worker_is_sending_is_left_to_it(notice, failing):
    failing(Lost())
    with pytest.raises(Lost):
        deliver_all([notice.pk])

    deliver_all([notice.pk])

    notice.refresh_from_db()
    assert len(mail.outbox) == 1
    assert notice.settled_at is None
    assert notice.due_at == of(notice).due_at


def test_a_claim_runs_out_after_the_time_that_is_set(notice, failing, settings):
    settings.NOTICE_STUCK_AFTER = 7
    failing(Lost())
    with pytest.raises(Lost):
        deliver_all([notice.pk])

    delivery = of(notice)

    assert delivery.due_at - delivery.changed_at == 7 * SECOND


def test_of_two_workers_only_one_may_send(notice):
    DeliveryFactory.create(notice=notice)
    one, two = of(notice), of(notice)

    claims = [claim(one, notice), claim(two, notice)]

    assert claims == [True, False]
    assert of(notice).tries == 1


def test_a_worker_that_was_overtaken_does_not_overwrite_the_outcome(notice):
    delivery = DeliveryFactory.create(notice=notice)
    claim(delivery, notice)
    make_due(notice)
    successor = of(notice)
    claim(successor, notice)

    mark(successor, notice, State.ACCEPTED)
    mark(delivery, notice, State.FAILED, reason="too late")

    assert (of(notice).state, of(notice).reason) == (State.ACCEPTED, "")


def test_a_notice_that_kills_every_worker_is_given_up(notice, resident_user):
    delivery = DeliveryFactory.create(notice=notice, recipient=resident_user, state=State.SENDING)
    Delivery.objects.of(notice).update(tries=MOST_TRIES)

    deliver_all([notice.pk])

    delivery.refresh_from_db()
    assert delivery.state == State.GIVEN_UP
    assert delivery.reason
    assert mail.outbox == []


def test_two_workers_that_write_the_same_deliveries_write_them_once(notice, resident_user, monkeypatch):
    monkeypatch.setattr(type(Delivery.objects.none()), "exists", lambda self: False)

    delivering.write_deliveries(notice, [resident_user.pk])
    delivering.write_deliveries(notice, [resident_user.pk])

    assert Delivery.objects.filter(notice=notice).count() == 1


def test_who_may_no_longer_be_told_gets_no_late_mail(notice, resident, failing, monkeypatch):
    agent = authority(agent=UserFactory.create(), subject=resident)
    works = CHANNELS["email"]
    failing(Unreachable("busy"))
    deliver_all([notice.pk])
    agent.delete()
    make_due(notice)
    mail.outbox.clear()

    monkeypatch.setitem(CHANNELS, "email", works)
    deliver_all([notice.pk])

    ended = Delivery.objects.of(notice).get(recipient=agent.agent)
    assert agent.agent.email not in {m.to[0] for m in mail.outbox}
    assert (ended.state, ended.reason) == (State.GIVEN_UP, "This person is no longer told.")


def test_who_comes_later_gets_no_mail_of_the_past(notice, resident, failing):
    failing(Unreachable("busy"))
    deliver_all([notice.pk])
    late = authority(agent=UserFactory.create(), subject=resident).agent
    make_due(notice)

    deliver_all([notice.pk])

    assert not Delivery.objects.filter(recipient=late).exists()


def test_a_notice_that_cannot_be_delivered_does_not_keep_the_others_waiting(notice, resident, caplog):
    broken = NoticeFactory.create(resident=resident, kind="kind.of.tomorrow")
    also = NoticeFactory.create(resident=resident)

    deliver_all([broken.pk, notice.pk, also.pk])

    assert len(mail.outbox) == 2
    assert f"Notice {broken.pk} could not be delivered: KeyError" in caplog.text
    assert of(broken).state == State.SENDING


def test_a_database_that_is_away_ends_the_batch_at_once(notice, resident, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(delivering, "recipients_of", away)

    with pytest.raises(DatabaseError):
        deliver_all([notice.pk])


def test_the_servers_words_about_a_failure_stay_out_of_the_rows(notice, monkeypatch):
    def refused(self):
        raise smtplib.SMTPRecipientsRefused({"hanako@example.jp": (550, b"hanako@example.jp unknown")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refused)

    deliver_all([notice.pk])

    assert of(notice).reason == "SMTPRecipientsRefused 550"


def test_keys_differ_for_each_notice_and_person_and_tell_no_counter(notice, resident, resident_user):
    authority(agent=UserFactory.create(), subject=resident)
    second = NoticeFactory.create(resident=resident)

    deliver_all([notice.pk, second.pk])

    keys = {m.extra_headers["Idempotency-Key"] for m in mail.outbox}
    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)


def test_an_attempt_of_a_row_without_its_recipient_sends_nothing(notice):
    delivery = DeliveryFactory.create(notice=notice)
    claim(delivery, notice)

    attempt(delivery, notice, None)

    assert mail.outbox == []
    assert of(notice).state == State.GIVEN_UP


def test_overdue_notices_are_taken_in_bounds_and_not_twice(now, resident):
    for minutes in range(5):
        NoticeFactory.create(resident=resident, due_at=now - datetime.timedelta(minutes=minutes + 1))

    first, second, third = take_overdue(most=3), take_overdue(most=3), take_overdue(most=3)

    assert (len(first), len(second), third) == (3, 2, [])
    assert not set(first) & set(second)


@pytest.mark.parametrize("others", [0, 30])
def test_a_delivery_costs_the_same_however_many_notices_there_are(
    others, notice, neighbour, django_assert_num_queries
):
    NoticeFactory.create_batch(others, resident=neighbour)

    # the batch; recipients, rows there?, rows written, rows due; claim, language, mark; next due, settled
    with django_assert_num_queries(10):
        deliver_all([notice.pk])
