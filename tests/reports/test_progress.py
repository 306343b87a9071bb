"""What the resident reads about a report: plain, true, and nothing of a stranger."""

import datetime

import pytest

from reports import actions
from reports.kinds import CLOSED, State
from reports.models import Report
from reports.progress import HISTORY, WORDS, changed_elements, decision, standing, timeline
from tests.factories import FindingFactory
from tests.reports.factories import RELEASE, corrected, do

DIFFERENT = {"name": "missing", "kana": "other", "birth_date": "slip", "sex": "conflict", "address": "same"}


def fresh(report: Report) -> Report:
    """The report as a page loads it."""
    return Report.objects.with_record().get(pk=report.pk)


def test_every_state_has_words():
    assert set(WORDS) == set(HISTORY) == set(State)


@pytest.mark.parametrize("state", State)
def test_an_open_state_names_a_date_and_a_finished_one_none(report, state):
    report = fresh(report)
    report.state = state

    shown = standing(report)

    assert (shown.next_on is None) == (state in CLOSED)
    assert shown.kind == ("ok" if state in CLOSED else "needs" if report.needs_resident else "fixing")


@pytest.mark.parametrize("state", State)
def test_the_words_are_finished_sentences(report, state):
    report = fresh(report)
    report.state = state

    shown = standing(report)

    assert shown.text.endswith("。")
    assert shown.next_step.endswith("。")
    assert "%(" not in shown.text + shown.next_step


def test_who_was_asked_is_named(report):
    report = fresh(report)
    report.state = State.WITH_INSTITUTION

    assert report.link.institution.name in standing(report).text


def test_saying_where_it_stands_costs_no_query(report, django_assert_num_queries):
    report = fresh(report)

    with django_assert_num_queries(0):
        standing(report)


def test_the_history_ends_with_what_comes_next(report):
    events = timeline(fresh(report))

    assert [event.state for event in events] == ["now", "todo"]
    assert events[-1].at is None


def test_the_history_grows_with_each_step(taken_report, support):
    do("ask_institution", taken_report, support, text="Whose account is it?")

    events = timeline(fresh(taken_report))

    assert [event.state for event in events] == ["done", "done", "now", "todo"]
    assert "見本銀行" in events[2].title


def test_a_finished_history_promises_nothing_more(link, resident_user, support):
    report = corrected(link, resident_user, support)

    events = timeline(fresh(report))

    assert {event.state for event in events} == {"done"}
    assert events[-1].title == "担当者二人で決め、あなたの番号からこの記録を外しました。"


def test_checking_again_is_not_told_as_a_beginning(taken_report, support, resident_user, now):
    do("ask_resident", taken_report, support, text="Which branch is it?")
    actions.answer(report=taken_report, text="Urawa.", by=resident_user, at=now)

    titles = [event.title for event in timeline(fresh(taken_report))]

    assert titles.count("窓口の担当者が確認を始めました。") == 1
    assert titles.count("窓口の担当者が確認を続けました。") == 1


def test_the_history_is_one_query_however_long_it_is(taken_report, support, django_assert_num_queries):
    for _ in range(4):
        do("ask_institution", taken_report, support, text="Whose account is it?")
        do("take", taken_report, support)
    report = fresh(taken_report)

    with django_assert_num_queries(1):
        assert len(timeline(report)) == 11


def test_after_a_correction_the_elements_that_did_not_fit_are_named(link, resident_user, support):
    FindingFactory.create(link=link, elements=DIFFERENT)
    report = corrected(link, resident_user, support)

    named = changed_elements(fresh(report))

    assert len(named) == 3


def test_what_the_stranger_is_called_is_never_among_them(link, resident_user, support):
    link.holder_kana = "イノウエ　ケンイチ"
    link.save()
    FindingFactory.create(link=link, elements=DIFFERENT)
    report = corrected(link, resident_user, support)

    told = " ".join(str(label) for label in changed_elements(fresh(report)))

    assert "ケンイチ" not in told


def test_a_check_after_the_end_does_not_change_what_was_told(link, resident_user, support, now):
    FindingFactory.create(link=link)
    report = corrected(link, resident_user, support)
    FindingFactory.create(link=link, elements=DIFFERENT, found_at=now + datetime.timedelta(days=30))

    assert changed_elements(fresh(report)) == []


def test_a_record_that_was_never_checked_names_nothing(link, resident_user, support):
    assert changed_elements(fresh(corrected(link, resident_user, support))) == []


def test_a_record_that_is_right_has_no_elements_that_did_not_fit(link, resident_user, support):
    FindingFactory.create(link=link, elements=DIFFERENT)
    report = corrected(link, resident_user, support, **RELEASE)

    assert changed_elements(fresh(report)) == []


def test_the_decision_is_the_approved_one(taken_report, support, supervisor):
    do("propose", taken_report, support, **RELEASE)
    do("send_back", taken_report, supervisor, text="Ask the bank first.")
    assert decision(taken_report) is None

    do("propose", taken_report, support, **RELEASE)
    taken_report = do("approve", taken_report, supervisor)

    assert decision(taken_report).explanation == RELEASE["explanation"]


def test_what_differed_from_another_person_is_not_told(link, resident_user, support, neighbour):
    report = fresh(corrected(link, resident_user, support))
    elements = {"name": "other", "kana": "other"}
    FindingFactory.create(link=link, resident=neighbour, elements=elements, found_at=report.closed_at)

    assert changed_elements(report) == []
