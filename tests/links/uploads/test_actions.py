"""Who may do what with files, and two of them at the same moment."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from links.actions import LinkError
from links.models import Job, Upload
from links.uploads import actions, disposal
from tests import factories as people
from tests.at_once import at_once
from tests.links.feeds.feeding import registered
from tests.links.uploads import factories
from tests.links.uploads.sent import NUMBER, begun, checked, imported, received
from tests.links.uploads.test_disposal import A_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(db: None):
    """Staff who do not import."""
    return people.UserFactory.create(role="support")


@pytest.mark.parametrize(
    "deed",
    [
        lambda job, **who: actions.begin(kind="feed", **who),
        lambda job, **who: actions.receive(upload=job.upload, file=received(b"x"), **who),
        lambda job, **who: actions.check_again(upload=job.upload, **who),
        lambda job, **who: actions.confirm(upload=job.upload, seen=job.public_id, **who),
        lambda job, **who: actions.throw_away(upload=job.upload, **who),
        lambda job, **who: actions.roll_back(feed_import=job.feed_import, reason="誤送", **who),
        lambda job, **who: actions.export(**who),
        lambda job, **who: actions.fetch_rejects(job=job, **who),
        lambda job, **who: actions.fetch_findings(job=job, **who),
    ],
)
def test_whoever_may_not_import_does_nothing_with_files(officer, stranger, deed):
    registered(NUMBER)
    job = imported(officer)
    jobs, uploads = Job.objects.count(), Upload.objects.count()

    with pytest.raises(LinkError, match="data officers|データ"):
        deed(job, by=stranger, at=timezone.now())

    assert (Job.objects.count(), Upload.objects.count()) == (jobs, uploads)


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_findings_at_once_wait_for_the_same_file(officer):
    asked = at_once(*[lambda: actions.export(by=officer, at=timezone.now())] * 3)

    assert len({job.pk for job in asked}) == 1
    assert Job.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite whoever writes is alone")
@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_a_file_for_which_work_was_asked_meanwhile(officer):
    registered(NUMBER)
    upload = checked(officer).upload
    later = timezone.now() + A_DAY
    asked, sweeper_waits = threading.Event(), threading.Event()

    def ask_and_linger() -> None:
        with transaction.atomic():
            actions.check_again(upload=upload, by=officer, at=timezone.now())
            asked.set()
            while not sweeper_waits.is_set() and not somebody_waits():
                pass

    def sweep() -> None:
        asked.wait(10)
        try:
            disposal.end_left_uploads(at=later)
        finally:
            sweeper_waits.set()

    at_once(ask_and_linger, sweep)

    upload.refresh_from_db()
    assert upload.is_kept
    assert upload.ended_at is None


def somebody_waits() -> bool:
    """Whether a session of this database waits for another one's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_a_file_that_came_too_late_is_not_kept(officer):
    upload = begun(officer)
    actions.throw_away(upload=upload, by=officer, at=timezone.now())

    with pytest.raises(LinkError):
        actions.receive(upload=upload, file=received(b"x"), by=officer, at=timezone.now())

    assert not factories.Job.objects.exists()
