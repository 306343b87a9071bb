"""The home page's headline: the one thing to say first, and never more than is true."""

import datetime

import pytest
from django.utils import translation

from accounts.models import User
from links.models import Link
from portal.overview import Represented, overview, represented
from reports.kinds import Severity, State
from reports.models import Report
from tests import factories

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def reported(link, resident_user, now):
    """An open report about a record, in whatever state."""

    def report(about=link, **fields) -> Report:
        return Report.objects.create(
            **{
                "link": about,
                "resident": about.resident,
                "filed_by": resident_user,
                "kind": "not_mine",
                "severity": Severity.MONEY,
                "next_step_by": now.date() + DAY,
                "received_at": now,
                **fields,
            }
        )

    return report


def first_words(resident) -> str:
    return str(overview(resident).headline.text)


def test_when_all_is_in_order_nothing_is_needed(link) -> None:
    headline = overview(link.resident).headline

    assert (headline.kind, headline.text) == ("ok", "Nothing needs you now.")
    assert headline.detail == "We checked every record. They match your data."
    assert headline.url == ""


def test_without_a_record_nothing_is_called_checked(resident) -> None:
    headline = overview(resident).headline

    assert headline.detail == "No office that is connected sent a record for your number."


def test_a_record_that_was_not_checked_is_not_called_in_order(link) -> None:
    factories.LinkFactory.create(resident=link.resident, verdict="")

    assert "not checked yet" in overview(link.resident).headline.detail


def test_a_withheld_record_needs_a_look(link) -> None:
    Link.objects.filter(pk=link.pk).update(held=True, verdict="mismatch")

    headline = overview(link.resident).headline

    assert headline.kind == "needs"
    assert headline.text == "Bank account for public payments (Mihon Bank) may belong to another person."
    assert headline.url == link.get_absolute_url()


def test_what_cannot_be_checked_is_asked(link) -> None:
    Link.objects.filter(pk=link.pk).update(verdict="unverifiable")

    headline = overview(link.resident).headline

    assert (headline.kind, headline.action) == ("needs", "Look and answer")
    assert headline.text.startswith("Is this yours?")


def test_a_withheld_record_comes_before_one_that_only_asks(link) -> None:
    Link.objects.filter(pk=link.pk).update(verdict="unverifiable")
    withheld = factories.LinkFactory.create(resident=link.resident, held=True, category="tax")

    assert overview(link.resident).headline.url == withheld.get_absolute_url()


def test_what_was_confirmed_asks_no_more(link, now) -> None:
    Link.objects.filter(pk=link.pk).update(verdict="unverifiable", confirmed_at=now)

    assert overview(link.resident).headline.kind == "ok"


def test_a_reported_record_is_being_put_right_with_a_date(link, reported) -> None:
    Link.objects.filter(pk=link.pk).update(held=True)
    report = reported(next_step_by=datetime.date(2026, 11, 26))

    headline = overview(link.resident).headline

    assert (headline.kind, headline.url) == ("fixing", report.get_absolute_url())
    assert "26 November 2026 (Reiwa 8)" in headline.detail


def test_the_report_whose_step_comes_next_is_told(link, reported, now) -> None:
    other = factories.LinkFactory.create(resident=link.resident, category="tax")
    reported(next_step_by=now.date() + 9 * DAY)
    sooner = reported(about=other)

    assert overview(link.resident).headline.url == sooner.get_absolute_url()


def test_a_question_of_support_comes_before_all_else(link, reported) -> None:
    Link.objects.filter(pk=link.pk).update(held=True)
    factories.LinkFactory.create(resident=link.resident, held=True, category="tax")
    report = reported(state=State.AWAITING_RESIDENT)

    headline = overview(link.resident).headline

    assert (headline.kind, headline.text) == ("needs", "We need your answer.")
    assert headline.url == report.get_absolute_url()


def test_a_report_says_who_does_what_by_when(link, reported) -> None:
    report = reported(state=State.WITH_INSTITUTION, next_step_by=datetime.date(2026, 11, 26))

    headline = overview(link.resident).headline

    assert (headline.kind, headline.text) == ("fixing", f"We asked {link.institution.name}.")
    assert "26 November 2026" in headline.detail
    assert headline.url == report.get_absolute_url()


def test_a_represented_person_who_needs_a_look_comes_before_ones_own_order(link) -> None:
    child = Represented(public_id="abc", name="見本　蓮", needs_look=True)

    headline = overview(link.resident, [child]).headline

    assert headline.kind == "needs"
    assert "見本　蓮" in headline.text
    assert headline.url == "/people/abc/"


def test_ones_own_withheld_record_comes_before_that_of_a_represented_person(link) -> None:
    Link.objects.filter(pk=link.pk).update(held=True)
    child = Represented(public_id="abc", name="見本　蓮", needs_look=True)

    headline = overview(link.resident, [child]).headline

    assert headline.url == link.get_absolute_url()


def test_a_represented_person_without_a_doubt_changes_nothing(link) -> None:
    child = Represented(public_id="abc", name="見本　蓮", needs_look=False)

    assert overview(link.resident, [child]).headline == overview(link.resident).headline


def test_a_closed_report_is_not_being_put_right(link, reported, now) -> None:
    reported(state=State.NOT_AN_ERROR, closed_at=now)

    assert overview(link.resident).headline.kind == "ok"


@pytest.mark.parametrize(
    "state", [{"verdict": "review"}, {"verdict": "review", "concealed": True}, {"verdict": "mismatch"}]
)
def test_a_record_that_staff_look_at_is_being_checked(link, state) -> None:
    Link.objects.filter(pk=link.pk).update(**state)

    headline = overview(link.resident).headline

    assert headline.kind == "fixing"
    assert "Our staff are checking a record" in headline.text
    assert headline.url == ""


def test_other_people_s_records_and_reports_change_nothing(link, neighbour, reported) -> None:
    reported(about=factories.LinkFactory.create(resident=neighbour, held=True))

    assert overview(link.resident).headline.kind == "ok"


@pytest.fixture
def agent(link, neighbour_user) -> User:
    """The neighbour acts for the resident."""
    factories.authority(agent=neighbour_user, subject=link.resident)
    return neighbour_user


@pytest.mark.parametrize(
    ("state", "needs"),
    [
        ({}, False),
        ({"held": True}, True),
        ({"verdict": "unverifiable"}, True),
        ({"verdict": "review"}, False),
        ({"held": True, "status": "removed"}, False),
    ],
)
def test_who_acts_for_someone_sees_whether_something_waits(link, agent, state, needs) -> None:
    Link.objects.filter(pk=link.pk).update(**state)

    (shown,) = represented([link.resident], reader=agent)

    assert (shown.name, shown.public_id) == (link.resident.name, link.resident.public_id)
    assert shown.needs_look is needs


def test_what_was_reported_already_waits_no_more(link, agent, reported) -> None:
    Link.objects.filter(pk=link.pk).update(held=True)
    reported()

    assert not represented([link.resident], reader=agent)[0].needs_look


def test_people_one_acts_for_cost_one_query_more_than_they_are_found_with(
    link, agent, neighbour, django_assert_num_queries
) -> None:
    people = [link.resident, neighbour, factories.ResidentFactory.create()]

    with django_assert_num_queries(1):
        represented(people, reader=agent)
