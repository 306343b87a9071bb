"""An import queues the review of what it changed."""

import io

import pytest
from django.utils import timezone

from accounts.intake.refusal import FeedRefused
from links import importing
from links.feeds.store import Order
from tests.links.feeds.feeding import HEADER, NUMBER, TODAY, registered, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reviews that were handed to the broker."""
    reviews: list[str] = []
    monkeypatch.setattr(importing.review_changed, "delay", lambda: reviews.append("review"))
    return reviews


def imported(*rows: str, dry_run: bool = False) -> None:
    """Import a pension feed of these rows."""
    order = Order(institution="PN0001", category="pension", today=TODAY, at=timezone.now(), dry_run=dry_run)
    importing.import_feed(io.BytesIO("\n".join([HEADER, *rows]).encode()), order)


def test_new_and_changed_records_are_reviewed_after_commit(queued, django_capture_on_commit_callbacks):
    registered(NUMBER)

    with django_capture_on_commit_callbacks(execute=True):
        imported(row("A1"))
        assert queued == []

    assert queued == ["review"]


def test_an_unchanged_feed_queues_nothing(queued, django_capture_on_commit_callbacks):
    registered(NUMBER)
    imported(row("A1"))

    with django_capture_on_commit_callbacks(execute=True):
        imported(row("A1"))

    assert queued == []


def test_a_dry_run_queues_nothing(queued, django_capture_on_commit_callbacks):
    registered(NUMBER)

    with django_capture_on_commit_callbacks(execute=True):
        imported(row("A1"), dry_run=True)

    assert queued == []


def test_a_refused_file_queues_nothing(queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(FeedRefused):
        imported('x,"')

    assert queued == []


def test_a_broker_that_is_away_does_not_undo_the_import(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
):
    def away() -> None:
        raise ConnectionError

    registered(NUMBER)
    monkeypatch.setattr(importing.review_changed, "delay", away)

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        imported(row("A1"))

    assert len(callbacks) == 1
