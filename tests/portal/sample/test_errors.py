"""Mistakes in known shares."""

import datetime
import random
from collections.abc import Callable

import pytest

from portal.sample import errors, feeds
from portal.sample.coincidences import arrange
from portal.sample.personas import add_personas
from portal.sample.records import Draw, Record
from portal.sample.register import Maker
from portal.sample.senders import SENDERS

AS_OF = datetime.date(2026, 10, 1)


@pytest.fixture
def draw() -> Draw:
    """Chance, over a register of 600."""
    chance = random.Random(11)
    maker = Maker(chance, as_of=AS_OF, residents=600)
    add_personas(maker)
    register = maker.fill()
    arrange(register, chance)
    return Draw(chance, register)


def strange(records: list[Record]) -> list[Record]:
    """Records whose details are not those of the person whose number they hang on."""
    return [record for record in records if record.about is not record.holder]


def test_a_maker_makes_no_mistakes(draw: Draw):
    for maker in feeds.MAKERS.values():
        assert strange(maker(draw)) == []


@pytest.mark.parametrize("code", [sender.code for sender in SENDERS])
def test_less_than_two_percent_of_a_feed_point_to_somebody_else(draw: Draw, code: str):
    records = feeds.MAKERS[code](draw)

    errors.plant_unseen(code, draw, records)

    assert len(strange(records)) <= 0.02 * len(records)


@pytest.mark.parametrize("code", [sender.code for sender in SENDERS])
def test_nothing_befalls_people_who_must_be_intact(draw: Draw, code: str):
    records = feeds.MAKERS[code](draw)

    errors.plant_unseen(code, draw, records)
    errors.plant_rejected(code, draw, records)

    spoilt = [record for record in records if record.intact and (record.number or record.written)]
    assert spoilt == []
    assert {record.about.role for record in strange(records) if record.intact} <= {"child"}


def test_the_childs_account_is_the_fathers(draw: Draw):
    records = feeds.midori(draw)

    errors.parents_account(draw, records)

    (record,) = [one for one in records if one.about.role == "child"]
    assert record.holder.role == "father"
    assert record.details == next(one.details for one in records if one.about.role == "father")


def test_other_children_with_a_parents_account_are_of_that_household(draw: Draw):
    records = feeds.midori(draw)

    errors.parents_account(draw, records)

    assert all(one.about.household == one.holder.household for one in strange(records))


@pytest.mark.parametrize(
    ("mistake", "alike"),
    [
        (errors.namesake, lambda one: one.about.name == one.holder.name),
        (errors.near_number, lambda one: sum(map(str.__ne__, one.about.number, one.holder.number)) == 1),
    ],
)
def test_a_stranger_is_alike_in_the_way_that_misled(
    draw: Draw, mistake: errors.Mistake, alike: Callable[[Record], bool]
):
    records = feeds.tax(draw)

    mistake(draw, records)

    assert strange(records)
    assert all(map(alike, strange(records)))


def test_two_shifted_rows_have_each_others_number(draw: Draw):
    records = feeds.pension(draw)[:400]
    holders = [record.holder for record in records]

    errors.row_shift(draw, records)

    assert [record.holder for record in records] == holders
    assert len(strange(records)) == 2
    one, other = strange(records)
    assert (one.about, other.about) == (other.holder, one.holder)


def test_at_a_shared_desk_the_terminal_is_named(draw: Draw):
    records = feeds.savings(draw) * 3

    errors.previous_visitor(draw, records)

    assert {record.obtained_by for record in strange(records)} <= {"counter_terminal"}


@pytest.mark.parametrize("code", [sender.code for sender in SENDERS])
def test_as_many_rows_are_spoilt_as_is_said(draw: Draw, code: str):
    records = feeds.MAKERS[code](draw)
    before = len(records)

    rejected = errors.plant_rejected(code, draw, records)

    spoilt = [
        one
        for one in records
        if one.number
        or one.written
        or errors.SPOILT_DETAIL.get(code, {"": ""}).items() <= one.details.items()
    ]
    assert len(records) == before + 2
    assert rejected == len(spoilt) + 2
    assert rejected <= 0.25 * before


def test_a_feed_of_nobody_gets_no_mistakes(draw: Draw):
    records: list[Record] = []

    errors.plant_unseen("DS0001", draw, records)

    assert errors.plant_rejected("DS0001", draw, records) == 0
    assert records == []
