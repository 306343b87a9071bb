"""Who may try how often: by address, by the minute, and counted by everybody together."""

import datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.limits import is_among_first
from tests.at_once import at_once
from tests.readers import sign_in

NOON = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)
HOME = "198.51.100.7"

pytestmark = pytest.mark.django_db


def tries(count: int, *, address=HOME, at=NOON, what="guess") -> list[bool]:
    """Whether each of so many tries was among the first three."""
    request = RequestFactory(REMOTE_ADDR=address).get("/")
    return [is_among_first(3, what=what, request=request, at=at) for _try in range(count)]


def test_the_first_so_many_are_let_through_and_no_more() -> None:
    assert tries(5) == [True, True, True, False, False]


def test_the_next_minute_counts_anew() -> None:
    tries(3)

    assert tries(1, at=NOON + datetime.timedelta(seconds=59)) == [False]
    assert tries(1, at=NOON + datetime.timedelta(seconds=60)) == [True]


@pytest.mark.parametrize("other", [{"address": "198.51.100.8"}, {"what": "another"}])
def test_another_address_and_another_thing_have_a_count_of_their_own(other) -> None:
    tries(3)

    assert tries(1, **other) == [True]


def test_whoever_changes_the_address_within_one_network_is_still_one_visitor() -> None:
    tries(3, address="2001:db8:1:2::7")

    assert tries(1, address="2001:db8:1:2:ffff::1") == [False]
    assert tries(1, address="2001:db8:1:3::7") == [True]


def test_two_old_addresses_in_their_new_form_are_two_visitors() -> None:
    tries(3, address=f"::ffff:{HOME}")

    assert tries(1) == [False]
    assert tries(1, address="::ffff:198.51.100.8") == [True]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_get_through_together() -> None:
    let_through = at_once(*[lambda: tries(1)] * 6)

    assert let_through.count([True]) == 3


def test_a_limit_that_is_hit_is_written_down_without_the_address(caplog) -> None:
    tries(4)

    assert "A limit was hit: guess" in caplog.text
    assert HOME not in caplog.text


def test_who_is_signed_in_sends_sixty_things_a_minute_and_can_always_leave(
    client, support, one_minute, caplog
) -> None:
    sign_in(client, support)

    answers = [client.post("/there-is-no-such-page/").status_code for _time in range(61)]

    assert set(answers[:60]) == {404}
    assert answers[60] == 429
    assert "Too Many Requests: /there-is-no-such-page/" in caplog.text
    assert client.get("/figures/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
