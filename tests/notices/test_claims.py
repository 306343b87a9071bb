"""Claims: one worker at a time, repeated when lost, retried when failed, given up at last."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from notices.channels import CHANNELS
from notices.channels.message import Refused, Unreachable
from notices.claiming import MOST_TRIES, Outcome, claim, mark, release, take, wait_after, write_deliveries
from notices.delivering import deliver_all
from notices.models import Delivery, Notice
from tests.notices.factories import DeliveryFactory
from tests.notices.outbox import SECOND, make_due, of

State = Delivery.State


class Lost(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


def test_a_failure_is_written_down_and_waits(notice, failing):
    failing(Unreachable("SMTPDataError 451"))

    deliver_all([notice])

    delivery = of(notice)
    notice.refresh_from_db()
    assert (delivery.state, delivery.reason) == (State.FAILED, "SMTPDataError 451")
    assert delivery.due_at - delivery.changed_at == wait_after(1)
    assert notice.settled_at is None
    assert notice.due_at == delivery.due_at


def test_nothing_is_tried_again_before_its_wait_is_over(notice, failing):
    failing(Unreachable("busy"))

    deliver_all([notice])
    deliver_all([notice])

    assert of(notice).tries == 1


def test_a_later_try_that_works_settles_the_notice(notice, failing, monkeypatch):
    works = CHANNELS["email"]
    failing(Unreachable("busy"))
    deliver_all([notice])
    make_due(notice)

    monkeypatch.setitem(CHANNELS, "email", works)
    deliver_all([notice])

    notice.refresh_from_db()
    assert (of(notice).state, of(notice).tries, of(notice).reason) == (State.ACCEPTED, 2, "")
    assert notice.settled_at is not None


def test_after_the_last_try_a_delivery_is_given_up_with_its_reason(notice, failing):
    failing(Unreachable("busy"))

    for _try in range(MOST_TRIES + 2):
        deliver_all([notice])
        make_due(notice)

    notice.refresh_from_db()
    delivery = of(notice)
    assert (delivery.state, delivery.tries, delivery.reason) == (State.GIVEN_UP, MOST_TRIES, "busy")
    assert notice.settled_at is not None


def test_what_is_refused_is_not_tried_again(notice, failing):
    failing(Refused("SMTPRecipientsRefused 550"))

    deliver_all([notice])

    delivery = of(notice)
    assert (delivery.state, delivery.tries) == (State.REFUSED, 1)
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
        deliver_all([notice])
    state_when_lost = of(notice).state

    monkeypatch.setitem(CHANNELS, "email", works)
    make_due(notice)
    deliver_all([notice])

    first, second = mail.outbox
    assert state_when_lost == State.SENDING
    assert first.extra_headers == second.extra_headers
    assert first.body == second.body
    assert of(notice).state == State.ACCEPTED
    assert Notice.objects.count() == 1


def test_what_another_worker_is_sending_is_left_to_it(notice, failing):
    failing(Lost())
    with pytest.raises(Lost):
        deliver_all([notice])

    deliver_all([notice])

    notice.refresh_from_db()
    assert len(mail.outbox) == 1
    assert notice.settled_at is None
    assert notice.due_at == of(notice).due_at


def test_a_claim_runs_out_after_the_time_that_is_set(notice, failing, settings):
    settings.NOTICE_STUCK_AFTER = 7
    failing(Lost())
    with pytest.raises(Lost):
        deliver_all([notice])

    delivery = of(notice)

    assert delivery.due_at - delivery.changed_at == 7 * SECOND


def test_of_two_workers_only_one_may_send(notice):
    DeliveryFactory.create(notice=notice)
    one, two = of(notice), of(notice)

    claims = [claim([one]), claim([two])]

    assert claims == [[one], []]
    assert of(notice).tries == 1


def test_a_worker_that_was_overtaken_does_not_overwrite_the_outcome(notice):
    DeliveryFactory.create(notice=notice)
    (delivery,) = claim([of(notice)])
    make_due(notice)
    (successor,) = claim([of(notice)])

    release([delivery])
    mark([Outcome(delivery, State.FAILED, "too late")])
    taken_over = (of(notice).state, of(notice).tries)
    mark([Outcome(successor, State.ACCEPTED)])
    mark([Outcome(delivery, State.FAILED, "too late")])

    assert taken_over == (State.SENDING, 2)
    assert (of(notice).state, of(notice).reason) == (State.ACCEPTED, "")


def test_tries_of_different_number_are_told_apart_in_one_batch(notice, resident_user, neighbour_user):
    DeliveryFactory.create(notice=notice, recipient=resident_user)
    (overtaken,) = claim([of(notice)])
    make_due(notice)
    claim([of(notice)])
    DeliveryFactory.create(notice=notice, recipient=neighbour_user, tries=1)
    (mine,) = claim(list(Delivery.objects.filter(recipient=neighbour_user)))

    mark([Outcome(overtaken, State.ACCEPTED), Outcome(mine, State.ACCEPTED)])

    states = dict(Delivery.objects.of(notice).values_list("recipient", "state"))
    assert states == {resident_user.pk: State.SENDING, neighbour_user.pk: State.ACCEPTED}


def test_what_was_not_tried_is_given_back_as_it_was(notice):
    DeliveryFactory.create(notice=notice, tries=3)
    claimed = claim([of(notice)])

    release(claimed)

    assert (of(notice).state, of(notice).tries) == (State.QUEUED, 3)
    assert claim([of(notice)]) == [of(notice)]


def test_a_notice_that_kills_every_worker_is_given_up(notice, resident_user):
    delivery = DeliveryFactory.create(notice=notice, recipient=resident_user, state=State.SENDING)
    Delivery.objects.of(notice).update(tries=MOST_TRIES)

    deliver_all([notice])

    delivery.refresh_from_db()
    assert delivery.state == State.GIVEN_UP
    assert delivery.reason
    assert mail.outbox == []


def test_two_workers_that_write_the_same_deliveries_write_them_once(notice, resident_user):
    steps = [(notice, (resident_user.pk, "email")), (notice, (None, "letter"))]

    write_deliveries(dict.fromkeys(steps, timezone.now()))
    first = list(Delivery.objects.order_by("id"))
    write_deliveries(dict.fromkeys(steps, timezone.now()))

    assert first == list(Delivery.objects.order_by("id"))
    assert len(first) == 2


def test_a_notice_that_was_taken_is_not_taken_again_for_a_while(notice):
    first, second = take(most=10), take(most=10)
    Notice.objects.update(due_at=timezone.now() - SECOND)

    assert (first, second) == ([notice], [])
    assert take(most=10) == [notice]


def test_the_servers_words_about_a_failure_stay_out_of_the_rows(notice, mail_server):
    mail_server.replies[b"RCPT"] = b"550 <hanako@example.jp> is unknown here"

    deliver_all([notice])

    assert of(notice).reason == "SMTPRecipientsRefused 550"
