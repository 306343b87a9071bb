"""One run at a time; what a kill left open is finished or ended."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Resident
from links.models import ReviewRun
from links.review import runs
from links.review.rules import RULES_VERSION
from links.review.runs import CHANGES, ReviewError, Scope
from tests.factories import InstitutionFactory
from tests.links.review.another import another_review
from tests.links.review.factories import moved, own_record, reviewed

NOW = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC)


def left_open(**fields: object) -> ReviewRun:
    """A run as a kill leaves it."""
    return ReviewRun.objects.create(**{"rules_version": RULES_VERSION, "started_at": NOW, **fields})


@pytest.mark.django_db
def test_only_one_run_is_open(resident: Resident) -> None:
    left_open()

    with pytest.raises(IntegrityError), transaction.atomic():
        left_open()


@pytest.mark.django_db
def test_opening_a_second_run_is_refused_in_words() -> None:
    runs.open_run(Scope(), at=NOW)

    with pytest.raises(ReviewError, match="running|実行|しらべ|確認"):
        runs.open_run(Scope(), at=NOW)


@pytest.mark.django_db
def test_a_run_remembers_its_scope_rules_and_what_it_knows_of_the_register(resident: Resident) -> None:
    institution = InstitutionFactory.create()
    moved(resident, postal_code="1000001")

    run = runs.begin(Scope(institution, "tax", True), at=NOW)

    assert (run.institution, run.category, run.changed_only) == (institution, "tax", True)
    assert (run.rules_version, run.started_at, run.state) == (RULES_VERSION, NOW, "open")
    assert run.register_seen == resident.changes.get().pk


@pytest.mark.django_db
def test_what_was_left_open_over_the_same_links_is_gone_on_with() -> None:
    left = left_open(category="tax", reached=7)

    assert runs.begin(Scope(category="tax"), at=NOW) == left


@pytest.mark.django_db
def test_whoever_looks_at_changes_finishes_what_was_left_open() -> None:
    left = left_open()

    assert runs.begin(CHANGES, at=NOW) == left


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"category": "tax"},
        {"changed_only": True},
        {"rules_version": "older"},
        {"started_at": NOW - datetime.timedelta(hours=25)},
    ],
)
def test_what_does_not_serve_is_ended_and_begun_anew(fields: dict[str, object]) -> None:
    left = left_open(**fields)

    run = runs.begin(Scope(), at=NOW)

    left.refresh_from_db()
    assert run != left
    assert (left.state, left.finished_at) == (ReviewRun.State.FAILED, NOW)


@pytest.mark.django_db
def test_a_run_that_is_over_is_not_left_open() -> None:
    left_open(state="finished", finished_at=NOW)

    assert runs.begin(Scope(), at=NOW).state == "open"


@pytest.mark.django_db
def test_while_one_reviews_another_is_refused() -> None:
    with another_review(), pytest.raises(ReviewError), runs.alone():
        pass


@pytest.mark.django_db(transaction=True)
def test_the_lock_is_free_again_after_a_run_even_one_that_failed() -> None:
    with pytest.raises(ZeroDivisionError), runs.alone():
        1 / 0  # noqa: B018

    with another_review():
        pass


@pytest.mark.django_db
def test_a_refused_review_leaves_no_run(resident: Resident) -> None:
    own_record(resident)

    with another_review(), pytest.raises(ReviewError):
        reviewed()

    assert not ReviewRun.objects.exists()
