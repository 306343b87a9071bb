"""One batch of rows beside the links that we have."""

import datetime

import pytest
from django.utils import timezone

from accounts.intake.reading import Row
from links.feeds import differences
from links.models import FeedImport, Link
from tests import factories
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER

VALUES = {
    "individual_number": NUMBER,
    "reference": "A1",
    "holder_name": "見本　花子",
    "linked_on": datetime.date(2024, 5, 1),
    "pension_number": "1234567890",
}


def a_row(line: int = 2, **values: object) -> Row:
    """A row of a pension feed."""
    return Row(line, VALUES | values)


@pytest.fixture
def feed_import(institution) -> FeedImport:
    """An import that is running."""
    return FeedImport.objects.create(institution=institution, category="pension", started_at=timezone.now())


def test_a_digest_is_equal_for_equal_rows_whatever_their_line():
    assert differences.digest(a_row(2)) == differences.digest(a_row(9))


@pytest.mark.parametrize(
    "other",
    [
        {"holder_name": "見本　華子"},
        {"individual_number": OTHER_NUMBER},
        {"linked_on": datetime.date(2024, 5, 2)},
        {"status": "ended"},
        {"pension_number": "1234567891"},
        {"holder_kana": "ミホン"},
    ],
)
def test_a_digest_differs_with_everything_that_a_row_says(other: dict[str, object]):
    assert differences.digest(a_row()) != differences.digest(a_row(**other))


def test_saying_the_default_is_saying_nothing():
    assert differences.digest(a_row()) == differences.digest(a_row(status="active", obtained_by="unknown"))


def test_a_digest_holds_nothing_of_the_number():
    assert NUMBER.encode() not in differences.digest(a_row())
    assert len(differences.digest(a_row())) == 32


def test_only_columns_of_the_category_become_details_and_days_become_text():
    row = Row(2, VALUES | {"qualified_on": datetime.date(2020, 4, 1), "symbol": "さ国"})

    fields = differences.fields_of(row, resident_id=1, category="health_insurance")

    assert fields["details"] == {"qualified_on": "2020-04-01", "symbol": "さ国"}


def test_what_was_not_sent_gets_its_default():
    fields = differences.fields_of(a_row(), resident_id=7, category="pension")

    assert (fields["resident_id"], fields["status"], fields["obtained_by"]) == (7, "active", "unknown")
    assert (fields["holder_kana"], fields["holder_birth_date"], fields["entered_by"]) == ("", "", "")


def test_rows_are_sorted_into_new_changed_removed_and_unchanged(resident, feed_import: FeedImport, now):
    rows = {
        name: differences.incoming(a_row(reference=name), resident.pk) for name in ("same", "changed", "gone")
    }
    for name, one in rows.items():
        factories.LinkFactory.create(
            resident=resident,
            institution=feed_import.institution,
            category="pension",
            reference=name,
            row_digest=one.digest,
        )
    sent = [
        rows["same"],
        differences.incoming(a_row(reference="changed", holder_name="見本　華子"), resident.pk),
        differences.incoming(a_row(reference="gone", status="removed"), resident.pk),
        differences.incoming(a_row(reference="new"), resident.pk),
    ]

    found = differences.compare(sent, Link.objects.all(), feed_import, at=now)

    assert found.unchanged == 1
    assert [link.reference for link in found.new] == ["new"]
    assert [link.reference for link in found.changed] == ["changed"]
    assert [link.reference for link in found.removed] == ["gone"]


def test_a_row_for_another_number_moves_the_link(resident, neighbour, feed_import: FeedImport, now):
    factories.LinkFactory.create(
        resident=resident, institution=feed_import.institution, category="pension", reference="A1"
    )

    found = differences.compare(
        [differences.incoming(a_row(), neighbour.pk)], Link.objects.all(), feed_import, at=now
    )

    assert found.moved == 1
    assert [change.resident_id for change in found.history] == [resident.pk, neighbour.pk]


def test_the_history_of_two_people_holds_nothing_of_each_other(
    resident, neighbour, feed_import: FeedImport, now
):
    factories.LinkFactory.create(
        resident=resident,
        institution=feed_import.institution,
        category="pension",
        reference="A1",
        holder_name="秘密　一郎",
    )

    found = differences.compare(
        [differences.incoming(a_row(holder_name="公開　二郎"), neighbour.pk)],
        Link.objects.all(),
        feed_import,
        at=now,
    )

    left, came = found.history
    assert "公開" not in f"{left.before}{left.after}"
    assert "秘密" not in f"{came.before}{came.after}"


def test_nothing_is_written_before_it_is_asked_for(resident, feed_import: FeedImport, now):
    differences.compare([differences.incoming(a_row(), resident.pk)], Link.objects.all(), feed_import, at=now)

    assert not Link.objects.exists()
