"""Rows into links: what is created, changed, removed, rejected."""

import datetime

import pytest
from django.utils import timezone

from accounts import vault
from accounts.models import Resident, SealedNumber
from links.feeds.fates import DIFFERENT_TWICE, NOT_IN_REGISTER
from links.models import Change, FeedImport, Institution, Link
from tests.links.feeds.feeding import (
    NUMBER,
    OTHER_NUMBER,
    STRANGER,
    figures,
    imported,
    imported_with_rejects,
    link,
    many,
    row,
)

pytestmark = pytest.mark.django_db


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
        (3, "individual_number", NOT_IN_REGISTER)
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


def test_a_record_follows_its_number_when_the_register_gives_that_to_another_person(
    hanako: Resident, taro: Resident
):
    imported(row("A1"))
    SealedNumber.objects.filter(resident=hanako).delete()
    SealedNumber.objects.filter(resident=taro).update(fingerprint=vault.fingerprint(NUMBER))

    report = imported(row("A1"), max_removed=100)

    assert figures(report) == (0, 1, 0, 0, 0)
    assert link("A1").resident == taro


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
