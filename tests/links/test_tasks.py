"""The review in the background."""

import pytest
from django.utils import timezone

from accounts.models import Resident
from links import tasks
from links.models import ReviewRun
from links.review import runs
from links.review.runs import ReviewError, Scope
from tests.links.review.another import another_review
from tests.links.review.factories import own_record, reviewed

pytestmark = pytest.mark.django_db


def test_what_changed_is_reviewed(resident: Resident) -> None:
    reviewed()
    link = own_record(resident)

    tasks.review_changed()

    link.refresh_from_db()
    assert link.verdict == "match"
    assert ReviewRun.objects.latest("id").changed_only


def test_what_changed_waits_for_the_next_beat_while_another_run_goes_on(resident: Resident) -> None:
    own_record(resident)

    with another_review():
        tasks.review_changed()

    assert not ReviewRun.objects.exists()


def test_a_run_that_was_opened_is_carried_out_by_its_key(resident: Resident) -> None:
    own_record(resident)
    run = runs.open_run(Scope(category="tax"), at=timezone.now())

    tasks.review(run_id=run.pk)

    run.refresh_from_db()
    assert (run.state, run.checked) == ("finished", 1)


def test_carrying_out_a_run_twice_is_carrying_it_out_once(resident: Resident) -> None:
    run = runs.open_run(Scope(), at=timezone.now())
    tasks.review(run_id=run.pk)
    own_record(resident)

    tasks.review(run_id=run.pk)

    run.refresh_from_db()
    assert run.checked == 0


def test_an_opened_run_is_tried_again_while_another_goes_on() -> None:
    assert ReviewError in tasks.review.autoretry_for
    assert tasks.review.retry_kwargs["max_retries"] == 60
