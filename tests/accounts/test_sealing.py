"""Events are written unchained and sealed afterwards: in order, once, also when two do it or one dies."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts import audit, sealing, tasks, verifying
from accounts.models import AuditEvent, MonthSecret, Seal, SealMark
from tests.accounts.sealed import DAY, MINUTE, NOON, looked, sealed
from tests.at_once import at_once


@pytest.fixture
def small_batches(monkeypatch) -> None:
    """Several batches for a few events."""
    monkeypatch.setattr(sealing, "BATCH", 3)


def test_an_event_is_written_without_a_seal_and_sealed_by_the_task(resident, support):
    (event,) = looked(resident, support)
    before = Seal.objects.count()

    tasks.seal_trail()

    assert before == 0
    assert Seal.objects.get().event_id == event.pk


def test_seals_count_from_one_in_the_order_of_the_events(resident, support, small_batches):
    seals = sealed(resident, support, times=8)

    assert [seal.position for seal in seals] == list(range(1, 9))
    assert [seal.event_id for seal in seals] == sorted(AuditEvent.objects.values_list("pk", flat=True))


def test_a_seal_holds_nothing_personal(resident, support):
    (seal,) = sealed(resident, support, times=1)

    told = {field.name for field in Seal._meta.get_fields()}

    assert told & {"actor", "actor_id", "resident", "resident_id", "subject_id", "purpose", "place"} == set()
    assert b"R-7K3M" not in bytes(seal.digest) + bytes(seal.hash)


def test_the_same_personal_part_has_another_digest_at_another_place(resident, support):
    for _twice in range(2):
        looked(resident, support)
    sealing.seal_waiting(at=NOON)

    assert len({bytes(seal.digest) for seal in Seal.objects.all()}) == 2


def test_each_month_in_japan_has_a_secret_of_its_own(resident, support):
    looked(resident, support, at=NOON.replace(day=30, hour=14))  # 23:00 on 30 November in Japan
    looked(resident, support, at=NOON.replace(day=30, hour=15))

    sealing.seal_waiting(at=NOON + 30 * DAY)

    months = MonthSecret.objects.order_by("month")
    assert [secret.month.isoformat() for secret in months] == ["2026-11-01", "2026-12-01"]
    assert bytes(months[0].secret) != bytes(months[1].secret)


def test_what_is_sealed_is_not_sealed_again(resident, support):
    sealed(resident, support)

    assert sealing.seal_waiting(at=NOON + DAY) == 0
    assert sealing.seal_waiting(at=NOON + DAY, whole=True) == 0


def test_a_late_commit_of_the_last_hour_is_found(resident, support):
    first, late, last = looked(resident, support, times=3)
    AuditEvent.objects.filter(pk=late.pk).delete()
    sealing.seal_waiting(at=NOON)
    late.save(force_insert=True)

    sealing.seal_waiting(at=NOON + 30 * MINUTE)

    assert list(Seal.objects.order_by("position").values_list("event_id", flat=True)) == [
        first.pk,
        last.pk,
        late.pk,
    ]


def test_a_commit_that_is_later_still_is_found_before_the_daily_head(resident, support):
    late, _other = looked(resident, support, times=2)
    AuditEvent.objects.filter(pk=late.pk).delete()
    for hour in range(3):
        looked(resident, support, at=NOON + hour * 60 * MINUTE)
        sealing.seal_waiting(at=NOON + hour * 60 * MINUTE)
    late.save(force_insert=True)
    unseen = sealing.seal_waiting(at=NOON + 200 * MINUTE)

    tasks.sign_head()

    assert unseen == 0
    assert Seal.objects.filter(event_id=late.pk).exists()
    assert SealMark.objects.get().floor > late.pk


def test_a_sealer_that_dies_in_the_middle_leaves_a_chain_that_another_goes_on_with(
    resident, support, small_batches
):
    looked(resident, support, times=8)
    sealing.seal_batch(after=None, at=NOON)
    with transaction.atomic():
        sealing.seal_batch(after=None, at=NOON)
        transaction.set_rollback(True)  # what the database does when the process is gone
    between = Seal.objects.count()

    sealing.seal_waiting(at=NOON)

    assert between == 3
    assert Seal.objects.count() == 8
    assert verifying.verify(at=NOON).count == 0


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain(resident, support, small_batches):
    looked(resident, support, times=20)

    at_once(*[lambda: sealing.seal_waiting(at=NOON)] * 2)
    sealing.seal_waiting(at=NOON)

    assert Seal.objects.count() == 20
    assert verifying.verify(at=NOON).count == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time anyway")
@pytest.mark.django_db(transaction=True)
def test_who_writes_does_not_wait_for_who_seals(resident, support):
    sealed(resident, support)
    looked(resident, support, at=NOON + DAY)

    with transaction.atomic():
        sealing.seal_batch(after=None, at=NOON)
        written, sealed_meanwhile = at_once(
            lambda: audit.record("record.viewed", by=support, at=NOON, resident=resident),
            lambda: sealing.seal_waiting(at=NOON),
        )

    assert written.pk
    assert sealed_meanwhile == 0


def test_sealing_takes_few_queries_whatever_the_number(resident, support, django_assert_max_num_queries):
    looked(resident, support, times=60)

    with django_assert_max_num_queries(20):
        assert sealing.seal_waiting(at=NOON) == 60


def test_no_event_has_two_seals(resident, support):
    (seal,) = sealed(resident, support, times=1)
    seal.position = 2

    with pytest.raises(IntegrityError), transaction.atomic():
        seal.save(force_insert=True)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (lambda: SealMark(pk=2), "one_mark_of_the_seals"),
        (
            lambda: Seal(
                position=0,
                event_id=1,
                at=NOON,
                verb="a",
                on_behalf=False,
                digest=b"",
                hash=b"",
                sealed_at=NOON,
            ),
            "seals_begin_with_one",
        ),
    ],
    ids=["mark", "seal"],
)
def test_the_database_holds_the_rules(db, row, name):
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        row().save(force_insert=True)


def test_rows_are_named_by_their_place_only(resident, support):
    (seal,) = sealed(resident, support, times=1)

    named = [str(seal), str(MonthSecret.objects.get()), str(SealMark.objects.get())]

    assert named == ["Seal 1", "MonthSecret 2026-11", "SealMark 0"]
