"""Complete files and the brake."""

import pytest

from accounts.intake.refusal import FeedRefused
from accounts.models import Resident
from links.feeds import store
from links.models import Change, FeedImport, Institution, Link
from tests.links.feeds.feeding import (
    OTHER_NUMBER,
    STRANGER,
    figures,
    imported,
    link,
    many,
    row,
)

pytestmark = pytest.mark.django_db


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


def test_a_dry_run_is_stopped_by_the_brake_as_well_and_leaves_no_trace(hanako: Resident):
    imported(*many(3))

    with pytest.raises(FeedRefused):
        imported(complete=True, dry_run=True)

    assert FeedImport.objects.count() == 1
