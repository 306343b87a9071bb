"""Word of a provider: what arrived is written down, what came back sends the next channel."""

import datetime

import pytest

from notices.delivering import deliver_all
from notices.models import Delivery, Notice
from notices.reporting import report
from tests.notices.factories import DeliveryFactory, NoticeFactory
from tests.notices.outbox import make_due

State = Delivery.State
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def taken(resident, resident_user, now):
    """A mail that its provider took under a number, and waits for word."""
    notice = NoticeFactory.create(resident=resident, area="health")
    return DeliveryFactory.create(
        notice=notice,
        recipient=resident_user,
        state=State.ACCEPTED,
        tries=1,
        reference="P-1",
        due_at=now + HOUR,
    )


def told(state, now, **more):
    return report(channel="email", reference="P-1", state=state, at=now, **more)


def test_word_that_it_arrived_ends_the_wait(taken, now):
    told(State.DELIVERED, now)
    deliver_all([taken.notice])

    taken.refresh_from_db()
    assert (taken.state, taken.due_at) == (State.DELIVERED, None)
    assert Notice.objects.get().settled_at
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("state", [State.REFUSED, State.RETURNED])
def test_word_that_it_did_not_arrive_sends_the_next_channel(
    state, taken, now, django_capture_on_commit_callbacks
):
    Notice.objects.update(settled_at=now)

    with django_capture_on_commit_callbacks() as queued:
        told(state, now, reason="bounced")
    deliver_all([taken.notice])

    taken.refresh_from_db()
    assert (taken.state, taken.reason, len(queued)) == (state, "bounced", 1)
    assert Delivery.objects.letters_to_print().count() == 1


def test_silence_counts_as_failure_and_late_word_corrects_it(taken, now):
    make_due(taken.notice)
    deliver_all([taken.notice])
    taken.refresh_from_db()
    silent = (taken.state, taken.reason, taken.tries)

    told(State.DELIVERED, now)

    taken.refresh_from_db()
    assert silent == (State.GIVEN_UP, "The provider accepted it and said no more.", 1)
    assert (taken.state, taken.reason) == (State.DELIVERED, "")


def test_word_that_comes_twice_or_contradicts_itself_changes_nothing_more(taken, now):
    told(State.RETURNED, now, reason="first")
    told(State.RETURNED, now, reason="second")
    told(State.DELIVERED, now)

    taken.refresh_from_db()
    assert (taken.state, taken.reason) == (State.RETURNED, "first")


def test_what_arrived_may_come_back_later(taken, now):
    told(State.DELIVERED, now)
    told(State.RETURNED, now)

    taken.refresh_from_db()
    assert taken.state == State.RETURNED


@pytest.mark.parametrize(("channel", "reference"), [("email", "P-2"), ("sms", "P-1"), ("email", "")])
def test_word_about_something_unknown_is_about_nothing(channel, reference, taken, now):
    DeliveryFactory.create()  # without a number

    assert report(channel=channel, reference=reference, state=State.RETURNED, at=now) is None

    assert not Delivery.objects.filter(state=State.RETURNED).exists()


def test_a_channel_whose_provider_reports_waits_for_word(notice, settings):
    settings.NOTICE_REPORTED, settings.NOTICE_SILENCE_AFTER = ["email"], 3600

    deliver_all([notice])

    delivery = Delivery.objects.get()
    notice.refresh_from_db()
    assert delivery.state == State.ACCEPTED
    assert delivery.due_at - delivery.changed_at == HOUR
    assert notice.settled_at is None
    assert notice.due_at == delivery.due_at
