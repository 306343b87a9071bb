"""When a record was last checked, from runs and findings."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Resident
from links.models import Link, ReviewRun
from links.review.coverage import last_checked, last_checked_on
from tests.factories import FindingFactory, InstitutionFactory
from tests.links.review.factories import own_record, resent, reviewed

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 3, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def finished(*, hours: int, **fields: object) -> ReviewRun:
    """A run that ended so many hours after NOW, having taken one."""
    end = NOW + hours * HOUR
    over = {"state": "finished", "rules_version": "1", "started_at": end - HOUR, "finished_at": end}
    return ReviewRun.objects.create(**{**over, **fields})


@pytest.fixture
def checked(resident: Resident) -> Link:
    """A record that was found to match at NOW."""
    link = own_record(resident, verdict="match", changed_at=NOW)
    FindingFactory.create(link=link, found_at=NOW)
    return link


def test_without_a_run_the_finding_says_when(checked: Link) -> None:
    assert last_checked_on(checked) == NOW


def test_a_later_run_over_everything_confirms_the_finding(checked: Link) -> None:
    finished(hours=5)
    finished(hours=9)

    assert last_checked_on(checked) == NOW + 9 * HOUR


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "failed"},
        {"state": "open", "finished_at": None},
        {"changed_only": True},
        {"category": "pension"},
    ],
)
def test_a_run_that_did_not_cover_the_record_says_nothing(checked: Link, fields: dict[str, object]) -> None:
    finished(hours=5, **fields)

    assert last_checked_on(checked) == NOW


def test_runs_over_its_institution_or_category_cover_it(checked: Link) -> None:
    finished(hours=5, institution=checked.institution)
    finished(hours=7, category="tax")
    finished(hours=8, institution=InstitutionFactory.create())

    assert last_checked_on(checked) == NOW + 7 * HOUR


def test_a_run_that_began_before_the_record_changed_did_not_cover_it(checked: Link) -> None:
    checked.changed_at = NOW + 5 * HOUR
    finished(hours=5)

    assert last_checked_on(checked) == NOW


def test_what_has_no_verdict_was_not_checked(resident: Resident) -> None:
    link = own_record(resident)
    finished(hours=5)

    assert last_checked_on(link) is None


def test_a_page_of_records_asks_two_queries(resident: Resident, django_assert_num_queries) -> None:
    links = [own_record(resident) for _ in range(5)]
    run = reviewed()
    resent(links[0])
    page = list(Link.objects.all())

    with django_assert_num_queries(2):
        when = last_checked(page)

    assert when[links[0].pk] is None
    assert when[links[1].pk] == run.finished_at


def test_the_home_page_asks_for_the_last_run_over_everything(resident: Resident) -> None:
    assert ReviewRun.objects.last_whole_at() is None
    finished(hours=5)
    finished(hours=6, category="tax")
    finished(hours=7, changed_only=True)

    assert ReviewRun.objects.last_whole_at() == NOW + 5 * HOUR


def test_runs_that_cover_a_record_are_of_everything_or_of_its_feed(checked: Link) -> None:
    everything, feed = finished(hours=1), finished(hours=2, institution=checked.institution, category="tax")
    finished(hours=3, category="pension")

    assert set(ReviewRun.objects.covering(checked)) == {everything, feed}


def test_a_record_changed_after_now_is_covered_by_the_review_that_follows(resident: Resident) -> None:
    link = own_record(resident, changed_at=timezone.now())

    reviewed(changed_only=True)

    link.refresh_from_db()
    assert last_checked_on(link) == link.findings.get().found_at
