"""What workers do with files that staff sent."""

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone

from accounts.models import AuditEvent, Resident
from links.feeds.store import BRAKE
from links.feeds.turns import ALREADY_RUNNING
from links.models import FeedImport, Institution, Job, Link
from links.uploads import actions, duties, spool, working
from tests.links.feeds.feeding import many, registered
from tests.links.uploads.killing import kill_after
from tests.links.uploads.sent import (
    NUMBER,
    STRANGER,
    checked,
    confirmed,
    done,
    imported,
    lines,
    refusal,
    row,
    sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hanako() -> Resident:
    """The person of the feeds."""
    return registered(NUMBER)


def test_a_check_says_what_an_import_would_do_and_stores_nothing(officer):
    job = checked(officer, lines(row("A1"), row("A2"), row("A3", number=STRANGER)))

    assert job.state == Job.State.DONE
    assert job.outcome["encoding"] == "UTF-8"
    assert job.outcome["counts"] == {
        "rows": 3,
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "rejected": 1,
    }
    assert not Link.objects.exists()
    assert not FeedImport.objects.exists()
    assert not Institution.objects.exists()
    assert not AuditEvent.objects.exists()
    assert job.upload.is_kept


def test_a_check_names_the_fields_that_would_change_and_nobody_s_data(officer):
    imported(officer, lines(row("A1"), row("A2")))

    job = checked(officer, lines(row("A1", name="川田　花子"), row("A2", status="ended"), row("A3")))

    assert job.outcome["examples"] == [
        {"reference": "A1", "fields": ["holder_name"]},
        {"reference": "A2", "fields": ["status"]},
    ]
    assert "川田" not in str(job.outcome)
    assert NUMBER not in str(job.outcome)


def test_a_check_names_a_record_that_would_move_to_another_person_once(officer):
    registered("535721357865")
    imported(officer, lines(row("A1")))

    job = checked(officer, lines(row("A1", number="535721357865")), max_removed=100)

    (example,) = job.outcome["examples"]
    assert example["reference"] == "A1"
    assert "resident_id" in example["fields"]


def test_an_import_does_what_its_check_said(officer):
    check = checked(officer, lines(row("A1"), row("A2", number=STRANGER)))

    job = done(confirmed(check, officer))

    assert job.outcome["counts"] == check.outcome["counts"]
    assert Link.objects.get().reference == "A1"
    assert (job.feed_import.state, job.feed_import.started_by) == ("done", officer)
    assert job.feed_import.file_name == "pension.csv"


def test_the_file_is_gone_once_it_is_imported(officer, intake):
    job = sent(officer)
    held = spool.of_upload(job.upload).path
    assert held.exists()

    with transaction.atomic():
        job = done(confirmed(done(job), officer))
    job.upload.refresh_from_db()

    assert (job.upload.key, job.upload.ended_at) == (None, job.finished_at)


def test_the_bytes_are_deleted_when_the_import_is_certain(
    officer, intake, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        imported(officer)

    assert list(intake.iterdir()) == []


def test_a_file_that_cannot_be_read_is_deleted_and_another_may_come(
    officer, intake, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = checked(officer, b"\xff\x00\xffnot a text")

    assert refusal(job)
    assert list(intake.iterdir()) == []
    assert not job.upload.is_kept
    assert done(sent(officer, upload=job.upload)).is_done


def test_a_file_that_the_brake_stopped_is_kept_for_another_limit(officer):
    imported(officer, lines(*many(10)))

    job = checked(officer, lines(*many(3)), complete=True)

    assert refusal(job) == BRAKE
    again = actions.check_again(upload=job.upload, max_removed=80, by=officer, at=timezone.now())
    assert done(again).outcome["counts"]["removed"] == 7


def test_whoever_comes_second_to_a_feed_that_is_imported_reads_so_and_may_try_again(officer):
    check = checked(officer)
    institution = Institution.objects.create(code="PN0001", name_ja="PN0001")
    running = FeedImport.objects.create(
        institution=institution, category="pension", file_name="x", started_at=timezone.now()
    )

    job = refused_as_running(confirmed(check, officer))

    assert refusal(job) == ALREADY_RUNNING
    FeedImport.objects.filter(pk=running.pk).update(state="refused", finished_at=timezone.now())
    check = done(actions.check_again(upload=job.upload, by=officer, at=timezone.now()))
    assert done(confirmed(check, officer)).outcome["counts"]["created"] == 1


def refused_as_running(job: Job) -> Job:
    """The job where the other import is taken to live."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("links.feeds.turns._nobody_holds", lambda other: False)
        return done(job)


def test_doing_a_job_again_does_nothing_more(officer):
    job = imported(officer)

    again = done(job)

    assert (again.attempts, again.finished_at) == (1, job.finished_at)
    assert FeedImport.objects.count() == 1


def test_nobody_else_does_a_job_while_its_worker_lives(officer):
    job = sent(officer)

    with spool.alone(job):
        assert working.carry_out(job.pk) is False

    assert done(job).is_done


def test_an_import_whose_worker_was_killed_right_after_it_is_told_once(officer, monkeypatch):
    job = confirmed(checked(officer, lines(row("A1"), row("A2"))), officer)
    kill_after(monkeypatch, "bring_in", job)
    assert FeedImport.objects.get().state == "done"

    job = done(job)

    assert job.is_done
    assert job.outcome["counts"]["created"] == 2
    assert job.feed_import == FeedImport.objects.get()


def test_a_job_that_loses_every_worker_is_stopped_and_can_be_started_again(officer, monkeypatch):
    job = sent(officer)
    for _attempt in range(working.MOST_ATTEMPTS):
        kill_after(monkeypatch, "try_out", job)

    job = done(job)

    assert job.state == Job.State.STOPPED
    assert job.upload.is_kept
    assert done(actions.check_again(upload=job.upload, by=officer, at=timezone.now())).is_done


def test_what_breaks_is_stopped_at_once_and_seen_by_those_who_run_the_service(officer, monkeypatch):
    job = sent(officer)

    def broken(*args: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setitem(duties.DUTIES, job.kind, broken)
        with pytest.raises(ZeroDivisionError):
            working.carry_out(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.STOPPED


def test_a_job_says_how_far_it_is_while_it_is_done(officer, monkeypatch):
    monkeypatch.setattr(spool, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr("links.feeds.store.ROWS_A_REPORT", 1)
    job = sent(officer, lines(*many(5)))
    heard = []
    say = spool.Sign.say

    def note(sign: spool.Sign, finished: int, total: int) -> None:
        say(sign, finished, total)
        heard.append(spool.progress(job))

    monkeypatch.setattr(spool.Sign, "say", note)
    done(job)

    assert heard[-1].done == heard[-1].total == 2 * job.upload.size
    assert [each.done for each in heard] == sorted(each.done for each in heard)
    assert spool.progress(job) is None


def test_a_job_whose_database_went_away_is_begun_again(officer, monkeypatch):
    check = checked(officer)
    job = confirmed(check, officer)

    def away(*_args: object) -> None:
        raise OperationalError("the connection was lost")

    with monkeypatch.context() as patch:
        patch.setitem(duties.DUTIES, job.kind, away)
        with pytest.raises(OperationalError):
            working.carry_out(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING

    assert done(job).state == Job.State.DONE
    assert Link.objects.count() == 1
