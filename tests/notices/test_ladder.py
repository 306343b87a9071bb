"""Which way a notice takes next."""

import pytest

from notices.ladder import missing
from notices.models import Delivery

ANNA, BEN = 1, 2
BOTH = ("email", "sms")
DUE = "2026-11-28"  # a clock that runs


def row(user, channel, state, due_at=None):
    return Delivery(recipient_id=user, channel=channel, state=state, due_at=due_at)


def test_everybody_is_told_by_the_first_channel_that_leads_to_them():
    ways = {ANNA: BOTH, BEN: ("sms",), 3: ()}

    assert missing([], ways, printed=True) == [(ANNA, "email"), (BEN, "sms")]


@pytest.mark.parametrize("state", ["refused", "returned", "given_up"])
def test_where_one_channel_failed_for_good_the_next_has_its_turn(state):
    rows = [row(ANNA, "email", state)]

    assert missing(rows, {ANNA: BOTH}, printed=True) == [(ANNA, "sms")]


@pytest.mark.parametrize(
    ("state", "due_at"),
    [
        ("queued", DUE),
        ("sending", DUE),
        ("failed", DUE),
        ("accepted", DUE),
        ("accepted", None),
        ("delivered", None),
    ],
)
def test_nothing_more_is_sent_while_something_may_arrive_or_has(state, due_at):
    rows = [row(ANNA, "email", state, due_at)]

    assert missing(rows, {ANNA: BOTH}, printed=True) == []


def test_each_person_goes_down_a_ladder_of_their_own():
    rows = [row(ANNA, "email", "accepted"), row(BEN, "email", "refused")]

    assert missing(rows, {ANNA: BOTH, BEN: BOTH}, printed=True) == [(BEN, "sms")]


def test_paper_follows_once_where_nothing_reached_anybody():
    failed = [row(ANNA, "email", "refused"), row(ANNA, "sms", "given_up")]

    assert missing(failed, {ANNA: BOTH}, printed=True) == [(None, "letter")]
    assert missing(failed, {ANNA: BOTH}, printed=False) == []
    assert missing([*failed, row(None, "letter", "queued")], {ANNA: BOTH}, printed=True) == []
    assert missing([*failed, row(None, "letter", "returned")], {ANNA: BOTH}, printed=True) == []


def test_who_can_be_reached_by_nothing_gets_paper_at_once():
    assert missing([], {}, printed=True) == [(None, "letter")]
    assert missing([], {ANNA: ()}, printed=True) == [(None, "letter")]


def test_no_paper_while_another_person_may_still_be_reached_or_was():
    for state, due_at in (("failed", DUE), ("accepted", None)):
        rows = [row(ANNA, "email", "refused"), row(BEN, "email", state, due_at)]

        assert missing(rows, {ANNA: ("email",), BEN: ("email",)}, printed=True) == []


def test_who_comes_later_gets_nothing_of_the_past():
    rows = [row(ANNA, "email", "refused")]

    assert missing(rows, {ANNA: ("email",), BEN: BOTH}, printed=False) == []


def test_a_notification_goes_along_and_stands_for_nothing():
    ways = {ANNA: ("push", "email", "sms")}

    assert missing([], ways, printed=True) == [(ANNA, "push"), (ANNA, "email")]
    told = [row(ANNA, "push", "accepted"), row(ANNA, "email", "refused")]
    assert missing(told, ways, printed=True) == [(ANNA, "sms")]
    told = [*told, row(ANNA, "sms", "given_up")]
    assert missing(told, ways, printed=True) == [(None, "letter")]
