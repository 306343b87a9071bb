"""The data officer starts a check, watches its bar, reads what it found, and lets a stopped feed through."""

import pytest

from links import tasks
from links.models import Link, ReviewRun
from links.review import engine
from tests import factories
from tests.links.review.factories import feed_of

pytestmark = pytest.mark.journey


@pytest.fixture
def queued(monkeypatch) -> list[dict]:
    """What was handed to workers: none runs here but when the test says so."""
    found: list[dict] = []
    for task in (tasks.review, tasks.withhold_stopped):
        monkeypatch.setattr(task, "delay", lambda **what: found.append(what))
    return found


def test_a_check_from_its_start_to_the_feed_that_its_brake_stopped(arrive, transactional_db, queued):
    feed_of(100, wrong=25, institution=factories.InstitutionFactory.create())
    officer = arrive().sign_in(factories.UserFactory.create(role="data_officer"))

    officer.open("/staff/review/").look().press("Start the check").reads(
        "Running", "Every institution"
    ).look()
    engine.resume(queued.pop()["run_id"])

    if officer.scripted:  # the bar asks by itself
        officer.reads("Ran to its end")
    else:
        officer.press("Look again").reads("Ran to its end")
    officer.reads("Stopped by the brake", "Points to another person", "New findings by kind of record").look()
    assert officer.opens(officer.said("These findings as CSV")).text().startswith("institution,category")

    officer.unfold("The feed is right: withhold them")
    with officer.page.expect_navigation():
        officer.main.locator(".danger").click()
    officer.reads("These records are being withheld now. Each person is told.").look()
    tasks.withhold_stopped(**queued.pop())
    assert Link.objects.filter(held=True).count() == 25
    officer.open(ReviewRun.objects.get().get_absolute_url()).finds(
        "The feed is right: withhold them", there=False
    )


def test_a_check_is_stopped_and_goes_on_where_it_stopped(arrive, transactional_db, queued):
    feed_of(3, wrong=0)
    officer = arrive().sign_in(factories.UserFactory.create(role="data_officer"))

    officer.open("/staff/review/").press("Start the check").unfold("Stop this check").look()
    officer.press("Stop the check").reads("This check was stopped. What was found so far is kept.").look()
    engine.resume(queued.pop()["run_id"])
    assert not Link.objects.exclude(verdict="").exists()
    officer.press("Go on where it stopped").reads("The run goes on.").look()
    engine.resume(queued.pop()["run_id"])

    officer.open(ReviewRun.objects.get().get_absolute_url()).reads("Ran to its end")
    assert Link.objects.filter(verdict="match").count() == 3


def test_support_has_no_page_of_checks(arrive, transactional_db, support):
    arrive().sign_in(support).open("/staff/review/").reads("You may not open this page").look()
