"""One import of a feed at a time, and what a killed one leaves behind."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.intake.refusal import FeedRefused
from accounts.models import Resident
from links.feeds import turns
from links.models import FeedImport, Institution, Link
from tests.links.feeds.feeding import imported, row


def opened(institution: Institution) -> FeedImport:
    """An import whose process is gone or has not begun its work."""
    return FeedImport.objects.create(institution=institution, category="pension", started_at=timezone.now())


@pytest.fixture
def pensions(db: None) -> Institution:
    """The institution of the feeds of these tests."""
    return Institution.objects.create(code="PN0001", name_ja="年金")


def test_what_a_killed_import_left_open_is_closed_and_the_next_one_is_done(
    pensions: Institution, hanako: Resident
):
    dead = opened(pensions)

    report = imported(row("A1"))

    dead.refresh_from_db()
    assert report.counts.created == 1
    assert (dead.state, dead.finished_at is not None) == ("refused", True)
    assert "stopped in the middle" in dead.refusal


def test_whoever_was_taken_for_dead_does_not_go_on(pensions: Institution, hanako: Resident):
    slow = opened(pensions)
    imported(row("A1"))

    with pytest.raises(FeedRefused) as refused, transaction.atomic():
        turns.hold(slow)

    assert refused.value.reason == turns.ALREADY_RUNNING


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_an_import_that_is_running_keeps_every_other_one_of_its_feed_out(
    pensions: Institution, hanako: Resident, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(turns, "WAITS_FOR_DEATH", "10ms")
    running, done = threading.Event(), threading.Event()

    def hold_until_done() -> None:
        with transaction.atomic():
            turns.hold(living)
            running.set()
            done.wait(30)
        connection.close()

    living = opened(pensions)
    thread = threading.Thread(target=hold_until_done)
    thread.start()
    running.wait(30)
    with pytest.raises(FeedRefused) as refused:
        imported(row("A1"))
    done.set()
    thread.join()

    living.refresh_from_db()
    assert refused.value.reason == turns.ALREADY_RUNNING
    assert living.state == "open"
    assert not Link.objects.exists()
