"""Asking for a call, and what the desk enters of it."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import AuditEvent
from notices.models import Notice
from reports.calls import actions
from reports.calls.words import WORDS, fresh, spoken, spoken_both_ways
from reports.models import Call
from reports.moving import ReportError
from tests.at_once import at_once
from tests.factories import UserFactory, authority
from tests.reports.calls.factories import asked


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def test_a_request_waits_with_a_word_until_tomorrow(resident, resident_user, now, today):
    call = asked(resident_user, at=now)

    assert call.waits
    assert (call.resident, call.call_by) == (resident, today + datetime.timedelta(days=1))
    assert call.word.partition("-")[0] in WORDS
    assert verbs() == ["call.asked"]


def test_who_asks_twice_is_led_to_the_first(resident_user):
    first = asked(resident_user)

    assert asked(resident_user, telephone="080-0000-0000") == first
    assert Call.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_are_one(resident_user):
    found = at_once(lambda: asked(resident_user).pk, lambda: asked(resident_user).pk)

    assert len(set(found)) == 1
    assert Call.objects.count() == 1


def test_a_sign_in_that_is_nobodys_may_ask_too(db):
    assert asked(UserFactory.create()).resident is None


def test_nobody_keeps_the_desk_busy_all_day(resident_user, now):
    for _time in range(actions.MOST_A_DAY):
        actions.withdraw(call=asked(resident_user, at=now), by=resident_user, at=now)

    with pytest.raises(ReportError):
        asked(resident_user, at=now)


def test_a_call_that_was_made_ends_the_wait_and_the_number_goes(resident_user, support, now):
    call = actions.enter_result(call=asked(resident_user), result="spoken", by=support, at=now)

    assert (call.state, call.telephone, call.settled_at) == (Call.State.SPOKEN, "", now)
    assert not Call.objects.waiting().exists()
    assert verbs()[-1] == "call.spoken"


def test_who_does_not_answer_is_called_again_and_told_after_three_times(resident_user, support, now):
    call = asked(resident_user)
    states = []

    for _time in range(3):
        call = actions.enter_result(call=call, result="no_answer", by=support, at=now)
        states.append(call.state)

    assert states == ["waiting", "waiting", "not_reached"]
    assert Notice.objects.get().kind == "call.not_reached"
    assert call.telephone == ""


def test_a_wrong_number_is_told_at_once(resident_user, support, now):
    call = actions.enter_result(call=asked(resident_user), result="wrong_number", by=support, at=now)

    assert call.state == Call.State.NOT_REACHED
    assert Notice.objects.get().subject_id == call.public_id


def test_a_result_is_entered_once(resident_user, support, now):
    call = asked(resident_user)
    actions.enter_result(call=call, result="spoken", by=support, at=now)

    with pytest.raises(ReportError, match="入力"):
        actions.enter_result(call=call, result="no_answer", by=support, at=now)


def test_what_was_taken_back_is_called_by_nobody(resident_user, support, now):
    call = asked(resident_user)
    actions.withdraw(call=call, by=resident_user, at=now)

    with pytest.raises(ReportError):
        actions.enter_result(call=call, result="spoken", by=support, at=now)
    assert Call.objects.get().state == Call.State.WITHDRAWN


def test_only_the_desk_calls_and_nobody_their_own_people(
    resident, resident_user, neighbour_user, support, now
):
    call = asked(resident_user)
    authority(agent=support, subject=resident)

    for by in (neighbour_user, support):
        with pytest.raises(ReportError):
            actions.open_call(call=call, by=by, at=now)
    assert "call.opened" not in verbs()


BROKEN = [
    {"telephone": ""},
    {"settled_at": datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)},
    {"state": "spoken"},
    {"tries": 1},
    {"tries": 4, "tried_at": datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)},
]


@pytest.mark.parametrize("fields", BROKEN)
def test_the_database_holds_what_a_call_promises(resident_user, fields):
    call = asked(resident_user)

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**fields)


def test_one_sign_in_waits_for_one_call(resident_user, now, today):
    call = asked(resident_user)
    again = {
        "by": resident_user,
        "telephone": "1",
        "word": "x",
        "part": "any",
        "asked_at": now,
        "call_by": today,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(**again, language=call.language)


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "さくら 42"), ("en", "Sakura 42"), ("ja-x-easy", "さくら 42")]
)
def test_the_word_is_said_as_the_reader_says_it(language, said):
    with override(language):
        assert spoken("sakura-42") == said
        assert spoken_both_ways("sakura-42") == "さくら（Sakura） 42"


def test_words_differ_and_fit(db):
    words = {fresh() for _time in range(50)}

    assert len(words) > 30
    assert max(map(len, words)) <= Call._meta.get_field("word").max_length
