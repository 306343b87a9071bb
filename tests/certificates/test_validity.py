"""Until when a certificate is valid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.calendars import last_day
from certificates.schemes import Scheme
from certificates.validity import Limit, NothingLeft, Terms, limits, residence_limit, valid_until

issue_days = st.dates(date(2024, 12, 2), date(2040, 12, 31))
later_days = st.none() | st.dates(date(2024, 12, 2), date(2050, 12, 31))
any_terms = st.builds(
    Terms,
    issued_on=issue_days,
    birth_on=st.dates(date(1920, 1, 1), date(2024, 12, 1)),
    scheme=st.sampled_from(Scheme),
    insurer_until=later_days,
    residence_ends_on=later_days,
    renewal_pending=st.booleans(),
    entitled_until=later_days,
)


def terms(**changes):
    """Return the terms of a person of 40 in a society, issued on 1 December 2026."""
    plain = {"issued_on": date(2026, 12, 1), "birth_on": date(1986, 5, 10), "scheme": Scheme.SOCIETY}
    return Terms(**(plain | changes))


def outcome(**changes):
    """Return date and rule."""
    found = valid_until(terms(**changes))
    return found.until, found.rule


def test_nothing_else_known_means_five_years_less_a_day():
    assert outcome() == (date(2031, 11, 30), Limit.FIVE_YEARS)
    assert outcome(issued_on=date(2028, 2, 29)) == (date(2033, 2, 28), Limit.FIVE_YEARS)


@pytest.mark.parametrize("scheme", [Scheme.NATIONAL, Scheme.NATIONAL_SOCIETY, Scheme.LATE_STAGE])
def test_municipal_and_late_stage_insurers_end_with_the_next_31_july(scheme):
    assert outcome(scheme=scheme) == (date(2027, 7, 31), Limit.INSURER)
    assert outcome(scheme=scheme, issued_on=date(2026, 7, 31)) == (date(2026, 7, 31), Limit.INSURER)
    assert outcome(scheme=scheme, issued_on=date(2026, 8, 1)) == (date(2027, 7, 31), Limit.INSURER)


def test_an_insurers_own_rule_replaces_the_schemes_but_never_five_years():
    assert outcome(scheme=Scheme.NATIONAL, insurer_until=date(2028, 3, 31))[0] == date(2028, 3, 31)
    assert outcome(insurer_until=date(2040, 3, 31)) == (date(2031, 11, 30), Limit.FIVE_YEARS)


def test_the_eve_of_the_75th_birthday_ends_every_scheme_but_the_late_stage_one():
    born = date(1952, 3, 15)

    assert outcome(birth_on=born) == (date(2027, 3, 14), Limit.AGE_75)
    assert outcome(birth_on=born, scheme=Scheme.LATE_STAGE) == (date(2027, 7, 31), Limit.INSURER)


def test_a_person_of_29_february_moves_on_1_march_of_a_common_year():
    assert outcome(birth_on=date(1952, 2, 29)) == (date(2027, 2, 28), Limit.AGE_75)


@pytest.mark.parametrize(
    ("born", "until"),
    [
        (date(1957, 3, 15), date(2027, 3, 31)),
        (date(1957, 3, 2), date(2027, 3, 31)),
        (date(1957, 3, 1), date(2027, 2, 28)),
        (date(1958, 1, 1), date(2027, 12, 31)),
        (date(1960, 2, 29), date(2030, 2, 28)),
    ],
)
def test_the_month_of_the_70th_birthday_ends_the_old_share(born, until):
    assert outcome(birth_on=born) == (until, Limit.AGE_70)


def test_the_70th_birthday_no_longer_counts_once_its_month_is_over():
    born_long_ago = date(1956, 11, 20)

    assert Limit.AGE_70 not in limits(terms(birth_on=born_long_ago))


def test_a_period_of_stay_ends_it_the_day_after():
    assert outcome(residence_ends_on=date(2027, 3, 31)) == (date(2027, 4, 1), Limit.RESIDENCE)


def test_a_pending_renewal_adds_two_months_to_that_day():
    found = outcome(residence_ends_on=date(2027, 3, 31), renewal_pending=True)

    assert found == (date(2027, 6, 1), Limit.RENEWAL_PENDING)
    assert residence_limit(date(2026, 12, 30), renewal_pending=True) == date(2027, 2, 28)


def test_a_recorded_end_of_entitlement_is_its_last_day():
    assert outcome(entitled_until=date(2027, 1, 31)) == (date(2027, 1, 31), Limit.RECORDED_END)


def test_of_two_rules_on_one_day_the_more_telling_one_is_named():
    both = outcome(entitled_until=date(2027, 4, 1), residence_ends_on=date(2027, 3, 31))

    assert both == (date(2027, 4, 1), Limit.RECORDED_END)


@pytest.mark.parametrize(
    "changes",
    [
        {"residence_ends_on": date(2026, 11, 29)},
        {"entitled_until": date(2026, 11, 30)},
        {"birth_on": date(1951, 12, 1)},
        {"insurer_until": date(2026, 3, 31)},
    ],
)
def test_nothing_is_issued_that_would_already_be_over(changes):
    with pytest.raises(NothingLeft):
        valid_until(terms(**changes))


def test_a_last_day_today_is_still_a_day():
    assert outcome(residence_ends_on=date(2026, 11, 30)) == (date(2026, 12, 1), Limit.RESIDENCE)


@given(any_terms)
def test_no_certificate_ever_runs_past_five_years_or_any_limit(given_terms):
    try:
        found = valid_until(given_terms)
    except NothingLeft:
        assert min(limits(given_terms).values()) < given_terms.issued_on
        return

    assert given_terms.issued_on <= found.until <= last_day(given_terms.issued_on, years=5)
    assert all(found.until <= day for day in limits(given_terms).values())
    assert limits(given_terms)[found.rule] == found.until


@given(any_terms)
def test_nobody_holds_one_from_another_scheme_on_their_75th_birthday(given_terms):
    eve = limits(given_terms).get(Limit.AGE_75)

    assert (eve is None) == (given_terms.scheme is Scheme.LATE_STAGE)
    if eve:
        assert (eve + timedelta(days=1)).year == given_terms.birth_on.year + 75


@given(any_terms, st.integers(0, 60))
def test_a_renewal_outlasts_the_one_before_and_obeys_every_limit_still(given_terms, days):
    renewal = replace(given_terms, follows=given_terms.issued_on + timedelta(days=days))
    try:
        found = valid_until(renewal)
    except NothingLeft:
        assert min(limits(renewal).values()) <= renewal.follows
        return

    assert renewal.follows < found.until <= last_day(renewal.issued_on, years=5)
    assert all(found.until <= day for day in limits(renewal).values())


def test_a_renewal_in_june_runs_for_the_year_that_begins_in_august():
    in_june = {"scheme": Scheme.NATIONAL, "issued_on": date(2026, 6, 2), "follows": date(2026, 7, 31)}

    assert outcome(**in_june) == (date(2027, 7, 31), Limit.INSURER)
