"""Whoever changes, removes, adds or re-orders something in the trail is found, past every trigger."""

import dataclasses

import pytest
from django.db import connection
from django.db.models import F

from accounts import heads, sealing, verifying
from accounts.models import AuditEvent, Emptying, MonthSecret, Seal, TrailHead
from tests.accounts.sealed import DAY, NOON, looked, sealed

LATER = NOON + 3 * DAY


def found(*published: str) -> str:
    """What is wrong, in lines."""
    return "\n".join(verifying.verify(at=LATER, published=published).problems)


@pytest.fixture
def seals(resident, support) -> list[Seal]:
    """Five events with their seals, and a head."""
    made = sealed(resident, support)
    heads.make_head(at=NOON + DAY / 4)
    return made


def chained_anew(first: int) -> None:
    """What a thief with the whole database does: reckon every hash from there on anew."""
    before = Seal.objects.filter(position=first - 1).first()
    digest = bytes(before.hash) if before else sealing.BEGINNING
    for seal in Seal.objects.filter(position__gte=first).order_by("position"):
        seal.hash = digest = sealing.hash_of(sealing.kept_of(seal), bytes(seal.digest), digest)
        seal.save(force_update=True)


def test_nothing_is_wrong_with_a_trail_that_nobody_touched(seals):
    report = verifying.verify(at=LATER)

    assert (report.entries, report.heads, report.count, report.problems) == (5, 1, 0, [])


def test_nothing_is_wrong_with_an_empty_trail(db):
    heads.make_head(at=NOON)

    assert verifying.verify(at=LATER).count == 0


@pytest.mark.parametrize("batch", [1, 2, 5, 6])
def test_batches_change_nothing(seals, monkeypatch, batch):
    monkeypatch.setattr(verifying, "BATCH", batch)

    report = verifying.verify(at=LATER)

    assert (report.entries, report.count) == (5, 0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"actor": None}, "who, about whom"),
        ({"resident": None}, "who, about whom"),
        ({"subject_id": "other"}, "which thing"),
        ({"purpose": ""}, "why"),
        ({"institution": "bank"}, "who, about whom"),
        ({"place": "counter"}, "from where"),
        ({"verb": "record.confirmed"}, "what was done"),
        ({"role": "auditor"}, "the role"),
        ({"on_behalf": True}, "on whose behalf"),
        ({"subject_kind": "report"}, "the kind of thing"),
        ({"at": NOON - 90 * DAY}, "its time"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_changed_event_is_found(seals, change, words):
    event_id = seals[2].event_id
    partition_first = change.get("at")
    if partition_first and connection.vendor == "postgresql":
        event = AuditEvent.objects.get(pk=event_id)
        AuditEvent.objects.filter(pk=event_id).delete()
        event.at = partition_first
        event.save(force_insert=True)
    else:
        AuditEvent.objects.filter(pk=event_id).update(**change)

    assert f"Entry 3 (event {event_id} of 2026-11-20, record.viewed) was changed" in found()
    assert words in found()


def test_a_removed_event_is_found(seals):
    AuditEvent.objects.filter(pk=seals[1].event_id).delete()

    assert found() == f"Entry 2 (event {seals[1].event_id} of 2026-11-20, record.viewed) was removed."


def test_an_event_put_in_unseen_is_found_when_it_has_no_seal_after_a_day(seals, resident, support):
    (event,) = looked(resident, support, at=NOON)

    assert found() == (f"Event {event.pk} of 2026-11-20 (record.viewed) has no seal after more than a day.")
    assert verifying.verify(at=NOON + DAY / 2).count == 0


def test_an_event_put_in_with_an_early_time_shows_as_sealed_late(seals, resident, support):
    looked(resident, support, at=NOON - 30 * DAY)
    sealing.seal_waiting(at=NOON)

    report = verifying.verify(at=LATER)

    assert (report.count, report.late) == (0, 1)
    assert "1 were sealed more than a day after they happened." in list(verifying.sentences(report))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one key")
def test_a_twin_with_the_same_id_in_another_month_is_found(seals):
    twin = AuditEvent.objects.get(pk=seals[0].event_id)
    twin.at, twin.purpose = NOON - 60 * DAY, "other"
    twin.save(force_insert=True)

    assert f"Event {twin.pk} of 2026-09-21 (record.viewed) has no seal" in found()


def test_a_changed_event_and_seal_are_found(seals):
    AuditEvent.objects.filter(pk=seals[2].event_id).update(verb="record.confirmed")
    Seal.objects.filter(position=3).update(verb="record.confirmed")

    assert found() == (
        f"Entry 3 (event {seals[2].event_id} of 2026-11-20, record.confirmed): its seal was changed, "
        "or does not follow the one before it."
    )


def test_a_chain_that_was_reckoned_anew_is_found_by_the_head(seals):
    AuditEvent.objects.filter(pk=seals[2].event_id).update(verb="record.confirmed")
    Seal.objects.filter(position=3).update(verb="record.confirmed")
    chained_anew(3)

    assert found() == (
        "The head of 2026-11-20 names another hash for entry 5: what is before it was changed."
    )


def test_a_removed_seal_is_found(seals):
    Seal.objects.filter(position=3).delete()

    assert "Between entries 2 and 4 seals are missing." in found()
    assert f"Event {seals[2].event_id} of 2026-11-20 (record.viewed) has no seal" in found()


def test_seals_that_changed_places_are_found(seals):
    first, second = seals[1], seals[2]
    Seal.objects.filter(position__in=[2, 3]).delete()
    first.position, second.position = 3, 2
    Seal.objects.bulk_create([first, second])

    assert "Entry 2 " in found()
    assert "Entry 3 " in found()
    assert "does not follow the one before it" in found()


def test_a_seal_put_in_between_is_found(seals):
    for position in (5, 4, 3):
        Seal.objects.filter(position=position).update(position=F("position") + 1)
    seal = seals[0]
    seal.position, seal.event_id = 3, 10_000
    seal.save(force_insert=True)

    assert "Entry 3 (event 10000 of 2026-11-20, record.viewed) was removed." in found()
    assert "Entry 4 " in found()


def test_an_end_that_was_cut_off_is_found_by_the_head(seals):
    AuditEvent.objects.filter(pk__in=[seals[3].event_id, seals[4].event_id]).delete()
    Seal.objects.filter(position__gte=4).delete()

    assert found() == "The head of 2026-11-20 knows of entry 5, the trail ends with 3."


def test_an_end_that_was_cut_off_with_its_head_is_found_by_the_published_one(seals):
    token = TrailHead.objects.get().token
    AuditEvent.objects.filter(pk__in=[seals[3].event_id, seals[4].event_id]).delete()
    Seal.objects.filter(position__gte=4).delete()
    TrailHead.objects.all().delete()

    assert found() == ""
    assert found(token) == "The published head of 2026-11-20 knows of entry 5, the trail ends with 3."


def test_a_changed_head_is_found(seals):
    TrailHead.objects.update(position=4)

    assert "The head of 2026-11-20 was changed" in found()


def test_a_head_that_somebody_else_signed_is_found(seals):
    TrailHead.objects.update(token="e30.e30.e30")

    assert found() == "The head of 2026-11-20 was not signed with a key in TRAIL_KEY."


def test_a_removed_head_is_found_by_the_next_one(seals):
    heads.make_head(at=NOON + DAY)
    heads.make_head(at=NOON + 2 * DAY)
    TrailHead.objects.filter(day=(NOON + DAY).date()).delete()

    assert (
        found() == "The head of 2026-11-22 does not follow the one before it: a head was changed or removed."
    )


def test_a_published_head_that_we_did_not_sign_is_named(seals):
    assert found("e30.e30.e30") == "A published head was not signed with a key in TRAIL_KEY."


def test_a_secret_that_is_gone_before_its_time_is_found(seals):
    MonthSecret.objects.all().delete()

    assert "cannot be verified: the secret of its month is gone" in found()


def test_whoever_says_that_retention_took_it_must_stand_in_the_trail(seals):
    AuditEvent.objects.filter(pk=seals[1].event_id).delete()
    Emptying.objects.create(before=NOON + DAY / 24, at=LATER)

    assert "Entries from before 2026-11-20 were removed, of which the trail says nothing." in found()
    assert "was removed." in found()


def test_of_many_problems_twenty_are_told_and_all_counted(resident, support):
    sealed(resident, support, times=30)
    AuditEvent.objects.all().delete()
    looked(resident, support, times=30)

    report = verifying.verify(at=LATER)

    assert (report.count, len(report.problems)) == (60, verifying.MOST)
    assert "and 40 more." in list(verifying.sentences(report))


def test_the_same_few_queries_verify_five_and_fifty(resident, support, django_assert_num_queries):
    sealed(resident, support, times=5)
    with django_assert_num_queries(9):
        verifying.verify(at=LATER)
    sealed(resident, support, times=45)

    with django_assert_num_queries(9):
        verifying.verify(at=LATER)


def test_what_a_head_claims_is_compared_as_it_was_signed(seals):
    claim = heads.read(TrailHead.objects.get().token)
    TrailHead.objects.update(token=heads.sign(dataclasses.replace(claim, hash=b"\0" * 32)))

    assert "it says something else than what was signed" in found()
