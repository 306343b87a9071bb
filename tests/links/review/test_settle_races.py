"""Settlements at the same moment: one wins, nothing is told twice, nobody waits in a ring."""

import pytest

from links.models import Hold, Link
from notices.models import Notice
from tests import factories
from tests.at_once import at_once
from tests.links.review.settling import lift, withhold, written

REPORT = Hold.Source.REPORT

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_withhold_at_once_place_one_hold() -> None:
    link = factories.LinkFactory.create()

    results = at_once(*[lambda: withhold(link, notice="record.withheld")] * 2)

    assert sorted(len(result) for result in results) == [0, 1]
    assert Hold.objects.count() == 1
    assert written(link) == {"changes": 1, "events": 1, "notices": 1}


def test_two_who_lift_at_once_tell_once() -> None:
    link = factories.LinkFactory.create()
    withhold(link)

    results = at_once(*[lambda: lift(link, notice="record.released")] * 2)

    assert sorted(len(result) for result in results) == [0, 1]
    assert Notice.objects.count() == 1


def test_two_different_holds_lifted_at_once_free_the_record() -> None:
    link = factories.LinkFactory.create()
    withhold(link)
    withhold(link, source=REPORT, reference="a")

    results = at_once(
        lambda: lift(link, notice="record.released"),
        lambda: lift(link, source=REPORT, reference="a", notice="record.released"),
    )

    link.refresh_from_db()
    assert not link.held
    assert sorted(len(result) for result in results) == [0, 1]
    assert Notice.objects.count() == 1


def test_one_who_withholds_and_one_who_frees_never_leave_a_hold_on_a_free_record() -> None:
    link = factories.LinkFactory.create()
    withhold(link)

    at_once(lambda: lift(link), lambda: withhold(link, source=REPORT, reference="a"))

    link.refresh_from_db()
    assert link.held
    assert Hold.objects.active().get().source == REPORT


def test_settlements_in_opposite_order_do_not_wait_for_each_other_in_a_ring() -> None:
    links = [factories.LinkFactory.create() for _link in range(20)]

    at_once(lambda: withhold(*links), lambda: withhold(*reversed(links), source=REPORT, reference="a"))

    assert Hold.objects.active().count() == 40
    assert Link.objects.filter(held=True).count() == 20
