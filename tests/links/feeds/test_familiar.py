"""Rows that come just as they came before are not read again, and mean what they meant."""

import io

import pytest
from django.utils import timezone

from accounts import vault
from accounts.intake.fields import WRONG_CHECK_DIGIT
from accounts.intake.reading import Reading
from accounts.models import Resident, SealedNumber
from links.feeds import familiar, rollback, single, store
from links.feeds.columns import FEEDS
from links.feeds.fates import NOT_IN_REGISTER
from links.feeds.staging import Familiar
from links.models import FeedImport, Link
from tests.links.feeds.feeding import (
    HEADER,
    NUMBER,
    TODAY,
    figures,
    imported,
    imported_with_rejects,
    link,
    many,
    registered,
    row,
)

pytestmark = pytest.mark.django_db


def known(*rows: str, header: str = HEADER) -> list[bool]:
    """Of each row, whether it need not be read, had it come after the last import."""
    file = io.BytesIO("\n".join([header, *rows]).encode())
    reading = Reading(file, FEEDS["pension"], today=TODAY)
    last = FeedImport.objects.latest("pk")
    return [isinstance(one, Familiar) for one in familiar.rows(reading, last)]


def test_a_row_is_known_once_it_came(hanako: Resident):
    imported(row("A1"))

    assert known(row("A1"), row("A2")) == [True, False]


def test_more_rows_than_one_look_are_known_each(hanako: Resident, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(familiar, "ROWS_A_LOOK", 3)
    imported(*many(8))

    assert known(*many(8)) == [True] * 8
    assert figures(imported(*many(8))) == (0, 0, 8, 0, 0)


@pytest.mark.parametrize(
    "other",
    [
        row("A1", name="見本　華子"),
        row("A1", name="見本　花子 "),
        row("A1", status="ended"),
        row("A1", number="511158466584"),
        row("A1", number=""),
        row("A1").replace("ミホン　", "ミホン"),
    ],
)
def test_a_row_that_differs_in_anything_is_read(hanako: Resident, other: str):
    imported(row("A1"))

    assert known(other) == [False]


def test_a_row_with_another_number_is_known_and_hangs_on_whom_that_names(hanako: Resident):
    other = registered("511158466583")
    imported(row("A1"))

    moved = row("A1", number="511158466583")

    assert known(moved) == [True]
    assert figures(imported(moved, max_removed=100)) == (0, 1, 0, 0, 0)
    assert link("A1").resident == other


def test_a_known_row_with_an_unsound_number_is_refused_in_words(hanako: Resident):
    imported(row("A1"))

    again, rejects = imported_with_rejects(row("A1", number="511158466584"))

    assert figures(again) == (0, 0, 0, 0, 1)
    assert [reject.reason for reject in rejects] == [WRONG_CHECK_DIGIT]


def test_the_same_cells_under_other_headings_are_read(hanako: Resident):
    imported(row("A1"))

    assert known(row("A1"), header=HEADER.replace("holder_name,holder_kana", "holder_kana,holder_name")) == [
        False
    ]


def test_the_same_under_the_japanese_headings_is_known(hanako: Resident):
    imported(row("A1"))

    assert known(row("A1"), header=HEADER.replace("holder_name", "名義人氏名")) == [True]


def test_columns_in_another_order_say_the_same_all_the_same(hanako: Resident):
    imported(row("A1"))
    names, cells = HEADER.split(","), row("A1").split(",")

    again = imported(",".join(reversed(cells)), header=",".join(reversed(names)))

    assert figures(again) == (0, 0, 1, 0, 0)


def test_what_there_is_to_warn_of_is_warned_of_each_time(hanako: Resident):
    odd = row("A1").replace("lookup_4", "telepathy")
    first = imported(odd)

    again = imported(odd)

    assert again.warnings == first.warnings
    assert known(odd) == [False]


def test_rules_that_known_rows_break_are_counted_each_time(hanako: Resident):
    imported(*many(3))

    imported(*many(3))

    first, second = FeedImport.objects.order_by("pk")
    assert second.broken_rules == first.broken_rules != {}


def test_a_known_row_follows_its_number_to_another_person(hanako: Resident, taro: Resident):
    imported(row("A1"))
    SealedNumber.objects.filter(resident=taro).delete()
    SealedNumber.objects.filter(resident=hanako).update(resident=taro)

    again = imported(row("A1"), max_removed=100)

    assert figures(again) == (0, 1, 0, 0, 0)
    assert link("A1").resident == taro
    assert link("A1").holder_name == "見本　花子"


def test_a_known_row_whose_number_left_the_register_is_rejected(hanako: Resident):
    imported(row("A1"))
    SealedNumber.objects.filter(resident=hanako).update(fingerprint=vault.fingerprint("511158466583"))

    again, rejects = imported_with_rejects(row("A1"))

    assert figures(again) == (0, 0, 0, 0, 1)
    assert [(reject.line, reject.reason) for reject in rejects] == [(2, NOT_IN_REGISTER)]


def test_a_record_that_a_complete_file_removed_comes_back(hanako: Resident):
    imported(*many(2))
    imported(row("A0"), complete=True, max_removed=100)

    again = imported(*many(2))

    assert figures(again) == (0, 1, 1, 0, 0)
    assert link("A1").status == Link.Status.ACTIVE


def test_a_record_that_a_machine_ended_is_active_again(hanako: Resident):
    imported(row("A1"))
    order = store.Order("PN0001", "pension", today=TODAY, at=timezone.now())
    single.end("A1", order, losing=lambda: None)

    again = imported(row("A1"))

    assert figures(again) == (0, 1, 0, 0, 0)
    assert link("A1").status == Link.Status.ACTIVE


def test_a_row_is_known_no_more_once_its_import_was_rolled_back(hanako: Resident):
    made = imported(row("A1")).import_id
    assert made is not None
    rollback.rollback(made, by=None, at=timezone.now())

    again = imported(row("A1"))

    assert figures(again) == (1, 0, 0, 0, 0)


def test_of_two_equal_rows_one_counts(hanako: Resident):
    imported(row("A1"))

    assert known(row("A1"), row("A1")) == [True, True]
    assert figures(imported(row("A1"), row("A1"))) == (0, 0, 1, 0, 0)


def test_what_a_row_is_known_by_holds_no_number(hanako: Resident):
    registered("511158466583")
    imported(row("A1"), row("A2", number="511158466583"))

    digests = [bytes(digest) for digest in Link.objects.values_list("sent_digest", flat=True)]

    assert [len(digest) for digest in digests] == [32, 32]
    assert not any(NUMBER.encode() in digest for digest in digests)
