"""Files do not stay: what was left behind, what nobody fetched, what a cut connection left."""

import datetime
import os

import pytest
from django.utils import timezone

from accounts.models import Resident
from links.models import Job, Upload
from links.tasks import repeat_jobs, sweep_uploads
from links.uploads import actions, disposal, spool
from tests.links.feeds.feeding import registered
from tests.links.uploads import factories
from tests.links.uploads.sent import NUMBER, STRANGER, begun, checked, imported, lines, row, sent

pytestmark = pytest.mark.django_db
A_DAY, A_MONTH = datetime.timedelta(days=1, hours=1), datetime.timedelta(days=30, hours=1)


@pytest.fixture(autouse=True)
def hanako() -> Resident:
    """The person of the feeds."""
    return registered(NUMBER)


def swept(*, later: datetime.timedelta, capture) -> None:
    """The sweep, so much later, to its end."""
    with capture(execute=True):
        disposal.sweep(at=timezone.now() + later)


def test_a_file_that_nobody_decided_about_is_gone_after_a_day(
    officer, intake, django_capture_on_commit_callbacks
):
    job = checked(officer)

    swept(later=A_DAY, capture=django_capture_on_commit_callbacks)

    job.upload.refresh_from_db()
    assert (job.upload.key, job.upload.thrown_away_by) == (None, None)
    assert job.upload.ended_at
    assert list(intake.iterdir()) == []


def test_a_younger_one_stays(officer, django_capture_on_commit_callbacks):
    job = checked(officer)

    swept(later=datetime.timedelta(hours=20), capture=django_capture_on_commit_callbacks)

    assert Upload.objects.open().get() == job.upload


def test_one_that_a_worker_is_at_stays(officer, django_capture_on_commit_callbacks):
    job = sent(officer)

    swept(later=A_DAY, capture=django_capture_on_commit_callbacks)

    assert Upload.objects.open().get() == job.upload


def test_rejects_stay_a_month_and_findings_a_day(officer, django_capture_on_commit_callbacks):
    rejects = imported(officer, lines(row("A1"), row("A2", number=STRANGER)))
    findings = factories.export(
        officer, state="done", finished_at=timezone.now(), output_key=b"key", outcome={"rows": 1}
    )

    swept(later=A_DAY, capture=django_capture_on_commit_callbacks)
    assert set(Job.objects.with_file()) == set(rejects.upload.jobs.all())
    swept(later=A_MONTH, capture=django_capture_on_commit_callbacks)

    assert not Job.objects.with_file().exists()
    assert findings.pk


def test_what_a_cut_connection_left_is_deleted_and_nothing_else(
    officer, intake, django_capture_on_commit_callbacks
):
    kept = spool.of_upload(sent(officer).upload).path
    left = spool.fresh()
    left.create().close()
    two_days_ago = timezone.now().timestamp() - 2 * 24 * 3600
    for path in (left.path, kept):
        os.utime(path, (two_days_ago, two_days_ago))

    with django_capture_on_commit_callbacks(execute=True):
        sweep_uploads()

    assert list(intake.iterdir()) == [kept]


def test_a_job_whose_message_was_lost_is_queued_again(officer, monkeypatch):
    job, young = sent(officer), factories.export(officer)
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - datetime.timedelta(minutes=5))
    queued = []
    monkeypatch.setattr("links.tasks.carry_out.delay", lambda job_id: queued.append(job_id))

    repeat_jobs()

    assert queued == [job.pk]
    assert young.is_live


def test_a_file_that_is_over_cannot_be_decided_about(officer, django_capture_on_commit_callbacks):
    upload = checked(officer).upload
    swept(later=A_DAY, capture=django_capture_on_commit_callbacks)

    for decide in (actions.check_again, actions.throw_away):
        with pytest.raises(actions.LinkError):
            decide(upload=upload, by=officer, at=timezone.now())


def test_an_upload_without_a_file_is_over_after_a_day_too(officer, django_capture_on_commit_callbacks):
    begun(officer)

    swept(later=A_DAY, capture=django_capture_on_commit_callbacks)

    assert not Upload.objects.open().exists()
