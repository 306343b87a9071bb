"""Retention: the personal part goes after seven years, nothing goes earlier; the chain still holds."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import append_only, audit, sealing, verifying
from accounts.emptying import TooEarly, empty_trail
from accounts.models import AuditEvent, Emptying, MonthSecret, Seal
from tests.accounts.sealed import DAY, looked, sealed
from tests.accounts.test_append_only import statements

OLD = datetime.datetime(2017, 5, 10, 3, 0, tzinfo=datetime.UTC)
JUNE_2017 = datetime.date(2017, 6, 1)


@pytest.fixture
def guarded(db) -> None:
    """The triggers as the migrations put them."""
    with connection.cursor() as cursor:
        for statement in statements(append_only.install):
            cursor.execute(statement)


@pytest.fixture
def old(resident, support) -> list[Seal]:
    """Entries of May 2017, sealed then."""
    return sealed(resident, support, times=3, at=OLD)


@pytest.fixture
def young(old, resident, support, now) -> AuditEvent:
    """An entry of yesterday, sealed then."""
    (event,) = looked(resident, support, at=now - DAY)
    sealing.seal_waiting(at=now - DAY)
    return event


def test_what_is_older_goes_and_what_is_younger_stays(young, guarded, support, now):
    rows = empty_trail(before=JUNE_2017, by=support, at=now)

    assert rows == 3
    assert set(AuditEvent.objects.values_list("verb", "at")) == {
        ("record.viewed", young.at),
        ("trail.emptied", now),
    }
    assert Seal.objects.count() == 4


def test_the_trail_still_verifies(young, guarded, now):
    empty_trail(before=JUNE_2017, by=None, at=now)
    sealing.seal_waiting(at=now)

    report = verifying.verify(at=now)

    assert (report.entries, report.emptied, report.problems) == (5, 3, [])
    assert "3 of them had their personal part removed after its time; their seals hold." in list(
        verifying.sentences(report)
    )


def test_what_was_changed_is_still_found(young, now):
    empty_trail(before=JUNE_2017, by=None, at=now)
    sealing.seal_waiting(at=now)
    Seal.objects.filter(position=2).update(verb="record.confirmed")
    AuditEvent.objects.filter(pk=young.pk).update(purpose="")

    report = verifying.verify(at=now)

    assert report.count == 2
    assert "Entry 2 " in report.problems[0]
    assert f"event {young.pk} " in report.problems[1]


def test_what_was_removed_is_still_found(young, now):
    empty_trail(before=JUNE_2017, by=None, at=now)
    sealing.seal_waiting(at=now)
    AuditEvent.objects.filter(pk=young.pk).delete()

    assert "was removed." in verifying.verify(at=now).problems[0]


def test_what_is_put_in_the_place_of_a_removed_part_is_found(young, old, resident, now):
    empty_trail(before=JUNE_2017, by=None, at=now)
    AuditEvent(pk=old[0].event_id, at=old[0].at, verb=old[0].verb, role=old[0].role).save(force_insert=True)

    assert any("Entry 1 " in problem for problem in verifying.verify(at=now).problems)


def test_a_second_emptying_leaves_the_word_of_the_first_one_provable(young, guarded, now):
    for before in (JUNE_2017, datetime.date(2018, 1, 1)):
        empty_trail(before=before, by=None, at=now)
        sealing.seal_waiting(at=now)

    assert verifying.verify(at=now).count == 0


def test_an_emptying_that_was_moved_later_is_found(young, now):
    empty_trail(before=JUNE_2017, by=None, at=now)
    sealing.seal_waiting(at=now)
    AuditEvent.objects.filter(pk=young.pk).delete()
    Emptying.objects.update(before=now - DAY / 2)

    problems = "\n".join(verifying.verify(at=now).problems)

    assert "of which the trail says nothing" in problems
    assert f"event {young.pk} " in problems


def test_the_secrets_of_its_months_go_with_it(young, now):
    empty_trail(before=JUNE_2017, by=None, at=now)

    assert MonthSecret.objects.filter(month__lt=JUNE_2017).count() == 0
    assert MonthSecret.objects.filter(month__gte=JUNE_2017).exists()


def test_what_waits_for_its_seal_is_sealed_first(resident, support, guarded, now):
    looked(resident, support, at=OLD)

    empty_trail(before=JUNE_2017, by=None, at=now)

    assert Seal.objects.filter(at=OLD).count() == 1


def test_nothing_younger_than_seven_years_goes(young, now, today):
    early = today.replace(year=today.year - 7, day=1) + datetime.timedelta(days=32)

    with pytest.raises(TooEarly, match="kept for 7 years"):
        empty_trail(before=early, by=None, at=now)

    assert not Emptying.objects.exists()


def refused(events) -> bool:
    """Whether the database refused to delete them."""
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        events.delete()
    return True


def test_the_database_lets_nothing_go_that_no_emptying_names(old, guarded):
    assert refused(AuditEvent.objects.filter(at__lt=OLD + DAY))


def test_the_database_lets_nothing_go_that_has_no_seal(resident, support, guarded, now):
    looked(resident, support, at=OLD)
    Emptying.objects.create(before=OLD + DAY, at=now)

    assert refused(AuditEvent.objects.all())


def test_the_database_lets_nothing_young_go_whatever_an_emptying_says(young, guarded, now):
    Emptying.objects.create(before=now - DAY / 2, at=now)

    assert refused(AuditEvent.objects.filter(pk=young.pk))


def test_the_database_refuses_to_change_what_may_go(old, guarded, now):
    Emptying.objects.create(before=OLD + DAY, at=now)

    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        AuditEvent.objects.filter(pk=old[0].event_id).update(purpose="")


def test_only_the_past_is_emptied(db, now):
    with pytest.raises(DatabaseError, match="only_the_past_is_emptied"), transaction.atomic():
        Emptying.objects.create(before=now + DAY, at=now)


def test_that_it_was_done_stands_in_the_trail(old, support, now):
    empty_trail(before=JUNE_2017, by=support, at=now)

    event = AuditEvent.objects.get(verb="trail.emptied")
    assert (event.actor, event.subject_id) == (support, "2017-05-31T15:00:00+00:00")
    assert event.verb in audit.VERBS
    assert str(Emptying.objects.get()) == f"Emptying {Emptying.objects.get().pk}"
