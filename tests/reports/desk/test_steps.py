"""The table of steps agrees with the table of states, and buttons show only what can be done."""

import pytest

from accounts.models import User
from reports.desk.steps import VERBS, buttons, may_take
from reports.kinds import ALLOWED, CLOSED, State
from reports.models import Proposal, Report
from tests.reports.factories import corrected, do

# what staff never do: the resident withdraws, or says that it is still wrong
BY_THE_INSTITUTION = (State.WITH_INSTITUTION, State.CORRECTED)
BY_RESIDENTS = {State.WITHDRAWN, State.REOPENED}


@pytest.mark.parametrize("code", VERBS)
def test_every_step_leads_where_the_table_allows(code):
    verb = VERBS[code]

    for state in verb.begins_at:
        assert set(verb.leads_to) <= set(ALLOWED[state]), state


def test_every_change_that_staff_may_make_has_a_step():
    reachable = {(state, to) for verb in VERBS.values() for state in verb.begins_at for to in verb.leads_to}
    allowed = {(state, to) for state, following in ALLOWED.items() for to in following}

    by_staff = {(state, to) for state, to in allowed if to not in BY_RESIDENTS}
    assert reachable == by_staff - {BY_THE_INSTITUTION}


@pytest.mark.parametrize("code", VERBS)
def test_no_step_begins_at_a_closed_case(code):
    assert not set(VERBS[code].begins_at) & set(CLOSED)


@pytest.mark.parametrize("code", VERBS)
def test_what_the_resident_reads_is_marked_outward_and_notes_inward(code):
    names = set(VERBS[code].form.base_fields)

    assert VERBS[code].tone in {"", "outward", "inward"}
    assert VERBS[code].tone or "text" not in names


def shown(report: Report, user: User) -> list[str]:
    """The codes of the buttons."""
    report.refresh_from_db()
    waiting = report.proposals.filter(state=Proposal.State.WAITING).first()
    return [button.code for button in buttons(report, user, waiting)]


def test_a_new_case_can_only_be_taken(report, support):
    assert shown(report, support) == ["take", "assign"]


def test_a_taken_case_offers_the_next_steps(taken_report, support):
    assert shown(taken_report, support) == ["propose", "institution", "resident", "assign"]


def test_a_waiting_case_can_be_taken_up_again(taken_report, support):
    do("ask_resident", taken_report, support, text="Which branch is it?")

    assert shown(taken_report, support) == ["propose", "institution", "resume", "assign"]


def test_a_proposal_offers_a_decision_to_the_supervisor_only(proposed_report, supervisor, colleague):
    assert shown(proposed_report, supervisor) == ["approve", "send-back", "assign"]
    assert shown(proposed_report, colleague) == ["assign"]


def test_the_proposer_cannot_decide_even_as_supervisor(proposed_report, support):
    support.role = "supervisor"

    assert shown(proposed_report, support) == ["assign"]


def test_an_auditor_gets_no_button(report, auditor):
    assert shown(report, auditor) == []


def test_a_closed_case_offers_nothing(link, resident_user, support, supervisor):
    report = corrected(link, resident_user, support)

    assert shown(report, support) == shown(report, supervisor) == []


def test_only_a_step_that_needs_words_opens_a_page_of_its_own(taken_report, support):
    do("ask_resident", taken_report, support, text="Which branch is it?")
    taken_report.refresh_from_db()

    at_once = {button.code: button.at_once for button in buttons(taken_report, support, None)}

    assert at_once == {"propose": False, "institution": False, "resume": True, "assign": False}


@pytest.mark.parametrize("role", ["", "officer", "auditor", "data_officer"])
@pytest.mark.parametrize("code", VERBS)
def test_other_roles_take_no_step(report, role, code):
    report.state = VERBS[code].begins_at[0]

    assert not may_take(VERBS[code], report, User(role=role))
