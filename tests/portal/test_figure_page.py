"""The page of public figures, and the same for machines."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from portal.figure_files import as_csv, as_json
from portal.figure_page import DAYS_DRAWN, DRAWN, PARTS, SECTIONS, UNITS, WORDS, figure_page
from portal.models import Figure
from tests.links.fed import DAY

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 11, 23)
ENGLISH = {"accept-language": "en"}


def stored(day: datetime.date = MONDAY, **values: int | None) -> None:
    """Figures of a day."""
    Figure.objects.bulk_create(Figure(day=day, code=code, value=value) for code, value in values.items())


def opened(client, name: str = "figures"):
    return client.get(reverse(f"portal:{name}"), headers=ENGLISH)


def test_before_the_first_day_the_page_says_so(client) -> None:
    assertContains(opened(client), "No figures yet")


def test_the_page_shows_the_latest_day(client) -> None:
    stored(MONDAY - DAY, put_right=10)
    stored(put_right=20, found_wrong=None)

    response = opened(client)

    assertContains(response, "<b>20</b>")
    assertContains(response, "too few to say")
    assertContains(response, "As of 23 November 2026 (Reiwa 8).")


def test_each_figure_stands_on_the_page_with_its_definition(client) -> None:
    stored(**dict.fromkeys(WORDS, 30))

    response = opened(client)

    for words, definition in WORDS.values():
        assertContains(response, escape(words))
        assertContains(response, escape(definition))
    shown = {code for _title, codes in SECTIONS for code in codes} | set(PARTS)
    assert shown == set(WORDS)


def test_a_share_has_its_unit(client) -> None:
    stored(precision_percent=93)

    assertContains(opened(client), "<b>93%</b>")


def test_the_charts_have_their_tables(client) -> None:
    stored(MONDAY - DAY, put_right=10, found_wrong=30)
    stored(put_right=20, found_wrong=30, records_right=500)

    response = opened(client)

    assertContains(response, "The linked records by what is so of them")
    assertContains(response, "The same as a table")
    assertContains(response, '<th scope="row">2026-11-22</th>')


def test_one_day_makes_no_line(client) -> None:
    stored(put_right=20)

    assertNotContains(opened(client), "The same as a table")


def test_lines_are_drawn_over_the_last_days(db) -> None:
    stored(MONDAY - DAYS_DRAWN * DAY, put_right=10)
    stored(MONDAY - DAY, put_right=20)
    stored(put_right=30)

    page = figure_page()

    assert page.days == [MONDAY - DAY, MONDAY]
    assert dict(page.lines)[WORDS["put_right"][0]] == [20, 30]
    assert len(page.lines) == len(DRAWN)


@pytest.mark.parametrize("days", [1, 20])
def test_the_page_costs_two_queries_however_many_days_there_are(
    client, days, django_assert_num_queries
) -> None:
    for number in range(days):
        stored(MONDAY - number * DAY, put_right=20)

    with django_assert_num_queries(2):
        opened(client)


def test_the_page_says_how_it_counts_and_leads_to_the_files(client) -> None:
    stored(put_right=20)

    response = opened(client)

    assertContains(response, "rounded down to tens")
    assertContains(response, reverse("portal:figures_csv"))
    assertContains(response, reverse("portal:figures_json"))


def test_every_day_is_there_as_csv_with_definitions(client) -> None:
    stored(MONDAY - DAY, put_right=10)
    stored(put_right=20, found_wrong=None, precision_percent=90, gone_since=5)

    response = opened(client, "figures_csv")

    head, *rows = csv.reader(io.StringIO(response.content.decode()))
    assert head == ["day", "figure", "value", "unit", "words", "definition"]
    assert [row[:5] for row in rows] == [
        ["2026-11-23", "found_wrong", "", "", "Found wrong"],
        ["2026-11-23", "put_right", "20", "", "Put right"],
        ["2026-11-23", "precision_percent", "90", "%", "Right alarms, at least"],
        ["2026-11-22", "put_right", "10", "", "Put right"],
    ]
    assert rows[1][5].startswith("Wrong records that two members of staff removed")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "figures.csv" in response["Content-Disposition"]


def test_csv_costs_one_query(django_assert_num_queries) -> None:
    for number in range(5):
        stored(MONDAY - number * DAY, put_right=20)

    with django_assert_num_queries(1):
        as_csv()


def test_the_latest_day_is_there_as_json_with_definitions(client) -> None:
    stored(MONDAY - DAY, put_right=10)
    stored(put_right=20, precision_percent=None)

    found = opened(client, "figures_json").json()

    assert (found["day"], found["rounded_down_to"]) == ("2026-11-23", 10)
    right, precision = found["figures"]
    assert (right["code"], right["words"], right["value"]) == ("put_right", "Put right", 20)
    assert right["definition"].startswith("Wrong records")
    assert (precision["value"], precision["unit"]) == (None, "%")


def test_before_the_first_day_the_files_are_empty() -> None:
    assert as_csv() == "day,figure,value,unit,words,definition\r\n"
    assert as_json()["figures"] == []


def test_units_belong_to_figures() -> None:
    assert UNITS.keys() <= WORDS.keys()
