"""The queue in a browser: what it names, its filter and its pages."""

import pytest

from tests.factories import LinkFactory, ResidentFactory, bound_user
from tests.reports.desk.addresses import QUEUE
from tests.reports.factories import filed


def many_cases(count: int) -> None:
    """Open cases of different people."""
    for _ in range(count):
        resident = ResidentFactory.create()
        filed(LinkFactory.create(resident=resident), bound_user(resident))


def test_the_queue_names_cases_clocks_and_who_is_in_charge(as_support, taken_report, support):
    page = as_support.get(QUEUE).content.decode()

    assert taken_report.number in page
    assert "対応を決める" in page
    assert "営業日" in page
    assert support.name in page


def test_the_queue_names_no_resident(as_support, report, resident):
    page = as_support.get(QUEUE).content.decode()

    assert resident.name not in page
    assert report.account not in page


def test_the_filter_stands_in_the_address(as_support, report, insurance, resident_user):
    grave = filed(insurance, resident_user)

    page = as_support.get(QUEUE, {"category": "health_insurance", "state": "received"}).content.decode()

    assert grave.number in page
    assert report.number not in page


def test_a_filter_that_does_not_exist_shows_everything(as_support, report):
    page = as_support.get(QUEUE, {"state": "lost", "page": "nowhere"})

    assert page.status_code == 200
    assert report.number in page.content.decode()


def test_an_empty_choice_says_that_other_cases_may_wait(as_support, report):
    assert "ほかの案件が待っている" in as_support.get(QUEUE, {"state": "proposed"}).content.decode()


def test_a_page_of_the_queue_holds_fifty(as_support):
    many_cases(52)

    first, second = as_support.get(QUEUE), as_support.get(QUEUE, {"page": 2})

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 2)
    assert "?page=2" in first.content.decode()


@pytest.mark.parametrize("count", [1, 51])
def test_the_queue_asks_the_same_however_long_it_is(as_support, count, django_assert_max_num_queries):
    many_cases(count)

    with django_assert_max_num_queries(8):
        as_support.get(QUEUE)


def test_pages_keep_the_filter(as_support):
    many_cases(51)

    assert "?state=received&amp;page=2" in as_support.get(QUEUE, {"state": "received"}).content.decode()
