"""Each record is counted in one state, each decision in one outcome."""

from collections import Counter

import pytest
from django.utils import timezone

from links.models import Finding, Link
from portal.counting import (
    STANDING,
    STATES,
    UNCHECKED,
    WITHHELD,
    Outcome,
    RecordState,
    days_to_correction,
    decisions,
    everything,
    records,
    sum_of,
)
from tests import factories
from tests.portal.counted import DECIDED, corrected, decided

UNLINKED = {"settled_as": "unlinked", **DECIDED}
RIGHT = {"settled_as": "right", **DECIDED}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"verdict": "match"}, RecordState.RIGHT),
        ({"verdict": "mismatch", **RIGHT}, RecordState.RIGHT),
        ({"verdict": "unverifiable"}, RecordState.UNVERIFIABLE),
        ({"verdict": "review"}, RecordState.IN_REVIEW),
        ({"verdict": "mismatch", "held": True}, RecordState.WRONG_WITHHELD),
        ({"verdict": "mismatch"}, RecordState.WRONG_IN_USE),
        ({"verdict": "match", "held": True}, RecordState.OTHER_WITHHELD),
        ({"verdict": ""}, RecordState.UNCHECKED_NEW),
        ({"verdict": "", "held": True}, RecordState.UNCHECKED_WITHHELD),
        ({"verdict": "mismatch", **UNLINKED}, RecordState.UNLINKED),
        ({"verdict": "mismatch", "status": "removed"}, RecordState.TAKEN_BACK),
        ({"verdict": "match", "status": "removed"}, RecordState.GONE),
        ({"verdict": "match", "status": "ended"}, RecordState.RIGHT),
    ],
)
def test_a_record_is_counted_in_the_first_state_that_fits(resident, institution, fields, state) -> None:
    factories.LinkFactory.create(resident=resident, institution=institution, **fields)

    assert records() == {institution.pk: Counter({state: 1})}


def test_a_record_that_was_checked_before_its_data_changed_is_told_apart(resident, institution) -> None:
    link = factories.LinkFactory.create(resident=resident, institution=institution, verdict="")
    factories.FindingFactory.create(link=link, verdict="match")

    assert records() == {institution.pk: Counter({RecordState.UNCHECKED_CHANGED: 1})}


def test_every_state_is_counted_somewhere() -> None:
    assert {state for _condition, state in STATES} | {RecordState.IN_REVIEW} == set(RecordState)
    assert set(UNCHECKED) | set(WITHHELD) < set(STANDING)


@pytest.mark.parametrize(
    ("remedy", "alarm", "outcome"),
    [
        ("unlink", True, Outcome.WRONG_AS_FOUND),
        ("unlink", False, Outcome.WRONG_AS_REPORTED),
        ("release", True, Outcome.FALSE_ALARM),
        ("release", False, Outcome.RIGHT_AFTER_REPORT),
    ],
)
def test_a_decision_is_counted_by_what_the_check_had_said(
    resident, institution, support, supervisor, remedy, alarm, outcome
) -> None:
    decided(resident, institution, (support, supervisor), 2, remedy=remedy, alarm=alarm)

    assert decisions() == {institution.pk: Counter({outcome: 2})}


def test_what_the_check_says_after_a_decision_does_not_count(
    resident, institution, support, supervisor
) -> None:
    decided(resident, institution, (support, supervisor), 1, remedy="release", alarm=True)
    link = Link.objects.get()
    Finding.objects.create(
        link=link, resident=resident, verdict="match", rules_version="1", found_at=timezone.now()
    )

    assert decisions()[institution.pk][Outcome.FALSE_ALARM] == 1


def test_each_institution_is_counted_by_itself(resident, institution, support, supervisor) -> None:
    other = factories.InstitutionFactory.create()
    factories.LinkFactory.create(resident=resident, institution=institution)
    decided(resident, other, (support, supervisor), 1, remedy="unlink", alarm=True)

    counts = everything()

    assert counts[institution.pk] == Counter({RecordState.RIGHT: 1})
    assert counts[other.pk] == Counter({Outcome.WRONG_AS_FOUND: 1, RecordState.GONE: 1})


def test_counts_add_up() -> None:
    counts = Counter({RecordState.RIGHT: 3, RecordState.IN_REVIEW: 4})

    assert sum_of(counts, STANDING) == 7
    assert sum_of(counts, UNCHECKED) == 0


def test_days_are_counted_whole_from_report_to_correction(resident, institution, resident_user) -> None:
    corrected(resident, institution, resident_user, [3, 1])

    assert days_to_correction() == {institution.pk: [3, 1]}


def test_however_many_institutions_it_takes_two_queries(resident, django_assert_num_queries) -> None:
    for _each in range(5):
        factories.LinkFactory.create(resident=resident)

    with django_assert_num_queries(2):
        everything()
