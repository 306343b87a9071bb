"""What institutions have connected, and when the next feed is late."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from links.models import Source
from tests import factories
from tests.links.fed import FRIDAY, applied, source

LABOUR_DAY = datetime.date(2026, 11, 23)
TUESDAY = datetime.date(2026, 11, 24)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def weekly(db):
    """An institution that sends every seven days."""
    return factories.InstitutionFactory.create(expected_every_days=7)


def test_a_source_was_fed_on_the_day_in_japan(weekly) -> None:
    late_evening = datetime.datetime(2026, 11, 19, 15, 30, tzinfo=datetime.UTC)

    assert source(weekly, at=late_evening).fed_on == datetime.date(2026, 11, 20)


def test_the_next_feed_is_due_after_as_many_days_as_were_agreed(weekly) -> None:
    friday = source(weekly, at=FRIDAY)

    assert friday.due_on == datetime.date(2026, 11, 27)
    assert friday.late_since(datetime.date(2026, 11, 27)) is None
    assert friday.late_since(datetime.date(2026, 12, 10)) == datetime.date(2026, 11, 28)


def test_a_feed_that_falls_due_while_offices_are_closed_may_come_on_the_next_working_day(db) -> None:
    daily = factories.InstitutionFactory.create(expected_every_days=1)

    friday = source(daily, at=FRIDAY)

    assert friday.due_on == TUESDAY
    assert friday.late_since(LABOUR_DAY) is None
    assert friday.late_since(TUESDAY + ONE_DAY) == TUESDAY + ONE_DAY


@pytest.mark.parametrize("days", [None, 0])
def test_without_an_agreed_rhythm_nothing_is_late(db, days) -> None:
    free = source(factories.InstitutionFactory.create(expected_every_days=days), at=FRIDAY)

    assert free.due_on is None
    assert free.late_since(datetime.date(2036, 1, 1)) is None


def test_a_category_of_an_institution_is_connected_once(weekly) -> None:
    done = applied(weekly)

    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(institution=weekly, category=done.category, last_import=done)


def test_the_sources_of_records_are_found(link) -> None:
    own = source(link.institution, link.category)
    source(link.institution, "tax")
    source(factories.InstitutionFactory.create(), link.category)

    assert list(Source.objects.of([link])) == [own]
    assert str(own) == f"Source {own.pk}"
