"""A feed into links."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import DIFFERENT_TWICE
from accounts.models import AuditEvent, Resident
from links.feeds import store
from links.models import Change, FeedImport, Institution, Link
from tests.links.feeds.feeding import (
    HEADER,
    NUMBER,
    OTHER_NUMBER,
    STRANGER,
    figures,
    imported,
    imported_with_rejects,
    link,
    registered,
    row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanako(db: None) -> Resident:
    """The person with the number that most rows name."""
    return registered(NUMBER)


@pytest.fixture
def taro(db: None) -> Resident:
    """Somebody else in the register."""
    return registered(OTHER_NUMBER)


def many(count: int, **fields: str) -> list[str]:
    """So many rows, A0 and on."""
    return [row(f"A{place}", **fields) for place in range(count)]


def test_a_row_becomes_a_link_with_all_that_was_sent(hanako: Resident):
    report = imported(row("A1"))

    made = link("A1")
    assert figures(report) == (1, 0, 0, 0, 0)
    assert (made.resident, made.institution.code, made.category) == (hanako, "PN0001", "pension")
    assert (made.holder_name, made.holder_kana) == ("見本　花子", "ミホン　ハナコ")
    assert (made.status, made.obtained_by, made.linked_on) == (
        "active",
        "lookup_4",
        datetime.date(2024, 5, 1),
    )
    assert made.details == {"pension_number": "1234567890"}


def test_a_new_link_has_no_verdict_and_shows_no_details(hanako: Resident):
    imported(row("A1"))

    assert link("A1").verdict == ""
    assert not link("A1").shows_details


def test_a_link_knows_the_import_and_the_line_it_came_from(hanako: Resident):
    imported(row("A1"), "", row("A2"), file_name="feed_PN0001.csv")

    made = link("A2")
    assert made.line == 4
    assert made.feed_import is not None
    assert made.feed_import.file_name == "feed_PN0001.csv"


def test_its_history_begins_with_its_creation(hanako: Resident):
    imported(row("A1"))

    change = Change.objects.get()
    assert (change.link, change.resident, change.kind) == (link("A1"), hanako, "created")
    assert change.feed_import == link("A1").feed_import


def test_a_number_that_is_not_in_the_register_rejects_its_row_only(hanako: Resident):
    report, rejects = imported_with_rejects(row("A1"), row("A2", number=STRANGER))

    assert figures(report) == (1, 0, 0, 0, 1)
    assert [(reject.line, reject.column, reject.reason) for reject in rejects] == [
        (3, "individual_number", store.NOT_IN_REGISTER)
    ]


def test_a_row_for_a_dead_person_is_accepted(hanako: Resident):
    Resident.objects.update(died_on="2026-01-01")

    assert figures(imported(row("A1"))) == (1, 0, 0, 0, 0)


def test_the_same_file_twice_changes_nothing_the_second_time(hanako: Resident):
    imported(*many(3))
    before = list(Link.objects.order_by("pk").values())

    report = imported(*many(3))

    assert figures(report) == (0, 0, 3, 0, 0)
    assert list(Link.objects.order_by("pk").values()) == before
    assert Change.objects.count() == 3


def test_the_same_record_written_otherwise_is_unchanged(hanako: Resident):
    imported(row("A1"))

    spelled = row("A1", number="7517-0365-1475", status="").replace("2024-05-01", "令和6年5月1日")
    report = imported(spelled.replace("1234567890", "1234-567890"))

    assert figures(report) == (0, 0, 1, 0, 0)


def test_a_change_is_written_down_as_it_was_and_as_it_is_and_asks_for_a_new_verdict(hanako: Resident):
    imported(row("A1"))
    Link.objects.update(verdict="match", confirmed_at=timezone.now())

    report = imported(row("A1", name="見本　華子"))

    change = Change.objects.latest("pk")
    assert figures(report) == (0, 1, 0, 0, 0)
    assert (change.kind, change.before, change.after) == (
        "updated",
        {"holder_name": "見本　花子"},
        {"holder_name": "見本　華子"},
    )
    assert (link("A1").verdict, link("A1").confirmed_at) == ("", None)


def test_dates_and_details_are_told_in_a_change_too(hanako: Resident):
    imported(row("A1"))

    imported(row("A1").replace("2024-05-01", "2024-05-02").replace("1234567890", "9999999999"))

    change = Change.objects.latest("pk")
    assert change.before == {"linked_on": "2024-05-01", "details": {"pension_number": "1234567890"}}
    assert change.after == {"linked_on": "2024-05-02", "details": {"pension_number": "9999999999"}}


def test_no_number_is_stored_in_a_link_or_its_history(hanako: Resident, taro: Resident):
    imported(row("A1"))
    imported(row("A1", number=OTHER_NUMBER), max_removed=100)

    text = f"{list(Link.objects.values())}{list(Change.objects.values())}{list(FeedImport.objects.values())}"
    assert NUMBER not in text
    assert OTHER_NUMBER not in text


def test_a_record_that_moves_to_another_number_leaves_one_person_and_comes_to_the_other(
    hanako: Resident, taro: Resident
):
    imported(row("A1"))

    report = imported(row("A1", number=OTHER_NUMBER, name="見本　太郎"), max_removed=100)

    left, came = Change.objects.order_by("pk")[1:]
    assert figures(report) == (0, 1, 0, 0, 0)
    assert link("A1").resident == taro
    assert (left.resident, left.kind, left.after) == (hanako, "removed", {})
    assert (came.resident, came.kind, came.before) == (taro, "updated", {})


def test_a_row_that_turns_removed_counts_as_removed(hanako: Resident):
    imported(*many(30))

    report = imported(row("A1", status="removed"))

    change = Change.objects.latest("pk")
    assert figures(report) == (0, 0, 0, 1, 0)
    assert (link("A1").status, change.kind) == ("removed", "removed")
    assert not Link.objects.standing().filter(reference="A1").exists()


def test_a_removed_record_that_comes_back_is_changed(hanako: Resident):
    imported(*many(30))
    imported(row("A1", status="removed"))

    report = imported(row("A1"))

    assert figures(report) == (0, 1, 0, 0, 0)
    assert link("A1").status == "active"


def test_an_ended_record_is_changed_and_not_removed(hanako: Resident):
    imported(row("A1"))

    report = imported(row("A1", status="ended"))

    assert figures(report) == (0, 1, 0, 0, 0)
    assert link("A1").status == "ended"


def test_equal_rows_with_one_reference_count_once(hanako: Resident):
    report = imported(row("A1"), row("A1"))

    assert report.counts.rows == 2
    assert figures(report) == (1, 0, 0, 0, 0)


def test_unlike_rows_with_one_reference_are_all_rejected_and_what_we_had_stays(hanako: Resident):
    imported(row("A1"))

    report, rejects = imported_with_rejects(row("A1", name="甲"), row("A2"), row("A1", name="乙"))

    assert figures(report) == (1, 0, 0, 0, 2)
    assert {reject.reason for reject in rejects} == {DIFFERENT_TWICE}
    assert link("A1").holder_name == "見本　花子"


def test_references_that_differ_by_a_space_or_width_are_different_records(hanako: Resident):
    report = imported(row("A1"), row(" A1"), row("Ａ1"), row("a1"))

    assert figures(report) == (4, 0, 0, 0, 0)
    assert set(Link.objects.values_list("reference", flat=True)) == {"A1", " A1", "Ａ1", "a1"}


def test_one_reference_may_be_used_by_other_institutions_and_categories(hanako: Resident):
    imported(row("A1"))

    other = imported(row("A1"), institution="PN0002")
    third = imported(
        f"{NUMBER},A1,2024-05-01", header="individual_number,reference,linked_on", category="tax"
    )

    assert other.counts.created == third.counts.created == 1
    assert Link.objects.filter(reference="A1").count() == 3


def test_an_institution_first_seen_in_a_feed_has_its_code_as_its_name(hanako: Resident):
    imported(row("A1"))

    assert Institution.objects.get().name_ja == "PN0001"


def test_what_is_missing_stays_in_a_file_that_is_not_complete(hanako: Resident):
    imported(*many(3))

    report = imported(row("A0"))

    assert figures(report) == (0, 0, 1, 0, 0)
    assert Link.objects.standing().count() == 3


def test_what_is_missing_from_a_complete_file_is_removed(hanako: Resident):
    imported(*many(40))

    report = imported(*many(39), complete=True)

    change = Change.objects.latest("pk")
    assert figures(report) == (0, 0, 39, 1, 0)
    assert (change.kind, change.link.reference, change.after) == ("removed", "A39", {"status": "removed"})
    assert link("A39").status == "removed"


def test_a_complete_file_removes_nothing_twice(hanako: Resident):
    imported(*many(40))
    imported(*many(39), complete=True)

    report = imported(*many(39), complete=True)

    assert figures(report) == (0, 0, 39, 0, 0)


def test_what_a_complete_file_forgot_comes_back_with_its_equal_row(hanako: Resident):
    imported(*many(40))
    imported(*many(39), complete=True)

    report = imported(*many(40), complete=True)

    assert figures(report) == (0, 1, 39, 0, 0)
    assert link("A39").status == "active"


@pytest.mark.parametrize(
    "spoilt",
    [
        row("A1").replace("2024-05-01", "2024-13-01"),
        row("A1") + ",too,many",
        row("A1", number=STRANGER),
        "\n".join([row("A1", name="甲"), row("A1", name="乙")]),
    ],
)
def test_a_rejected_row_of_a_complete_file_is_there_nevertheless(hanako: Resident, spoilt: str):
    imported(*many(3))

    report = imported(row("A0"), spoilt, row("A2"), complete=True)

    assert report.counts.removed == 0
    assert link("A1").status == "active"


def test_a_complete_file_leaves_other_feeds_alone(hanako: Resident):
    imported(*many(3), institution="PN0002")
    imported(*many(3))

    imported(*many(3), complete=True)

    assert Link.objects.standing().count() == 6


def test_the_brake_stops_a_complete_file_that_lacks_too_much_and_stores_nothing(hanako: Resident):
    imported(*many(20))

    with pytest.raises(FeedRefused) as refused:
        imported(*many(18), row("B1"), complete=True)

    assert refused.value.reason == store.BRAKE
    assert "2 of 20" in str(refused.value)
    assert Link.objects.standing().count() == 20
    assert not Link.objects.filter(reference="B1").exists()


def test_exactly_the_allowed_percentage_passes_the_brake(hanako: Resident):
    imported(*many(20))

    report = imported(*many(19), complete=True)

    assert report.counts.removed == 1


def test_the_brake_counts_holders_that_change(hanako: Resident, taro: Resident):
    imported(*many(20))

    with pytest.raises(FeedRefused):
        imported(*many(2, number=OTHER_NUMBER))

    assert set(Link.objects.values_list("resident", flat=True)) == {hanako.pk}


def test_the_brake_counts_rows_that_turn_removed(hanako: Resident):
    imported(*many(20))

    with pytest.raises(FeedRefused):
        imported(*many(2, status="removed"))

    assert Link.objects.standing().count() == 20


def test_the_brake_can_be_set(hanako: Resident):
    imported(*many(20))

    report = imported(*many(10), complete=True, max_removed=50)

    assert report.counts.removed == 10


def test_the_brake_does_not_count_what_was_removed_before(hanako: Resident):
    imported(*many(20))
    imported(*many(10), complete=True, max_removed=100)

    with pytest.raises(FeedRefused) as refused:
        imported(*many(9), complete=True)

    assert "1 of 10" in str(refused.value)


def test_an_empty_file_is_valid_and_the_brake_stops_it_only_where_it_says_complete(hanako: Resident):
    imported(*many(3))

    report = imported()
    with pytest.raises(FeedRefused):
        imported(complete=True)

    assert report.counts.rows == 0
    assert Link.objects.standing().count() == 3


def test_an_empty_complete_file_of_a_new_institution_is_done(hanako: Resident):
    assert figures(imported(complete=True)) == (0, 0, 0, 0, 0)


def test_a_refusal_is_kept_with_the_feed_for_staff(hanako: Resident):
    imported(*many(3))

    with pytest.raises(FeedRefused):
        imported(complete=True)

    kept = FeedImport.objects.latest("pk")
    assert kept.state == "refused"
    assert "3 of 3" in kept.refusal


def test_a_refused_file_of_an_unknown_institution_leaves_nothing_at_all(hanako: Resident):
    with pytest.raises(FeedRefused):
        imported('x,"', institution="TYPO")

    assert not Institution.objects.exists()
    assert not FeedImport.objects.exists()


def test_a_dry_run_counts_the_same_and_stores_nothing(hanako: Resident):
    imported(*many(30))

    report = imported(row("A0", name="甲"), row("A1", status="removed"), row("B1"), dry_run=True)

    assert figures(report) == (1, 1, 0, 1, 0)
    assert Link.objects.count() == 30
    assert FeedImport.objects.count() == 1
    assert Change.objects.count() == 30


def test_a_dry_run_is_stopped_by_the_brake_as_well_and_leaves_no_trace(hanako: Resident):
    imported(*many(3))

    with pytest.raises(FeedRefused):
        imported(complete=True, dry_run=True)

    assert FeedImport.objects.count() == 1


def test_a_dry_run_makes_no_institution(hanako: Resident):
    imported(row("A1"), dry_run=True)

    assert not Institution.objects.exists()


def test_an_import_keeps_its_figures_and_its_encoding(hanako: Resident):
    imported(row("A1"), row("A2", number=STRANGER))

    kept = FeedImport.objects.get()
    assert (kept.state, kept.encoding, kept.rows, kept.created, kept.rejected) == ("done", "UTF-8", 2, 1, 1)
    assert kept.finished_at is not None


def test_an_import_is_one_event_of_the_trail(hanako: Resident, supervisor):
    imported(*many(3), by=supervisor)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.subject_kind) == ("feed.imported", supervisor, "import")


def test_two_imports_of_one_feed_cannot_run_at_once(hanako: Resident):
    institution = Institution.objects.create(code="PN0001", name_ja="年金")
    running = FeedImport.objects.create(
        institution=institution, category="pension", started_at=timezone.now()
    )

    with pytest.raises(FeedRefused) as refused:
        imported(row("A1"))

    assert refused.value.reason == store.ALREADY_RUNNING
    assert not Link.objects.exists()
    assert FeedImport.objects.exclude(pk=running.pk).get().state == "refused"


def test_the_database_itself_lets_one_import_of_a_feed_be_open(institution):
    fields = {"institution": institution, "category": "tax", "started_at": timezone.now()}
    FeedImport.objects.create(**fields)

    with pytest.raises(IntegrityError), transaction.atomic():
        FeedImport.objects.create(**fields)


def test_imports_of_different_categories_may_run_at_once(hanako: Resident):
    institution = Institution.objects.create(code="PN0001", name_ja="年金")
    FeedImport.objects.create(institution=institution, category="tax", started_at=timezone.now())

    assert imported(row("A1")).counts.created == 1


def test_a_decision_stands_against_every_equal_row(hanako: Resident):
    imported(row("A1"))
    made = link("A1")
    Link.objects.update(settled_as="unlinked", settled_digest=made.row_digest, verdict="mismatch")

    report = imported(row("A1"))

    assert figures(report) == (0, 0, 1, 0, 0)
    assert (link("A1").settled_as, link("A1").verdict) == ("unlinked", "mismatch")


def test_a_different_row_opens_the_decision_again(hanako: Resident):
    imported(row("A1"))
    made = link("A1")
    Link.objects.update(settled_as="unlinked", settled_digest=made.row_digest, verdict="mismatch")

    imported(row("A1", name="見本　華子"))

    again = link("A1")
    assert (again.settled_as, again.settled_digest, again.verdict) == ("", None, "")


def test_a_file_broken_at_its_end_stores_nothing_of_its_beginning(hanako: Resident):
    with pytest.raises(FeedRefused):
        imported(*many(3), f'{NUMBER},"A4')

    assert not Link.objects.exists()


def test_an_error_in_the_middle_leaves_nothing_half_applied(
    hanako: Resident, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("accounts.intake.whole.ROWS_A_BATCH", 2)
    stored = []

    def stop_after_two(found: object) -> None:
        stored.append(found)
        if len(stored) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(store, "_count", lambda found, counts: stop_after_two(found))
    with pytest.raises(KeyboardInterrupt):
        imported(*many(8))

    assert not Link.objects.exists()
    assert not FeedImport.objects.exists()


def test_a_feed_of_several_batches_is_whole(hanako: Resident, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("accounts.intake.whole.ROWS_A_BATCH", 7)
    monkeypatch.setattr(store, "ROWS_A_BATCH", 7)
    imported(*many(40))

    report = imported(
        *many(20, name="見本　華子"),
        *[row(f"B{place}") for place in range(20)],
        complete=True,
        max_removed=50,
    )

    assert figures(report) == (20, 20, 0, 20, 0)
    assert Link.objects.standing().count() == 40


def test_the_queries_of_an_unchanged_batch_do_not_grow_with_its_rows(
    hanako: Resident, django_assert_max_num_queries
):
    imported(*many(60))

    with django_assert_max_num_queries(14):
        imported(*many(60))


def test_warnings_and_unknown_columns_are_reported(hanako: Resident):
    report = imported(row("A1").replace("lookup_4", "by telepathy") + ",x", header=HEADER + ",備考")

    assert report.unknown_columns == ("備考",)
    assert list(report.warnings.values()) == [1]
    assert link("A1").obtained_by == "unknown"
