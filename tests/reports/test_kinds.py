"""The table of states, and how grave things are."""

import pytest

from links.categories import CATEGORIES
from reports.kinds import ALLOWED, CLOSED, LEAKS, Kind, Severity, State, severity_of


def reachable_from(state: str) -> set[str]:
    """Every state that can follow, however many steps it takes."""
    found: set[str] = set()
    waiting = [state]
    while waiting:
        for following in ALLOWED[waiting.pop()]:
            if following not in found:
                found.add(following)
                waiting.append(following)
    return found


def test_the_table_names_every_state():
    assert set(ALLOWED) == set(State)


def test_only_beginning_anew_follows_a_decision_and_nothing_a_withdrawal():
    assert {state: ALLOWED[state] for state in CLOSED} == {
        State.CORRECTED: (State.REOPENED,),
        State.NOT_AN_ERROR: (State.REOPENED,),
        State.WITHDRAWN: (),
    }


@pytest.mark.parametrize("state", [state for state in State if state not in CLOSED])
def test_every_open_state_can_come_to_each_end(state):
    assert set(CLOSED) <= reachable_from(state)


def test_a_report_is_decided_only_after_a_proposal():
    before_a_decision = {
        state
        for state, following in ALLOWED.items()
        if {State.CORRECTED, State.NOT_AN_ERROR} & set(following)
    }

    # with the institution: an approved correction that it carries out (tests/reports/inquiries)
    assert before_a_decision == {State.PROPOSED, State.WITH_INSTITUTION}


def test_no_state_follows_itself():
    assert not [state for state, following in ALLOWED.items() if state in following]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_severity(category):
    assert severity_of(Kind.NOT_MINE, category) in Severity


def test_a_blocked_insurance_is_graver_than_money_and_money_than_the_rest():
    insurance, money, rest = (
        severity_of(Kind.NOT_MINE, c) for c in ("health_insurance", "bank_account", "tax")
    )

    assert insurance > money > rest


@pytest.mark.parametrize("kind", [*LEAKS, Kind.NOT_ME])
def test_what_another_person_saw_or_did_is_graver_than_everything(kind):
    assert severity_of(kind, "tax") == max(Severity)
