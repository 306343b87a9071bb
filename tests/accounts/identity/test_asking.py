"""Who asks for a letter learns nothing about the register, and gets one where it is one person alone."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.identity.claiming import ask_for_counter, ask_for_letter
from accounts.models import AuditEvent, Claim
from accounts.refusal import AccountError
from accounts.tasks import sweep_claims
from tests import factories
from tests.accounts.identity.stating import NOBODY, as_stated, asked, posted, single

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def user(db):
    return factories.UserFactory.create()


@pytest.fixture
def person(db):
    return single()


def test_one_person_alone_gets_a_letter(user, person, now) -> None:
    claim = ask_for_letter(claims=as_stated(person), by=user, at=now)

    assert claim.resident == person
    assert list(Claim.objects.to_post()) == [claim]


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_date": "1979-11-04"},
        {"address": ""},
        {"address": "埼玉県さいたま市浦和区常盤６丁目４番５号"},
        {"name": "白鳥　雪子", "kana": "シラトリ　ユキコ"},
        {"sex": "1"},
    ],
    ids=["other day", "no address", "other number", "other name", "other sex"],
)
def test_what_does_not_agree_beyond_doubt_is_left_to_a_person(changes, user, person, now) -> None:
    claim = ask_for_letter(claims=as_stated(person, **changes), by=user, at=now)

    assert claim.resident is None
    assert not Claim.objects.to_post().exists()


def test_the_same_written_another_way_is_the_same(user, person, now) -> None:
    stated = as_stated(person, name="白鳥 雪乃", address="さいたま市浦和区常盤6-4-4")

    assert ask_for_letter(claims=stated, by=user, at=now).resident == person


def test_of_two_who_are_alike_neither_gets_a_letter(user, person, now) -> None:
    single()

    assert ask_for_letter(claims=as_stated(person), by=user, at=now).resident is None


@pytest.mark.parametrize("fields", [{"protected": True}, {"died_on": datetime.date(2026, 1, 1)}])
def test_people_under_protection_and_the_dead_get_no_letter(fields, user, now) -> None:
    claim = ask_for_letter(claims=as_stated(single(**fields)), by=user, at=now)

    assert claim.resident is None
    assert claim.state == Claim.State.ASKED


def test_found_or_not_is_the_same_work(person, now) -> None:
    statements = [
        as_stated(person),
        as_stated(person, address="埼玉県さいたま市浦和区常盤６丁目４番５号"),
        NOBODY,
        as_stated(single(protected=True, birth_date="1950-01-01")),
    ]
    costs = set()

    for stated in statements:
        user = factories.UserFactory.create()
        with CaptureQueriesContext(connection) as queries:
            ask_for_letter(claims=stated, by=user, at=now)
        costs.add(len(queries))

    assert len(costs) == 1


def test_that_somebody_asked_stands_in_the_trail_as_a_stranger_s_deed(user, person, now) -> None:
    ask_for_letter(claims=as_stated(person), by=user, at=now)

    event = AuditEvent.objects.get(verb="sign_in.asked")
    assert (event.resident, event.actor, event.on_behalf) == (person, user, False)


def test_asking_again_takes_the_place_of_the_first(user, person, now) -> None:
    first = ask_for_letter(claims=NOBODY, by=user, at=now)

    second = ask_for_letter(claims=as_stated(person), by=user, at=now)

    first.refresh_from_db()
    assert (first.state, first.stated) == (Claim.State.OVER, {})
    assert list(Claim.objects.open()) == [second]


def test_the_fourth_time_in_thirty_days_is_refused(user, person, now) -> None:
    for _time in range(3):
        ask_for_letter(claims=as_stated(person), by=user, at=now)

    with pytest.raises(AccountError):
        ask_for_letter(claims=as_stated(person), by=user, at=now)
    assert ask_for_letter(claims=as_stated(person), by=user, at=now + 31 * DAY)


def test_strangers_cannot_fill_somebody_s_letter_box(person, user, now) -> None:
    for _stranger in range(3):
        asked(person)

    claim = ask_for_letter(claims=as_stated(person), by=user, at=now)

    assert claim.resident is None


def test_who_is_connected_already_asks_for_no_letter(resident_user, person, now) -> None:
    with pytest.raises(AccountError):
        ask_for_letter(claims=as_stated(person), by=resident_user, at=now)


def test_who_was_connected_by_letter_gets_a_number_for_the_counter(user, person, now) -> None:
    factories.binding(user=user, resident=person, method="letter")

    claim = ask_for_counter(by=user, at=now)

    assert (claim.resident, claim.method) == (person, "counter")
    assert not Claim.objects.to_post().exists()


def test_what_nobody_follows_up_is_forgotten_after_sixty_days(user, person, now) -> None:
    old = ask_for_letter(claims=NOBODY, by=user, at=now - 61 * DAY)
    new = asked(person)

    assert sweep_claims() == 1

    old.refresh_from_db()
    assert (old.state, old.stated) == (Claim.State.OVER, {})
    assert list(Claim.objects.open()) == [new]


def test_three_letters_a_month_go_to_one_person_however_they_were_asked_for(person, now) -> None:
    for _time in range(3):
        posted(person)

    assert asked(person).resident is None
