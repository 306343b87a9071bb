"""What each institution has on record."""

import datetime
import random
from collections import Counter

import pytest

from links.feeds.columns import DETAILS
from portal.sample import feeds
from portal.sample.personas import add_personas
from portal.sample.records import Draw
from portal.sample.register import Maker
from portal.sample.senders import SENDERS

AS_OF = datetime.date(2026, 10, 1)


@pytest.fixture(scope="module")
def draw() -> Draw:
    """Chance, over a register of 500."""
    chance = random.Random(2)
    maker = Maker(chance, as_of=AS_OF, residents=500)
    add_personas(maker)
    return Draw(chance, maker.fill())


def test_every_sender_has_a_maker_and_nobody_else_has():
    assert set(feeds.MAKERS) == {sender.code for sender in SENDERS}


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.code)
def test_details_are_columns_of_the_senders_category(draw: Draw, sender):
    columns = {column.name for column in DETAILS[sender.category]}

    for record in feeds.MAKERS[sender.code](draw):
        assert set(record.details) <= columns


@pytest.mark.parametrize("sender", SENDERS, ids=lambda sender: sender.code)
def test_references_are_unique_and_no_record_is_older_than_its_person(draw: Draw, sender):
    records = feeds.MAKERS[sender.code](draw)

    assert len({record.reference for record in records}) == len(records)
    assert all(record.about.born_on <= record.linked_on <= AS_OF for record in records)


def test_nobody_has_accounts_at_both_banks(draw: Draw):
    first = {id(record.about) for record in feeds.midori(draw)}
    second = {id(record.about) for record in feeds.savings(draw)}

    assert not first & second


def test_adults_have_a_tax_record_a_year(draw: Draw):
    years = Counter(record.details["fiscal_year"] for record in feeds.tax(draw))

    assert set(years) == {"2025", "2026"}
    assert all(record.about.age_on(AS_OF) >= 20 for record in feeds.tax(draw))


def test_before_june_the_last_fiscal_year_is_the_one_before():
    maker = Maker(random.Random(1), as_of=datetime.date(2026, 5, 31), residents=60)
    add_personas(maker)
    draw = Draw(random.Random(1), maker.fill())

    assert {record.details["fiscal_year"] for record in feeds.tax(draw)} == {"2024", "2025"}


def test_child_allowance_goes_to_heads_of_households_with_a_child(draw: Draw):
    records = feeds.child_allowance(draw)

    assert records
    for record in records:
        assert record.about.relationship == "世帯主"
        assert draw.register.family_of(record.about)[-1].age_on(AS_OF) < 18


def test_care_insurance_begins_at_65_and_a_level_has_an_end(draw: Draw):
    for record in feeds.care(draw):
        assert record.about.age_on(AS_OF) >= 65
        assert bool(record.details["care_level"]) == ("valid_until" in record.details)


def test_some_people_have_a_past_employment_beside_the_present_one(draw: Draw):
    records = feeds.employment(draw)

    jobs = Counter(id(record.about) for record in records)

    assert {record.status for record in records} == {"active", "ended"}
    assert max(jobs.values()) == 2


def test_only_certificates_of_the_mental_kind_expire(draw: Draw):
    for record in feeds.disability(draw):
        assert ("expires_on" in record.details) == (record.details["certificate_kind"] == "mental")


def test_vaccines_follow_age(draw: Draw):
    for record in feeds.vaccination(draw):
        if record.details["vaccine"] == "BCG":
            assert record.about.age_on(AS_OF) < 15
        if record.details["vaccine"] == "肺炎球菌":
            assert record.about.age_on(AS_OF) >= 65


def test_chance_draws_within_its_limits(draw: Draw):
    for _turn in range(200):
        assert len(draw.digits(7)) == 7
        assert AS_OF - datetime.timedelta(days=30) <= draw.past_day(days=30) < AS_OF
        assert AS_OF < draw.coming_day(days=60) <= AS_OF + datetime.timedelta(days=60)
    assert draw.past_day(days=3000, since=AS_OF) == AS_OF


def test_people_who_must_be_complete_have_every_record(draw: Draw):
    assert draw.one_in(0.0, draw.register.playing("neighbour"))
    assert not draw.one_in(0.0, draw.register.households[-1][0])
