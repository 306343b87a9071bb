"""What workers do with what was imported: undo it, and write the findings."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from links.feeds.rollback import NOT_DONE, TOUCHED_SINCE
from links.models import FeedImport, Job, Link
from links.uploads import actions, spool
from tests.links.feeds.feeding import registered
from tests.links.uploads.sent import NUMBER, done, imported, lines, refusal, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hanako():
    """The person of the feeds."""
    return registered(NUMBER)


def test_a_roll_back_undoes_the_import(officer):
    made = imported(officer)

    job = done(rolled_back(made, officer))

    assert job.outcome == {"taken_back": 1, "restored": 0}
    assert Link.objects.get().status == "removed"
    made.feed_import.refresh_from_db()
    assert (made.feed_import.state, made.feed_import.rolled_back_by) == ("rolled_back", officer)


def rolled_back(made: Job, by: object) -> Job:
    """The job that undoes it, which nobody did yet."""
    return actions.roll_back(feed_import=made.feed_import, reason="誤送", by=by, at=timezone.now())


def test_a_roll_back_that_something_stands_in_the_way_of_says_what(officer):
    made = imported(officer)
    imported(officer, lines(row("A1", name="川田　花子")))

    job = done(rolled_back(made, officer))

    assert refusal(job) == TOUCHED_SINCE
    assert [each["reference"] for each in job.outcome["obstacles"]] == ["A1"]


def test_a_roll_back_whose_import_was_rolled_back_meanwhile_says_so(officer):
    made = imported(officer)
    job = rolled_back(made, officer)
    FeedImport.objects.update(state="rolled_back", rolled_back_at=timezone.now())

    assert refusal(done(job)) == NOT_DONE


def test_findings_are_written_sealed_with_one_event_in_the_trail(officer):
    imported(officer)

    job = done(actions.export(by=officer, at=timezone.now()))

    with spool.output(job).open() as content:
        head, only = content.read().decode().splitlines()
    assert only.startswith("PN0001,pension,A1,1475,")
    assert job.outcome == {"rows": 1}
    assert AuditEvent.objects.get(verb="number.exported").actor == officer
