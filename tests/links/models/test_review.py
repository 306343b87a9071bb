"""Runs and findings: one running review, and which runs have covered a record."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from links.models import ReviewRun
from tests import factories


def run(at, **fields) -> ReviewRun:
    fields = {"state": "finished", "finished_at": at, "rules_version": "1", "started_at": at, **fields}
    return ReviewRun.objects.create(**fields)


def test_one_review_runs_at_a_time(db, now) -> None:
    run(now, state="open", finished_at=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        run(now, state="open", finished_at=None)


def test_finished_reviews_are_many(db, now) -> None:
    run(now)
    run(now)
    run(now, state="failed")

    assert ReviewRun.objects.finished().count() == 2


def test_the_last_check_of_everything_is_no_partial_one(link, now) -> None:
    whole = run(now - datetime.timedelta(days=3))
    run(now, institution=link.institution)
    run(now, category=link.category)
    run(now, changed_only=True)
    run(now, state="stopped")

    assert ReviewRun.objects.last_whole_at() == whole.finished_at


def test_before_the_first_check_there_is_no_last_one(db) -> None:
    assert ReviewRun.objects.last_whole_at() is None


def test_a_record_is_covered_by_runs_over_all_its_institution_or_its_category(link, now) -> None:
    covering = {
        run(now),
        run(now, institution=link.institution),
        run(now, category=link.category),
        run(now, institution=link.institution, category=link.category),
    }
    run(now, institution=factories.InstitutionFactory.create())
    run(now, category="tax")
    run(now, changed_only=True)
    run(now, state="failed")

    assert set(ReviewRun.objects.covering(link)) == covering


def test_names_of_rows_are_keys(link, now) -> None:
    finding = factories.FindingFactory.create(link=link)

    assert str(finding) == f"Finding {finding.pk}"
    assert str(run(now)).startswith("ReviewRun ")
