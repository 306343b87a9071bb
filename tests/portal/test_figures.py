"""The public figures: computed from what is there, told as portal.disclosure allows, stored a row a day."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from portal import figures
from portal.counting import Outcome
from portal.figure_page import WORDS
from portal.models import Figure
from portal.tasks import compute_figures
from tests import factories
from tests.links.fed import DAY, applied
from tests.portal.counted import DECIDED, corrected, decided, records

MONDAY = datetime.date(2026, 11, 23)


def computed(day: datetime.date = MONDAY) -> dict[str, int | None]:
    """The figures of a day, computed now."""
    figures.compute(day=day)
    return dict(Figure.objects.filter(day=day).values_list("code", "value"))


def test_each_figure_counts_what_its_words_say(resident, institution, support, supervisor) -> None:
    records(resident, institution, 31)
    records(resident, institution, 12, verdict="")
    records(resident, institution, 18, verdict="unverifiable")
    records(resident, institution, 21, verdict="review")
    records(resident, institution, 11, verdict="mismatch", held=True)
    records(resident, institution, 16, verdict="match", held=True)
    records(resident, institution, 13, verdict="mismatch", settled_as="right", **DECIDED)
    records(resident, institution, 15, verdict="mismatch", status="removed")
    by = (support, supervisor)
    decided(resident, institution, by, 14, remedy="unlink", alarm=True)
    decided(resident, institution, by, 17, remedy="unlink", alarm=False)
    decided(resident, institution, by, 10, remedy="release", alarm=True)

    assert computed() == {
        "records_linked": 100,  # 44 + 12 + 18 + 21 + 11 + 16, each in tens
        "records_checked": 90,
        "records_right": 40,
        "records_unverifiable": 10,
        "records_in_review": 20,
        "records_not_checked": 10,
        "not_checked_new": 10,
        "not_checked_changed": None,
        "found_wrong": 40,  # 11 stopped, 15 taken back, 14 and 17 removed
        "withheld_now": 20,
        "wrong_in_use": None,
        "put_right": 30,
        "median_days": None,
        "alarms_decided": 20,
        "alarms_right": 10,
        "false_alarms": 10,
        "precision_percent": 26,  # 10 of at most 10 + 10 + 18
        "incidents": 0,
        "people_affected": None,
        "offices_connected": 0,
        "offices_late": 0,
        "offices_not_connected": 1,
    }


@pytest.mark.parametrize(
    ("right", "false", "percent"),
    [(None, None, None), (None, 50, None), (10, None, 35), (500, None, 96), (500, 500, 49)],
)
def test_the_precision_is_the_least_that_the_told_numbers_allow(right, false, percent) -> None:
    told = {Outcome.WRONG_AS_FOUND: right, Outcome.FALSE_ALARM: false}

    assert figures.precision(told) == percent


def test_the_precision_never_says_more_than_is_true() -> None:
    for false in range(30):
        told = {Outcome.WRONG_AS_FOUND: 40, Outcome.FALSE_ALARM: false // 10 * 10 or None}
        assert figures.precision(told) <= 100 * 40 / (40 + false)


def test_offices_are_counted_exactly_for_nobody_can_be_recognised(db, now) -> None:
    weekly = factories.InstitutionFactory.create(expected_every_days=7)
    applied(weekly, at=now - 20 * DAY)
    applied(weekly, "tax", at=now - 20 * DAY)
    applied(factories.InstitutionFactory.create())
    factories.InstitutionFactory.create()

    assert list(figures.offices().values()) == [2, 1, 1]


def test_half_of_the_reports_took_at_most_the_median(resident, institution, resident_user) -> None:
    corrected(resident, institution, resident_user, [1, 1, 2, 2, 3, 6, 7, 8, 9, 100])

    assert computed()["median_days"] == 6


def test_a_few_cases_change_nothing_from_one_day_to_the_next(resident, institution) -> None:
    records(resident, institution, 27, verdict="mismatch", held=True)
    monday = computed()
    records(resident, institution, 9, verdict="mismatch", held=True)

    assert computed(MONDAY + DAY) == monday


def test_ten_cases_change_the_next_day(resident, institution) -> None:
    records(resident, institution, 27)
    computed()
    records(resident, institution, 10)

    assert computed(MONDAY + DAY)["records_linked"] == 30


def test_computing_once_more_on_the_same_day_replaces(resident, institution) -> None:
    computed()
    records(resident, institution, 27)

    again = computed()

    assert Figure.objects.count() == len(WORDS)
    assert again["records_linked"] == 20


def test_a_day_has_each_figure_once(db) -> None:
    Figure.objects.create(day=MONDAY, code="put_right")

    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(day=MONDAY, code="put_right")


def test_the_task_computes_the_day_in_japan(db, time_machine) -> None:
    time_machine.move_to(datetime.datetime(2026, 11, 22, 16, 0, tzinfo=datetime.UTC))

    compute_figures()

    assert set(Figure.objects.values_list("day", flat=True)) == {MONDAY}


def test_every_figure_has_words_and_every_word_a_figure(db) -> None:
    assert set(WORDS) == set(
        figures.published(figures.tell(figures.measures())) | figures.offices() | figures.incidents()
    )


def test_figures_are_named_by_code_and_day() -> None:
    assert str(Figure(day=MONDAY, code="put_right")) == "Figure put_right of 2026-11-23"
