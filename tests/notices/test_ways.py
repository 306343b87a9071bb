"""Which channels lead to somebody, and from when on."""

import datetime

import pytest

from notices.kinds import KINDS
from notices.models import Preference
from notices.policy import GROUPS, OPTIONAL, policy
from notices.recipients import Recipient
from notices.ways import JAPAN, not_before, ways_of

ANNA = Recipient(user_id=1, email="anna@example.jp", phone="+819012345678")
MOVED, WITHHELD, NUMBER = policy("report.moved"), policy("record.withheld"), policy("number.opened")


def at(hour, minute=0, day=28):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


def quiet(start, end):
    return Preference(quiet_from=datetime.time(start), quiet_until=datetime.time(end))


def test_mail_comes_before_a_text_message_and_only_where_there_is_a_telephone():
    without = Recipient(user_id=2, email="ben@example.jp")

    assert ways_of([ANNA, without], {}, WITHHELD) == {1: ["email", "sms"], 2: ["email"]}


def test_what_is_optional_can_be_switched_off_for_each_channel():
    for off, left in (["reports:email"], ["sms"]), (["reports:email", "reports:sms"], []):
        assert ways_of([ANNA], {1: Preference(switched_off=off)}, MOVED) == {1: left}


def test_what_is_legal_cannot_be_switched_off():
    off = [f"{group}:{channel}" for group in ("", *GROUPS) for channel in ("email", "sms")]

    assert ways_of([ANNA], {1: Preference(switched_off=off)}, WITHHELD) == {1: ["email", "sms"]}


def test_no_warning_is_optional_and_every_group_has_words():
    assert all(policy(kind).legal for kind, words in KINDS.items() if words.warns)
    assert set(OPTIONAL) <= set(KINDS)
    assert set(OPTIONAL.values()) == set(GROUPS)


@pytest.mark.parametrize(
    ("hours", "now", "then"),
    [
        ((22, 7), at(23), at(7, day=29)),
        ((22, 7), at(22), at(7, day=29)),
        ((22, 7), at(3), at(7)),
        ((22, 7), at(6, 59), at(7)),
        ((22, 7), at(7), at(7)),
        ((22, 7), at(12), at(12)),
        ((13, 15), at(14), at(15)),
        ((13, 15), at(15), at(15)),
        ((0, 6), at(0), at(6)),
    ],
)
def test_in_quiet_hours_of_japan_a_notice_waits_for_their_end(hours, now, then):
    assert not_before(quiet(*hours), WITHHELD, now.astimezone(datetime.UTC)) == then


def test_a_warning_about_the_sign_in_does_not_wait():
    assert not_before(quiet(22, 7), NUMBER, at(23)) == at(23)


def test_without_quiet_hours_nothing_waits():
    assert not_before(None, MOVED, at(3)) == at(3)
    assert not_before(Preference(), MOVED, at(3)) == at(3)
