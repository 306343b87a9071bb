"""A row on its way into the temporary table."""

import datetime

import pytest
from django.db import connection, transaction

from accounts.intake.reading import Reject, Row
from links.feeds import staging
from links.feeds.staging import Fresh
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER

VALUES = {
    "individual_number": NUMBER,
    "reference": "A1",
    "holder_name": "見本　花子",
    "linked_on": datetime.date(2024, 5, 1),
    "pension_number": "1234567890",
}
PENSION = ("pension_number",)


def a_row(line: int = 2, **values: object) -> Row:
    """A row of a pension feed."""
    return Row(line, VALUES | values)


def staged(row: Row, details: tuple[str, ...] = PENSION) -> dict[str, object]:
    """The row as the temporary table holds it, by column."""
    return dict(zip(staging.COLUMNS, staging.record(Fresh(row), details), strict=True))


def digest(row: Row) -> object:
    """The digest of everything that the row says."""
    return staged(row)["row_digest"]


def test_a_digest_is_equal_for_equal_rows_whatever_their_line():
    assert digest(a_row(2)) == digest(a_row(9))


@pytest.mark.parametrize(
    "other",
    [
        {"holder_name": "見本　華子"},
        {"linked_on": datetime.date(2024, 5, 2)},
        {"status": "ended"},
        {"pension_number": "1234567891"},
        {"holder_kana": "ミホン"},
    ],
)
def test_a_digest_differs_with_everything_that_a_row_says(other: dict[str, object]):
    assert digest(a_row()) != digest(a_row(**other))


def test_a_digest_says_nothing_about_the_number():
    assert digest(a_row()) == digest(a_row(individual_number=OTHER_NUMBER))
    assert staged(a_row())["fingerprint"] != staged(a_row(individual_number=OTHER_NUMBER))["fingerprint"]


def test_text_that_moves_from_one_cell_to_the_next_is_another_row():
    assert digest(a_row(holder_name="甲", holder_kana="乙")) != digest(a_row(holder_name="甲乙"))


def test_saying_the_default_is_saying_nothing():
    assert digest(a_row()) == digest(a_row(status="active", obtained_by="unknown"))


def test_nothing_that_is_staged_holds_the_number():
    assert NUMBER not in f"{staged(a_row())}"
    assert len(digest(a_row())) == 32


def test_only_columns_of_the_category_become_details_and_days_become_text():
    row = a_row(qualified_on=datetime.date(2020, 4, 1), symbol="さ国")

    assert staged(row, ("qualified_on", "symbol"))["details"] == (
        '{"qualified_on": "2020-04-01", "symbol": "さ国"}'
    )


def test_what_was_not_sent_gets_its_default():
    fields = staged(a_row())

    assert (fields["status"], fields["obtained_by"]) == ("active", "unknown")
    assert (fields["holder_kana"], fields["holder_birth_date"], fields["entered_by"]) == ("", "", "")


@pytest.mark.django_db
def test_a_rejected_row_is_there_once_for_every_record_that_it_may_have_meant():
    loose = Reject(3, "", "too many cells", "", {}, ("A2", "nul\0", "x"))
    unread = Reject(4, "", "text after a quotation mark", "", {})

    with transaction.atomic(), staging.temporary(*staging.TABLES), connection.cursor() as cursor:
        staging.load([Fresh(a_row()), loose, unread], category="pension")
        cursor.execute("SELECT line, reference, reason IS NULL FROM feed_rows ORDER BY line, reference")
        rows = [(line, reference, bool(good)) for line, reference, good in cursor.fetchall()]

    assert rows == [(2, "A1", True), (3, "A2", False), (3, "x", False), (4, None, False)]
