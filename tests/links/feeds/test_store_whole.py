"""All of a file or nothing: dry runs, locks, decisions, kills."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.intake.refusal import FeedRefused
from accounts.models import AuditEvent, Resident
from links.feeds import store
from links.feeds.columns import UNKNOWN_OBTAINED_BY
from links.models import Change, FeedImport, Institution, Link
from tests.links.feeds.feeding import (
    HEADER,
    NUMBER,
    STRANGER,
    figures,
    imported,
    link,
    many,
    registered,
    row,
)

pytestmark = pytest.mark.django_db


def test_a_dry_run_counts_the_same_and_stores_nothing(hanako: Resident):
    imported(*many(30))

    report = imported(row("A0", name="甲"), row("A1", status="removed"), row("B1"), dry_run=True)

    assert figures(report) == (1, 1, 0, 1, 0)
    assert Link.objects.count() == 30
    assert FeedImport.objects.count() == 1
    assert Change.objects.count() == 30


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


def test_another_person_opens_the_decision_again_though_the_row_says_the_same(hanako: Resident):
    registered(STRANGER)
    imported(row("A1"))
    Link.objects.update(settled_as="right", settled_digest=link("A1").row_digest, verdict="mismatch")

    imported(row("A1", number=STRANGER), max_removed=100)

    again = link("A1")
    assert (again.settled_as, again.settled_digest, again.verdict) == ("", None, "")


def test_the_same_record_twice_with_two_numbers_is_two_different_rows(hanako: Resident):
    registered(STRANGER)

    report = imported(row("A1"), row("A1", number=STRANGER))

    assert figures(report) == (0, 0, 0, 0, 2)


def test_a_file_broken_at_its_end_stores_nothing_of_its_beginning(hanako: Resident):
    with pytest.raises(FeedRefused):
        imported(*many(3), f'{NUMBER},"A4')

    assert not Link.objects.exists()


def test_an_error_in_the_middle_leaves_nothing_half_applied(
    hanako: Resident, monkeypatch: pytest.MonkeyPatch
):
    def killed(*_args: object, **_options: object) -> None:
        assert Link.objects.count() == 8
        raise KeyboardInterrupt

    imported(row("A0"))
    monkeypatch.setattr(store, "finish", killed)
    with pytest.raises(KeyboardInterrupt):
        imported(*many(8))

    assert Link.objects.count() == 1
    assert list(FeedImport.objects.values_list("state", flat=True).order_by("pk")) == ["done", "refused"]


def test_an_import_asks_no_more_for_more_rows(hanako: Resident):
    def queries(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            imported(*many(count), complete=True, max_removed=100)
        return len(captured)

    queries(300)

    assert queries(290) == queries(5)


def test_warnings_and_unknown_columns_are_reported(hanako: Resident):
    report = imported(row("A1").replace("lookup_4", "by telepathy") + ",x", header=HEADER + ",備考")

    assert report.unknown_columns == ("備考",)
    assert report.warnings[UNKNOWN_OBTAINED_BY] == 1
    assert link("A1").obtained_by == "unknown"
