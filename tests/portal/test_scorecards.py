"""A scorecard for each institution: computed, rounded before it is stored, one a day."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from links.models import Institution
from links.registration import RULES
from portal import scorecards
from portal.models import Scorecard
from portal.tasks import compute_figures
from reports.kinds import State
from reports.models import Report
from tests import factories
from tests.links.fed import DAY, FRIDAY, applied
from tests.portal.counted import DECIDED, corrected, decided, records

MONDAY = datetime.date(2026, 11, 23)


def card(institution: Institution, day: datetime.date = MONDAY) -> Scorecard:
    """The scorecard of the institution, computed now."""
    scorecards.compute(day=day)
    return Scorecard.objects.get(institution=institution, day=day)


def test_records_that_stand_are_counted_and_rounded(resident, institution) -> None:
    records(resident, institution, 27)
    records(resident, institution, 15, status="removed")

    assert card(institution).records == 20


def test_shares_tell_how_numbers_were_obtained(resident, institution) -> None:
    records(resident, institution, 60, obtained_by="card")
    records(resident, institution, 20, obtained_by="online")
    records(resident, institution, 30, obtained_by="lookup_3")
    records(resident, institution, 90, obtained_by="lookup_4")

    found = card(institution)

    assert (found.from_applicant_percent, found.looked_up_by_three_percent) == (40, 15)


def test_wrong_and_mended_records_are_counted(resident, institution, support, supervisor) -> None:
    records(resident, institution, 11, verdict="mismatch", held=True)
    decided(resident, institution, (support, supervisor), 14, remedy="unlink", alarm=True)
    records(resident, institution, 13, verdict="mismatch", settled_as="right", **DECIDED)

    found = card(institution)

    assert (found.found_wrong, found.put_right) == (20, 10)


def test_the_median_is_that_of_its_own_reports(resident, institution, resident_user) -> None:
    corrected(resident, institution, resident_user, [5] * 10)
    corrected(resident, factories.InstitutionFactory.create(), resident_user, [90] * 30)

    assert card(institution).median_days == 5


def test_small_numbers_are_told_nowhere(resident, institution, resident_user) -> None:
    records(resident, institution, 9, obtained_by="lookup_3", verdict="mismatch", held=True)
    corrected(resident, institution, resident_user, [5] * 9)
    applied(institution, rows=50, rejected=9)

    found = card(institution)

    told = [found.found_wrong, found.looked_up_by_three_percent, found.median_days, found.rejected_percent]
    assert told == [None] * 4
    assert found.broken_rules["looked_up_by_three"] is None


def test_a_few_cases_change_nothing_from_one_day_to_the_next(resident, institution) -> None:
    records(resident, institution, 29, obtained_by="lookup_3")
    monday = card(institution)
    records(resident, institution, 9, obtained_by="lookup_3")

    tuesday = card(institution, MONDAY + DAY)

    assert (tuesday.records, tuesday.looked_up_by_three_percent) == (20, 100)
    assert tuesday.broken_rules == monday.broken_rules


def test_the_last_files_tell_how_much_of_them_was_rejected(institution, now) -> None:
    applied(institution, rows=1000, rejected=900)
    applied(institution, rows=500, rejected=0)
    applied(institution, "tax", rows=500, rejected=124)

    assert card(institution).rejected_percent == 12


def test_broken_rules_are_counted_by_code(resident, institution) -> None:
    records(resident, institution, 33, obtained_by="migration")

    broken = card(institution).broken_rules

    assert broken["origin_unknown"] == 30
    assert set(broken) == {rule.code for rule in RULES}


def test_the_last_feed_and_the_longest_missing_one_are_told(institution) -> None:
    Institution.objects.update(expected_every_days=7)
    applied(institution, "tax", at=FRIDAY - 30 * DAY)
    applied(institution, at=FRIDAY)

    found = card(institution)

    assert found.fed_on == datetime.date(2026, 11, 20)
    assert found.late_since == datetime.date(2026, 10, 29)


def test_an_institution_that_never_sent_anything_has_an_empty_one(institution) -> None:
    found = card(institution)

    assert (found.records, found.fed_on, found.late_since) == (None, None, None)


def test_computing_once_more_on_the_same_day_replaces(resident, institution) -> None:
    card(institution)
    records(resident, institution, 27)

    assert card(institution).records == 20
    assert Scorecard.objects.count() == 1


def test_the_task_computes_them_with_the_figures(institution) -> None:
    compute_figures()

    assert Scorecard.objects.get().day == timezone.localdate()


def test_an_institution_has_one_a_day_and_is_late_only_after_a_feed(institution) -> None:
    Scorecard.objects.create(institution=institution, day=MONDAY)

    for wrong in ({"day": MONDAY}, {"day": MONDAY + DAY, "late_since": MONDAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Scorecard.objects.create(institution=institution, **wrong)


def test_computing_asks_no_more_for_more_institutions(resident, django_assert_num_queries) -> None:
    for _each in range(20):
        applied(factories.InstitutionFactory.create())
    assert not Report.objects.filter(state=State.CORRECTED).exists()

    with django_assert_num_queries(13):
        scorecards.compute(day=MONDAY)


def test_a_scorecard_is_named_by_its_day() -> None:
    assert str(Scorecard(day=MONDAY)) == "Scorecard of 2026-11-23"
