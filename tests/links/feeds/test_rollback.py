"""A whole import undone: every record as it was, its history longer by a line, and what stands in the way."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.intake.refusal import FeedRefused
from accounts.models import AuditEvent, Resident
from links import actions
from links.feeds import rollback
from links.feeds.rollback import RollbackRefused
from links.importing import rollback_feed
from links.models import Change, FeedImport, Hold, Link
from links.review import engine, settle
from links.review.runs import CHANGES
from tests.links.feeds.feeding import OTHER_NUMBER, figures, imported, link, many, row

pytestmark = pytest.mark.django_db

# a person whom the review takes for somebody else than the one in the register
STRANGE = row("A0", name="別人　次郎").replace("ミホン　ハナコ", "ベツジン　ジロウ")


def snapshot() -> list[dict[str, Any]]:
    """Every standing record with all that it holds, verdict and settlement included.

    Not `basis`: by it the engine passes over what did not change, and without it looks once more.
    """
    left_out = ("changed_at", "basis")
    fields = [field.attname for field in Link._meta.concrete_fields if field.name not in left_out]
    links = list(Link.objects.standing().order_by("pk").values(*fields))
    for one in links:
        last = Link.objects.get(pk=one["id"]).findings.order_by("-pk").first()
        one["finding"] = (last.verdict, last.reasons) if last else None
    return links


def reviewed() -> None:
    """Let the engine look at what changed."""
    engine.review(CHANGES, at=timezone.now())


def undo_last() -> rollback.Undone:
    """Roll the latest import back."""
    return rollback_feed(FeedImport.objects.latest("pk").pk, by=None, at=timezone.now())


def test_what_an_import_made_is_taken_off_the_number_and_its_history_says_why(hanako: Resident):
    imported(*many(2))

    undone = undo_last()

    kinds = Change.objects.filter(link=link("A1")).order_by("pk").values_list("kind", flat=True)
    assert (undone.taken_back, undone.restored) == (2, 0)
    assert not Link.objects.of(hanako).exists()
    assert list(kinds) == ["created", "rolled_back"]


def test_what_was_taken_back_is_created_when_it_is_sent_again(hanako: Resident):
    imported(*many(2))
    undo_last()

    report = imported(*many(2))

    assert figures(report) == (2, 0, 0, 0, 0)
    assert Link.objects.of(hanako).count() == 2


@pytest.mark.parametrize("review_between", [False, True])
def test_records_are_as_they_were_whatever_the_import_did(
    hanako: Resident, taro: Resident, review_between: bool
):
    imported(*many(6))
    reviewed()
    Link.objects.filter(reference="A4").update(
        settled_as="right", settled_digest=link("A4").row_digest, confirmed_at=timezone.now()
    )
    before = snapshot()
    imported(
        STRANGE.replace("1234567890", "9999999999").replace("2024-05-01", "2024-06-01"),
        row("A1", number=OTHER_NUMBER),
        row("A2", status="removed"),
        row("A3", status="ended"),
        row("A4", name="別人　次郎"),
        row("B1"),
        complete=True,
        max_removed=100,
    )
    if review_between:
        reviewed()
    assert snapshot() != before

    undone = undo_last()

    assert (undone.taken_back, undone.restored) == (1, 6)
    assert snapshot() == before


def test_what_the_review_withheld_because_of_the_import_is_free_again(hanako: Resident):
    imported(*many(100))
    reviewed()
    imported(STRANGE)
    reviewed()
    assert link("A0").held

    undo_last()

    assert not link("A0").held
    assert link("A0").shows_details
    assert not Hold.objects.active().exists()


def test_what_the_review_released_because_of_the_import_is_withheld_again(hanako: Resident):
    imported(*many(100)[1:], STRANGE)
    reviewed()
    assert link("A0").held
    imported(row("A0"))
    reviewed()
    assert not link("A0").held

    undo_last()

    assert link("A0").held
    assert link("A0").verdict == "mismatch"


def test_a_hold_that_ended_because_the_record_moved_stands_again_when_it_is_back(
    hanako: Resident, taro: Resident, support
):
    imported(row("A1"))
    settle.withhold(
        [link("A1").pk], source=Hold.Source.REPORT, reference="report", by=support, at=timezone.now()
    )
    imported(row("A1", number=OTHER_NUMBER), max_removed=100)
    assert not link("A1").held

    undo_last()

    assert (link("A1").resident, link("A1").held) == (hanako, True)


def test_the_history_of_a_move_and_its_undoing_holds_nothing_of_the_other_person(
    hanako: Resident, taro: Resident
):
    imported(row("A1", name="秘密　花子"))
    imported(row("A1", number=OTHER_NUMBER, name="公開　太郎"), max_removed=100)

    undo_last()

    of_hanako, of_taro = (Change.objects.filter(resident=who) for who in (hanako, taro))
    assert "公開" not in "".join(f"{change.before}{change.after}" for change in of_hanako)
    assert "秘密" not in "".join(f"{change.before}{change.after}" for change in of_taro)


def test_a_later_import_of_the_same_record_stands_in_the_way_and_is_named(hanako: Resident):
    imported(*many(3))
    first = FeedImport.objects.latest("pk")
    imported(row("A1", name="見本　華子"))
    before = snapshot()

    with pytest.raises(RollbackRefused) as refused:
        rollback_feed(first.pk, by=None, at=timezone.now())

    assert [one.reference for one in refused.value.obstacles] == ["A1"]
    assert "1 of its records" in str(refused.value)
    assert snapshot() == before


def test_imports_can_be_undone_one_after_the_other_from_the_last_one(hanako: Resident):
    imported(*many(3))
    imported(row("A1", name="見本　華子"))
    first, second = FeedImport.objects.order_by("pk")

    rollback_feed(second.pk, by=None, at=timezone.now())
    rollback_feed(first.pk, by=None, at=timezone.now())

    assert not Link.objects.standing().exists()


def test_a_person_s_decision_stands_in_the_way(hanako: Resident, support):
    imported(*many(3))
    reviewed()
    actions.release(link=link("A1"), by=support, at=timezone.now())

    with pytest.raises(RollbackRefused) as refused:
        undo_last()

    (obstacle,) = refused.value.obstacles
    assert (obstacle.reference, obstacle.kind, obstacle.feed_import_id) == ("A1", "settled_right", None)


def test_what_the_review_did_since_does_not_stand_in_the_way(hanako: Resident):
    imported(*many(3))
    reviewed()

    assert undo_last().taken_back == 3


def test_an_import_is_rolled_back_once(hanako: Resident):
    imported(*many(3))
    undo_last()

    with pytest.raises(RollbackRefused) as refused:
        undo_last()

    assert refused.value.reason == rollback.NOT_DONE


def test_a_refused_import_and_an_unknown_one_cannot_be_rolled_back(hanako: Resident):
    imported(*many(3))
    with pytest.raises(FeedRefused):
        imported(complete=True)

    with pytest.raises(RollbackRefused):
        undo_last()
    with pytest.raises(RollbackRefused) as refused:
        rollback_feed(0, by=None, at=timezone.now())
    assert refused.value.reason == rollback.UNKNOWN


def test_nothing_is_rolled_back_while_another_import_of_the_feed_runs(hanako: Resident):
    imported(*many(3))
    done = FeedImport.objects.get()
    FeedImport.objects.create(institution=done.institution, category="pension", started_at=timezone.now())

    with pytest.raises(RollbackRefused):
        rollback_feed(done.pk, by=None, at=timezone.now())

    assert Link.objects.standing().count() == 3


def test_a_roll_back_of_many_portions_is_whole(hanako: Resident, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rollback, "CHANGES_A_BATCH", 7)
    imported(*many(30))
    before = snapshot()
    imported(*many(30, name="見本　華子"), *[row(f"B{place}") for place in range(20)])

    undone = undo_last()

    assert (undone.taken_back, undone.restored) == (20, 30)
    assert snapshot() == before


def test_it_is_one_event_of_the_trail_and_the_import_says_when_and_by_whom(hanako: Resident, supervisor):
    imported(*many(2))
    done = FeedImport.objects.get()

    rollback_feed(done.pk, by=supervisor, at=timezone.now())

    done.refresh_from_db()
    event = AuditEvent.objects.get(verb="feed.rolled_back")
    assert (event.actor, event.subject_id) == (supervisor, str(done.pk))
    assert (done.state, done.rolled_back_by) == ("rolled_back", supervisor)
    assert done.finished_at is not None


def test_the_command_says_what_it_did_and_lists_what_stands_in_the_way(hanako: Resident, capsys):
    imported(*many(2))
    imported(row("A1", name="見本　華子"))
    first, second = FeedImport.objects.order_by("pk")

    with pytest.raises(CommandError) as refused:
        call_command("rollback_feed", first.pk)
    call_command("rollback_feed", second.pk)

    told = capsys.readouterr()
    assert refused.value.returncode == 1
    assert f"reference=A1 updated at={second.started_at:%Y-%m-%dT%H:%M:%SZ} import={second.pk}" in told.err
    assert "taken_back=0 restored=1" in told.out
