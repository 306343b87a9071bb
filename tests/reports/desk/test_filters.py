"""The choice of cases that stands in the address."""

import datetime

import pytest

from reports.desk.filters import QueueFilter, condition
from reports.desk.queue import cases
from reports.models import Report
from tests.factories import LinkFactory
from tests.reports.desk.addresses import QUEUE
from tests.reports.factories import do, filed, taken


def found(user, today, **asked: str) -> list[Report]:
    """The cases that this address shows."""
    chosen = QueueFilter(asked).chosen()
    return list(cases(chosen.get("state", ""), condition(chosen, user=user, today=today)))


@pytest.fixture
def others(insurance, resident_user, colleague) -> Report:
    """A case that a colleague works on."""
    return taken(insurance, resident_user, colleague)


@pytest.mark.parametrize("who", ["me", "nobody", "colleague"])
def test_cases_can_be_chosen_by_who_is_in_charge(who, report, others, support, colleague, today):
    third = filed(LinkFactory.create(resident=report.resident), report.filed_by)
    do("take", third, support)
    expected = {"me": third, "nobody": report, "colleague": others}[who]

    assert found(support, today, assignee=str(colleague.pk) if who == "colleague" else who) == [expected]


@pytest.mark.parametrize(
    "asked",
    [
        {"category": "health_insurance"},
        {"team": "insurance"},
        {"language": "vi"},
        {"overdue": "on"},
        {"age": "5"},
        {"kind": "ended"},
        {"institution": "HIA1"},
        {"institution": "別の健保"},
    ],
)
def test_cases_can_be_chosen_by_what_they_are(asked, report, insurance, resident_user, support, now, today):
    insurance.institution = LinkFactory.create(
        institution__code="HIA1", institution__name_ja="別の健保"
    ).institution
    insurance.save()
    wanted = filed(insurance, resident_user, at=now - datetime.timedelta(days=30), kind="ended")
    changed = {"team": "insurance", "language": "vi", "overdue_since": today}
    Report.objects.filter(pk=wanted.pk).update(**changed)

    assert found(support, today, **asked) == [wanted]


def test_today_is_not_one_working_day_ago(report, support, today):
    assert found(support, today, age="1") == []


def test_a_choice_that_does_not_exist_chooses_nothing(report, support, today):
    assert found(support, today, assignee="99999", age="x", team="lost") == [report]


def test_an_unknown_institution_has_no_cases(report, support, today):
    assert found(support, today, institution="nobody") == []


def test_a_search_is_kept_shown_and_deleted(as_support, support, report):
    as_support.post(f"{QUEUE}searches/?team=money&state=received&lost=1", {"name": "お金"})

    kept = support.searches.get()
    assert kept.query == "state=received&team=money"
    assert "お金" in as_support.get(QUEUE).content.decode()
    as_support.post(f"{QUEUE}searches/{kept.public_id}/drop/")
    assert not support.searches.exists()


def test_the_frame_of_the_queue_is_that_of_every_page(as_support, report):
    page = as_support.get(QUEUE, {"team": "money"}).content.decode()

    header = page[page.index("<header") : page.index("</header>")]
    assert 'name="name"' not in header
    assert 'name="simple"' in header


def test_two_searches_of_one_name_are_refused_in_plain_words(as_support, support):
    for _each in range(2):
        page = as_support.post(f"{QUEUE}searches/?team=money", {"name": "お金"})

    assert "同じ名前" in page.content.decode()
    assert support.searches.count() == 1


def test_twenty_searches_are_enough(as_support, support):
    for number in range(21):
        page = as_support.post(f"{QUEUE}searches/?team=money", {"name": str(number)})

    assert "20件まで" in page.content.decode()
    assert support.searches.count() == 20


def test_nobody_deletes_another_s_search(as_support, colleague):
    kept = colleague.searches.create(name="Mine", query="")

    as_support.post(f"{QUEUE}searches/{kept.public_id}/drop/")

    assert colleague.searches.exists()
