"""From case to case: next and previous in the order of the queue, by links and by keys."""

import pytest
from django.urls import reverse

from reports.models import Report
from tests.factories import LinkFactory
from tests.reports.desk.addresses import QUEUE, case_url
from tests.reports.factories import filed


@pytest.fixture
def three(report, insurance, resident_user) -> list[Report]:
    """Cases in the order of the queue: insurance, money, ordinary."""
    ordinary = LinkFactory.create(resident=report.resident, category="tax")
    return [filed(insurance, resident_user), report, filed(ordinary, resident_user)]


def beside(report: Report, way: str) -> str:
    """The address that leads on."""
    return reverse(f"desk:{way}", args=[report.public_id])


def test_next_and_previous_follow_the_queue(as_support, three):
    first, second, third = three

    assert as_support.get(beside(first, "next")).url == case_url(second)
    assert as_support.get(beside(second, "next")).url == case_url(third)
    assert as_support.get(beside(third, "previous")).url == case_url(second)


@pytest.mark.parametrize(("place", "way"), [(0, "previous"), (2, "next")])
def test_at_the_end_one_is_back_in_the_queue(as_support, three, place, way):
    assert as_support.get(beside(three[place], way)).url == QUEUE


def test_the_choice_of_cases_goes_along(as_support, three):
    chosen = {"category": "tax"}

    page = as_support.get(QUEUE, chosen).content.decode()
    assert f"{case_url(three[2])}?category=tax" in page
    case = as_support.get(case_url(three[2]), chosen).content.decode()
    assert f"{beside(three[2], 'next')}?category=tax" in case
    assert as_support.get(beside(three[0], "next"), chosen).url == f"{case_url(three[2])}?category=tax"


def test_every_deed_of_the_keyboard_has_a_key(as_support, taken_report):
    page = as_support.get(case_url(taken_report)).content.decode()

    assert all(f'accesskey="{key}"' in page for key in "npar")
