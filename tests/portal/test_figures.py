"""The public figures: computed, rounded before they are stored, and told with their definitions."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains

from links.models import Link
from portal import figures
from portal.figure_page import WORDS, latest_figures
from portal.models import Figure
from portal.tasks import compute_figures
from reports.kinds import State
from reports.models import Report
from tests import factories
from tests.links.fed import DAY, applied

MONDAY = datetime.date(2026, 11, 23)
DECIDED = {"settled_digest": b"d" * 32}


@pytest.mark.parametrize(
    ("exact", "published"),
    [(0, None), (1, None), (9, None), (10, 10), (19, 10), (20, 20), (11309, 11300)],
)
def test_counts_are_rounded_down_to_tens_and_small_ones_are_not_told(exact, published) -> None:
    assert figures.rounded(exact) == published


def records(resident, institution, count: int, **state) -> None:
    """So many records in that state."""
    template = factories.LinkFactory.build(resident=resident, institution=institution, **state)
    fields = {
        field.attname: getattr(template, field.attname)
        for field in Link._meta.concrete_fields
        if field.name not in ("id", "public_id", "reference")
    }
    start = Link.objects.count()
    Link.objects.bulk_create(Link(**fields, reference=f"X{start + number}") for number in range(count))


def test_each_figure_counts_what_its_words_say(resident, institution) -> None:
    records(resident, institution, 31)
    records(resident, institution, 12, verdict="")
    records(resident, institution, 11, verdict="mismatch", held=True)
    records(resident, institution, 14, verdict="mismatch", settled_as="unlinked", **DECIDED)
    records(resident, institution, 13, verdict="mismatch", settled_as="right", **DECIDED)
    records(resident, institution, 15, status="removed")

    computed = {code: count() for code, count in figures.FIGURES.items()}

    assert computed == {
        "records_linked": 60,  # 31 + 12 + 11 + 13 = 67
        "records_checked": 50,  # 55
        "records_not_checked": 10,  # 12
        "found_wrong": 20,  # 11 + 14
        "put_right": 10,  # 14
        "median_days": None,
        "offices_connected": 0,
        "offices_late": 0,
        "offices_not_connected": 1,
    }


def test_offices_are_counted_exactly_for_nobody_can_be_recognised(db, now) -> None:
    weekly = factories.InstitutionFactory.create(expected_every_days=7)
    applied(weekly, at=now - 20 * DAY)
    applied(weekly, "tax", at=now - 20 * DAY)
    applied(factories.InstitutionFactory.create())
    factories.InstitutionFactory.create()

    counts = [figures.offices_connected(), figures.offices_late(), figures.offices_not_connected()]

    assert counts == [2, 1, 1]


def corrected(resident, institution, user, days: list[int]) -> None:
    """Reports that were put right after so many days."""
    received = timezone.now() - datetime.timedelta(days=200)
    for number in days:
        Report.objects.create(
            link=factories.LinkFactory.create(resident=resident, institution=institution),
            resident=resident,
            filed_by=user,
            kind="not_mine",
            state=State.CORRECTED,
            next_step_by=received.date(),
            received_at=received,
            closed_at=received + datetime.timedelta(days=number, hours=5),
        )


def test_half_of_the_reports_took_at_most_the_median(resident, institution, resident_user) -> None:
    corrected(resident, institution, resident_user, [1, 1, 2, 2, 3, 6, 7, 8, 9, 100])

    assert figures.median_days() == 6


def test_a_median_of_few_reports_is_not_told(resident, institution, resident_user) -> None:
    corrected(resident, institution, resident_user, [1] * 9)

    assert figures.median_days() is None


def test_figures_of_a_day_are_stored_rounded(resident, institution) -> None:
    records(resident, institution, 27)

    figures.compute(day=MONDAY)

    stored = dict(Figure.objects.values_list("code", "value"))
    assert stored["records_linked"] == 20
    assert stored["found_wrong"] is None
    assert set(stored) == set(figures.FIGURES)


def test_computing_once_more_on_the_same_day_replaces(resident, institution) -> None:
    figures.compute(day=MONDAY)
    records(resident, institution, 27)

    figures.compute(day=MONDAY)

    assert Figure.objects.count() == len(figures.FIGURES)
    assert Figure.objects.get(code="records_linked").value == 20


def test_a_day_has_each_figure_once(db) -> None:
    Figure.objects.create(day=MONDAY, code="put_right")

    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(day=MONDAY, code="put_right")


def test_the_task_computes_the_day_in_japan(db, time_machine) -> None:
    time_machine.move_to(datetime.datetime(2026, 11, 22, 16, 0, tzinfo=datetime.UTC))

    compute_figures()

    assert set(Figure.objects.values_list("day", flat=True)) == {MONDAY}


def test_every_figure_has_words_and_every_word_a_figure() -> None:
    assert set(WORDS) == set(figures.FIGURES)


def test_before_the_first_day_there_is_a_page_without_figures(db) -> None:
    assert latest_figures().day is None


def test_the_page_shows_the_latest_day(db) -> None:
    Figure.objects.create(day=MONDAY - datetime.timedelta(days=1), code="put_right", value=10)
    Figure.objects.create(day=MONDAY, code="put_right", value=20)

    page = latest_figures()

    assert page.day == MONDAY
    assert 20 in [value for _words, _definition, value in page.rows]
    assert len(page.rows) == len(WORDS)


def test_everyone_may_read_the_figures_in_two_queries(client, db, django_assert_num_queries) -> None:
    Figure.objects.create(day=MONDAY, code="put_right", value=20)
    Figure.objects.create(day=MONDAY, code="found_wrong", value=None)

    with translation.override("en"), django_assert_num_queries(2):
        response = client.get(reverse("portal:figures"), headers={"accept-language": "en"})

    assertContains(response, "<b>20</b>")
    assertContains(response, "too few to say")
    assertContains(response, "As of 23 November 2026 (Reiwa 8).")


def test_a_page_without_figures_says_so(client, db) -> None:
    response = client.get(reverse("portal:figures"), headers={"accept-language": "en"})

    assertContains(response, "No figures yet")


def test_figures_are_named_by_code_and_day() -> None:
    assert str(Figure(day=MONDAY, code="put_right")) == "Figure put_right of 2026-11-23"
