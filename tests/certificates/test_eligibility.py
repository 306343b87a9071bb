"""The verdict: each row of the table, and each boundary day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.eligibility import RULES, By, Kind, Reason, verdict
from certificates.facts import Card, Facts, Paper, Registration
from certificates.schemes import Scheme

TODAY = date(2026, 11, 21)
PLAIN = {"today": TODAY, "birth_on": date(1986, 5, 10), "scheme": Scheme.NATIONAL, "card": Card.VALID}


def facts(**changes):
    """Return a person of 40 in the municipal scheme whose card works."""
    return Facts(**(PLAIN | changes))


def answer(**changes):
    """Return rule and kind."""
    found = verdict(facts(**changes))
    return found.rule, found.kind


def test_a_working_card_needs_no_certificate():
    found = verdict(facts())

    assert (found.kind, found.by, found.rule) == (Kind.NOT_NEEDED, By.NOBODY, "card_works")
    assert not found.may_apply


@pytest.mark.parametrize(
    ("changes", "rule", "reason"),
    [
        ({"card": Card.NONE}, "no_card", Reason.NO_CARD),
        ({"card": Card.RETURNED}, "card_returned", Reason.RETURNED),
        ({"registration": Registration.NOT_REGISTERED}, "not_registered", Reason.NOT_REGISTERED),
        ({"registration": Registration.CANCELLED}, "not_registered", Reason.NOT_REGISTERED),
        (
            {"card_certificate_expires_on": date(2026, 8, 20)},
            "certificate_expired",
            Reason.EXPIRED,
        ),
    ],
)
def test_what_the_insurer_posts_may_also_be_applied_for_because_that_is_faster(changes, rule, reason):
    found = verdict(facts(**changes))

    assert (found.kind, found.by, found.rule) == (Kind.POSTED, By.INSURER, rule)
    assert found.reason is reason
    assert found.may_apply


@pytest.mark.parametrize(
    ("changes", "rule", "reason"),
    [
        ({"card": Card.LOST}, "card_lost", Reason.LOST),
        ({"card": Card.RENEWING}, "card_renewing", Reason.RENEWING),
        ({"needs_helper": True}, "needs_helper", Reason.HELPER),
        ({"registration": Registration.UNKNOWN}, "registration_unknown", Reason.NOT_REGISTERED),
        ({"card": Card.NONE, "paper": Paper.LOST}, "paper_spoilt", Reason.DAMAGED),
        ({"needs_helper": True, "paper": Paper.DAMAGED}, "paper_spoilt", Reason.DAMAGED),
    ],
)
def test_these_people_apply_and_the_reason_is_filled_in(changes, rule, reason):
    found = verdict(facts(**changes))

    assert (found.kind, found.by, found.rule) == (Kind.APPLY, By.APPLICANT, rule)
    assert found.reason is reason
    assert found.may_apply


@pytest.mark.parametrize("scheme", [Scheme.KYOKAI, Scheme.SOCIETY, Scheme.MUTUAL_AID])
def test_in_the_employees_schemes_the_employer_applies(scheme):
    found = verdict(facts(scheme=scheme, card=Card.LOST))

    assert (found.kind, found.by, found.rule) == (Kind.HANDLED_ELSEWHERE, By.EMPLOYER, "card_lost")
    assert found.reason is Reason.LOST
    assert not found.may_apply


def test_in_the_employees_schemes_posting_is_not_hastened_by_an_application_here():
    found = verdict(facts(scheme=Scheme.KYOKAI, card=Card.NONE))

    assert found.kind is Kind.POSTED
    assert not found.may_apply


def test_voluntary_continuation_applies_without_an_employer():
    found = verdict(facts(scheme=Scheme.KYOKAI, card=Card.LOST, without_employer=True))

    assert (found.kind, found.by) == (Kind.APPLY, By.APPLICANT)


def test_an_employee_cannot_hold_one_beside_a_registered_card():
    assert answer(scheme=Scheme.SOCIETY, needs_helper=True) == ("not_beside_card", Kind.HANDLED_ELSEWHERE)
    assert answer(scheme=Scheme.SOCIETY) == ("card_works", Kind.NOT_NEEDED)


def test_a_held_insurance_is_taken_as_an_application_whatever_the_scheme():
    for scheme in [None, *Scheme]:
        found = verdict(facts(scheme=scheme, insurance_held=True))

        assert (found.kind, found.reason) == (Kind.APPLY, Reason.UNDER_CONFIRMATION)
        assert found.may_apply


def test_no_insurance_on_record_is_the_municipalitys_affair():
    assert answer(scheme=None) == ("no_insurance", Kind.HANDLED_ELSEWHERE)


def test_a_certificate_that_works_is_enough():
    found = verdict(facts(card=Card.NONE, running_until=date(2027, 7, 31)))

    assert (found.rule, found.kind, found.rule_on) == ("running", Kind.NOT_NEEDED, date(2027, 7, 31))


def test_a_certificate_is_replaced_when_it_is_lost_while_it_runs():
    lost = answer(card=Card.NONE, running_until=date(2027, 7, 31), paper=Paper.LOST)

    assert lost == ("paper_spoilt", Kind.APPLY)


def test_a_lost_certificate_does_not_matter_beside_a_card_that_works():
    assert answer(paper=Paper.LOST) == ("card_works", Kind.NOT_NEEDED)


@pytest.mark.parametrize(
    ("running_until", "rule"),
    [(TODAY, "running"), (TODAY - timedelta(days=1), "no_card"), (None, "no_card")],
)
def test_a_certificate_runs_to_its_last_day(running_until, rule):
    assert answer(card=Card.NONE, running_until=running_until)[0] == rule


@pytest.mark.parametrize(
    ("expires_on", "rule", "rule_on"),
    [
        (date(2026, 11, 21), "card_works", None),
        (date(2026, 11, 20), "card_in_grace", date(2027, 2, 20)),
        (date(2026, 8, 21), "card_in_grace", date(2026, 11, 21)),
        (date(2026, 8, 20), "certificate_expired", date(2026, 11, 20)),
    ],
)
def test_an_expired_electronic_certificate_has_three_months_of_grace(expires_on, rule, rule_on):
    found = verdict(facts(card_certificate_expires_on=expires_on))

    assert (found.rule, found.rule_on) == (rule, rule_on)


@pytest.mark.parametrize(
    ("ends_on", "pending", "rule"),
    [
        (date(2026, 11, 20), False, "no_card"),
        (date(2026, 11, 19), False, "stay_over"),
        (date(2026, 9, 20), True, "no_card"),
        (date(2026, 9, 19), True, "stay_over"),
    ],
)
def test_a_period_of_stay_that_is_over_goes_first(ends_on, pending, rule):
    assert answer(card=Card.NONE, residence_ends_on=ends_on, renewal_pending=pending)[0] == rule


@pytest.mark.parametrize(
    ("born", "rule"),
    [(date(1941, 8, 1), "aged_85"), (date(1941, 8, 2), "card_works")],
)
def test_everyone_of_85_on_1_august_2026_gets_one_by_post(born, rule):
    assert answer(birth_on=born, scheme=Scheme.LATE_STAGE)[0] == rule


def test_age_85_counts_in_the_late_stage_scheme_only():
    assert answer(birth_on=date(1936, 1, 1))[0] == "late_stage"


@pytest.mark.parametrize(
    ("born", "rule"),
    [(date(1951, 11, 21), "late_stage"), (date(1951, 11, 22), "no_card")],
)
def test_from_the_75th_birthday_only_the_late_stage_scheme_issues(born, rule):
    assert answer(birth_on=born, card=Card.NONE)[0] == rule
    assert answer(birth_on=born, card=Card.NONE, scheme=Scheme.LATE_STAGE)[0] == "no_card"


@pytest.mark.parametrize(
    ("until", "rule"), [(TODAY, "no_card"), (TODAY - timedelta(days=1), "insurance_ended")]
)
def test_an_insurance_that_ended_issues_nothing(until, rule):
    assert answer(card=Card.NONE, entitled_until=until)[0] == rule


def test_every_rule_has_its_own_code():
    codes = [rule.code for rule in RULES]

    assert len(codes) == len(set(codes))


dates = st.dates(date(2024, 12, 2), date(2032, 12, 31))
any_facts = st.builds(
    Facts,
    today=dates,
    birth_on=st.dates(date(1920, 1, 1), date(2024, 12, 1)),
    scheme=st.none() | st.sampled_from(Scheme),
    card=st.sampled_from(Card),
    registration=st.sampled_from(Registration),
    card_certificate_expires_on=st.none() | dates,
    residence_ends_on=st.none() | dates,
    renewal_pending=st.booleans(),
    needs_helper=st.booleans(),
    paper=st.sampled_from(Paper),
    running_until=st.none() | dates,
    insurance_held=st.booleans(),
    entitled_until=st.none() | dates,
    without_employer=st.booleans(),
)


@given(any_facts)
def test_every_person_gets_one_answer_with_a_reason_exactly_where_a_form_may_follow(person):
    found = verdict(person)

    assert found.kind in Kind
    assert not found.may_apply or found.reason is not None
    assert (found.by is By.APPLICANT) == (found.kind is Kind.APPLY)


@given(any_facts)
def test_nobody_is_told_that_none_is_needed_without_a_card_or_certificate_that_works(person):
    found = verdict(person)

    if found.kind is Kind.NOT_NEEDED:
        assert person.card_usable or person.has_running


@given(any_facts)
def test_no_application_is_taken_from_an_employee_unless_disputed_or_without_employer(person):
    found = verdict(person)

    if found.may_apply and person.in_employees_scheme:
        assert person.without_employer or person.insurance_held
