"""Cases about no record at the desk."""

import pytest

from links.models import Link
from reports import actions
from reports.desk.filters import condition
from reports.desk.queue import cases
from reports.desk.steps import buttons
from reports.kinds import Kind, State
from reports.models import Printout, Report
from tests.reports.desk.addresses import QUEUE, case_url, step_url, version
from tests.reports.factories import do, filed
from tests.reports.other import CLOSING, PRINTED, closed, other


@pytest.mark.parametrize("kind", [Kind.MISSING, Kind.PRINTED, Kind.SAW_OTHER])
def test_a_case_shows_what_was_told_and_fits_into_twenty_queries(
    as_support, resident, resident_user, kind, django_assert_max_num_queries
):
    report = other(resident, resident_user, kind)

    with django_assert_max_num_queries(20):
        page = as_support.get(case_url(report)).content.decode()

    assert report.title in page
    assert ("事故の可能性" in page) is report.is_leak
    assert report.number in as_support.get(QUEUE).content.decode()


def test_the_queue_is_filtered_by_what_is_wrong(resident, link, resident_user, today):
    missing = other(resident, resident_user)
    filed(link, resident_user)

    for chosen in ({"kind": "missing"}, {"category": "health_insurance"}):
        assert list(cases(also=condition(chosen, user=resident_user, today=today))) == [missing]


def test_it_is_closed_by_two_people_and_no_record_changes(
    as_supervisor, link, resident, resident_user, support
):
    report = do("take", other(resident, resident_user), support)
    do("propose", report, support, remedy="done", **CLOSING)

    as_supervisor.post(step_url(report, "approve"), {"version": version(report)})

    assert Report.objects.get().state == State.CORRECTED
    assert Link.objects.get().settled_as == ""


def test_nothing_to_put_right_is_no_error(resident, resident_user, support, supervisor):
    report = closed(other(resident, resident_user), support, supervisor, "nothing", cause="not_an_error")

    assert report.state == State.NOT_AN_ERROR


@pytest.mark.parametrize("remedy", ["unlink", "release"])
def test_no_record_can_be_removed_where_there_is_none(resident, resident_user, support, remedy):
    report = do("take", other(resident, resident_user), support)

    with pytest.raises(actions.ReportError, match="番号の記録についてではない"):
        do("propose", report, support, remedy=remedy, **CLOSING)


def test_a_case_about_a_record_is_not_closed_without_deciding_about_it(taken_report, support):
    with pytest.raises(actions.ReportError):
        do("propose", taken_report, support, remedy="done", **CLOSING)


def test_each_case_offers_the_proposal_that_fits_it(taken_report, resident, resident_user, support):
    about_none = do("take", other(resident, resident_user), support)

    assert {"propose", "outcome"} & {button.code for button in buttons(taken_report, support, None)} == {
        "propose"
    }
    assert {"propose", "outcome"} & {button.code for button in buttons(about_none, support, None)} == {
        "outcome"
    }


def test_a_paper_comes_back_once_and_the_resident_reads_it(
    client, as_support, resident, resident_user, support
):
    report = other(resident, resident_user, Kind.PRINTED)

    as_support.post(step_url(report, "paper-back"), {"version": 1})

    assert Printout.objects.get().returned_by == support
    with pytest.raises(actions.ReportError, match="すでに戻っています"):
        do("take_paper_back", report, support)
    client.force_login(resident_user)
    assert "紙は戻りました" in client.get(report.get_absolute_url()).content.decode()


def test_a_paper_that_is_not_with_the_resident_cannot_come_back(resident, resident_user, support):
    report = other(resident, resident_user, Kind.PRINTED, **PRINTED | {"paper": "gone"})

    assert "paper-back" not in {button.code for button in buttons(report, support, None)}
    with pytest.raises(actions.ReportError):
        do("take_paper_back", report, support)
