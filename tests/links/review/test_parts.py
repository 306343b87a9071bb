"""A run in parts: shared, cancelled, taken up again, and nothing checked twice or left out."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent, Resident, User
from links.models import Finding, ReviewRun
from links.review import engine, incidents, parts, runs
from links.review.runs import ReviewError, Scope
from tests.factories import InstitutionFactory
from tests.links.review.factories import feed_of, own_record, reviewed, strangers_record

NOW = datetime.datetime(2026, 11, 27, 3, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("links.review.walk.BATCH", 2)


def opened(**scope: object) -> ReviewRun:
    """A run that is open and cut."""
    run = runs.open_run(Scope(**scope), at=timezone.now())
    parts.cut(run)
    return run


@pytest.mark.django_db
def test_a_run_is_cut_once_into_parts_that_hold_every_link(resident: Resident) -> None:
    keys = [own_record(resident).pk for _ in range(5)]
    run = opened()

    parts.cut(run)

    stretches = list(run.parts.order_by("first").values_list("first", "last"))
    assert stretches == [(keys[0], keys[1]), (keys[2], keys[3]), (keys[4], keys[4])]
    assert run.total == 5


@pytest.mark.django_db
def test_only_links_of_the_scope_are_counted(resident: Resident) -> None:
    own_record(resident)
    theirs = own_record(resident, institution=InstitutionFactory.create())

    assert opened(institution=theirs.institution).total == 1


@pytest.mark.django_db
def test_what_one_process_took_and_stored_the_next_one_does_not_take(resident: Resident) -> None:
    for _ in range(4):
        own_record(resident)
    run = opened()

    assert [engine.check_part(run) for _ in range(3)] == [True, True, False]
    assert run.checked == 4


@pytest.mark.django_db
def test_a_cancelled_run_stops_after_its_part_and_withholds_nothing(support: User) -> None:
    feed_of(6, wrong=6)

    run = engine.review(
        Scope(), at=timezone.now(), told=lambda run: runs.cancel(run, by=support, at=timezone.now())
    )

    run.refresh_from_db()
    assert (run.state, run.checked, run.withheld) == ("cancelled", 2, 0)
    assert AuditEvent.objects.filter(verb="review.cancelled", actor=support).exists()


@pytest.mark.django_db
def test_a_run_that_is_taken_up_goes_on_where_it_was_cancelled(support: User) -> None:
    feed_of(6, wrong=1)
    run = engine.review(
        Scope(), at=timezone.now(), told=lambda run: runs.cancel(run, by=support, at=timezone.now())
    )

    runs.take_up(run, by=support, at=timezone.now())
    engine.resume(run.pk)

    run.refresh_from_db()
    assert (run.state, run.checked, run.withheld) == ("finished", 6, 1)
    assert Finding.objects.count() == 6


@pytest.mark.django_db
def test_a_run_that_is_over_can_neither_be_cancelled_nor_taken_up(resident: Resident, support: User) -> None:
    run = reviewed()

    with pytest.raises(ReviewError):
        runs.cancel(run, by=support, at=NOW)
    with pytest.raises(ReviewError):
        runs.take_up(run, by=support, at=NOW)


@pytest.mark.django_db
def test_a_run_is_not_taken_up_beside_another(support: User) -> None:
    run = opened()
    runs.cancel(run, by=support, at=timezone.now())
    opened()

    with pytest.raises(ReviewError):
        runs.take_up(run, by=support, at=timezone.now())


@pytest.mark.django_db
def test_an_old_run_is_not_taken_up(support: User) -> None:
    run = runs.open_run(Scope(), at=NOW - datetime.timedelta(days=2))
    runs.cancel(run, by=support, at=NOW)

    with pytest.raises(ReviewError):
        runs.take_up(run, by=support, at=NOW)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time on SQLite")
@pytest.mark.django_db(transaction=True)
def test_two_who_share_a_run_check_each_link_once() -> None:
    feed_of(12, wrong=1)
    helpers: list[threading.Thread] = []

    def helped(run: ReviewRun) -> None:
        def assist() -> None:
            try:
                engine.assist(run.pk)
            finally:
                connection.close()

        helpers.append(threading.Thread(target=assist))
        helpers[0].start()

    run = engine.review(Scope(), at=timezone.now(), begun=helped)
    helpers[0].join()

    assert (run.state, run.checked, run.withheld) == ("finished", 12, 1)
    assert run.verdicts == {"match": 11, "mismatch": 1}
    assert Finding.objects.count() == 12


@pytest.mark.django_db
def test_rate_and_time_left_are_told_from_the_row() -> None:
    run = ReviewRun(started_at=NOW, checked=100, total=300, rules_version="1")
    later = NOW + datetime.timedelta(seconds=10)

    assert run.rate(at=later) == 10
    assert run.time_left(at=later) == datetime.timedelta(seconds=20)
    assert run.time_left(at=NOW) is None


@pytest.mark.django_db
def test_many_wrong_links_of_one_office_and_day_are_an_incident(resident: Resident) -> None:
    institution = InstitutionFactory.create(code="TOWN")
    for _ in range(5):
        strangers_record(resident, institution=institution, entered_by="支所", linked_on="2026-05-01")
    own_record(resident, institution=institution, entered_by="支所", linked_on="2026-05-02")

    run = reviewed()

    assert run.incidents == [["TOWN", "支所", "2026-05-01", 5, 5]]


@pytest.mark.parametrize(("wrong", "size", "expected"), [(4, 4, False), (5, 25, True), (5, 26, False)])
def test_an_incident_is_more_than_chance(wrong: int, size: int, expected: bool) -> None:
    assert incidents.stands_out(wrong, size) is expected
