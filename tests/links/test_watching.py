"""What waits for staff about institutions: opened from facts, closed when they are gone."""

import datetime

import pytest

from accounts.intake.refusal import FeedRefused
from links import watching
from links.feeds import rollback
from links.models import FeedImport, Institution, Matter, ReviewRun, Source
from tests import factories
from tests.links.fed import DAY, applied, refused
from tests.links.feeds.feeding import NUMBER, imported, many, registered, row


def waiting() -> list[tuple[str, str]]:
    """Kind and category of what is open."""
    return sorted(Matter.objects.open().values_list("kind", "category"))


@pytest.fixture
def weekly(db) -> Institution:
    """An institution that sends every seven days."""
    return factories.InstitutionFactory.create(expected_every_days=7)


@pytest.fixture
def hanako(db):
    """Somebody with a number in the vault."""
    return registered(NUMBER)


def test_a_feed_that_does_not_come_waits_for_staff(weekly, now) -> None:
    applied(weekly, at=now - 20 * DAY)
    applied(weekly, "tax", at=now)

    watching.look(at=now)

    assert waiting() == [("late_feed", "bank_account")]


def test_a_late_feed_waits_no_more_when_it_came(weekly, now) -> None:
    applied(weekly, at=now - 20 * DAY)
    watching.look(at=now)

    applied(weekly, at=now)

    assert waiting() == []
    assert Matter.objects.get().closed_at == now


def test_looking_again_changes_nothing(weekly, now) -> None:
    applied(weekly, at=now - 20 * DAY)
    watching.look(at=now - DAY)

    watching.look(at=now)

    assert Matter.objects.get().opened_at == now - DAY


def test_a_matter_that_somebody_else_opened_at_the_same_moment_is_no_error(weekly, now, monkeypatch) -> None:
    applied(weekly, at=now - 20 * DAY)
    found = watching.causes

    def found_while_another_opened_it(*args, **options) -> set[watching.Cause]:
        (cause,) = found(*args, **options)
        Matter.objects.create(**cause._asdict(), opened_at=now)
        return {cause}

    monkeypatch.setattr(watching, "causes", found_while_another_opened_it)

    watching.look(at=now)

    assert Matter.objects.filter(kind="late_feed").count() == 1


def test_an_institution_that_needs_not_send_any_more_is_not_late(weekly, now) -> None:
    applied(weekly, at=now - 20 * DAY)
    watching.look(at=now)
    Institution.objects.update(expected_every_days=None)

    watching.look(at=now)

    assert waiting() == []


def test_an_institution_that_never_sent_anything_is_not_late(weekly, now) -> None:
    watching.look(at=now)

    assert waiting() == []


def test_a_file_that_the_brake_stopped_waits_with_its_reason(hanako) -> None:
    imported(*many(10))
    with pytest.raises(FeedRefused):
        imported(row("A0"), complete=True)

    matter = Matter.objects.get(kind="feed_refused")

    assert matter.institution.code == "PN0001"
    assert "10件のうち9件" in matter.feed_import.refusal


def test_a_file_that_cannot_be_read_waits_too(hanako) -> None:
    imported(row("A0"))
    with pytest.raises(FeedRefused):
        imported(row("A1"), header="number,name")

    assert ("feed_refused", "pension") in waiting()


def test_a_refused_file_waits_no_more_when_a_good_one_came(hanako) -> None:
    imported(*many(10))
    with pytest.raises(FeedRefused):
        imported(row("A0"), complete=True)

    imported(*many(10), complete=True)

    assert not Matter.objects.open().filter(kind="feed_refused").exists()


def test_the_last_of_several_refused_files_waits(institution, now) -> None:
    refused(institution)
    last = refused(institution)

    watching.look(at=now)

    assert Matter.objects.get().feed_import == last


def test_a_file_that_was_only_tried_waits_for_nobody(hanako) -> None:
    imported(*many(10))
    with pytest.raises(FeedRefused):
        imported(row("A0"), complete=True, dry_run=True)

    assert not Matter.objects.filter(kind="feed_refused").exists()


def test_a_mistyped_institution_of_a_refused_file_leaves_nothing(hanako) -> None:
    with pytest.raises(FeedRefused):
        imported(f'{NUMBER},"A4')

    assert waiting() == []


def test_a_feed_that_the_review_s_brake_stopped_waits(institution, now) -> None:
    stopped = [[institution.code, "tax", 40, 100]]
    ReviewRun.objects.create(
        state="finished", started_at=now, finished_at=now, rules_version="1", stopped_feeds=stopped
    )

    watching.look(at=now)

    assert waiting() == [("review_stopped", "tax")]
    assert ReviewRun.objects.stopped_feeds() == {(institution.code, "tax"): (40, 100)}


def test_it_waits_no_more_when_the_next_run_stops_at_nothing(institution, now) -> None:
    runs = [[[institution.code, "tax", 40, 100]], []]
    for stopped in runs:
        ReviewRun.objects.create(
            state="finished", started_at=now, finished_at=now, rules_version="1", stopped_feeds=stopped
        )
        watching.look(at=now)

    assert waiting() == []


def test_an_institution_first_seen_in_a_feed_waits_for_its_name(hanako) -> None:
    imported(row("A1"))

    assert waiting() == [("unknown_institution", "")]


def test_it_waits_no_more_when_it_has_its_name(hanako, now) -> None:
    imported(row("A1"))
    Institution.objects.update(name_ja="見本年金センター")

    watching.look(at=now)

    assert waiting() == []


def test_what_is_connected_is_known_with_its_last_feed(hanako) -> None:
    imported(row("A1"))
    imported(row("A2"))

    assert Source.objects.get().last_import == FeedImport.objects.latest("pk")


def test_after_a_roll_back_the_feed_before_is_the_last_one(hanako, now) -> None:
    imported(row("A1"))
    first = FeedImport.objects.get()
    imported(row("A2"))

    rollback.rollback(FeedImport.objects.latest("pk").pk, by=None, at=now)

    assert Source.objects.get().last_import == first


def test_after_the_roll_back_of_the_only_feed_nothing_is_connected(hanako, now) -> None:
    imported(row("A1"))

    rollback.rollback(FeedImport.objects.get().pk, by=None, at=now)

    assert not Source.objects.exists()
    assert waiting() == []


def test_looking_at_one_institution_leaves_the_others(weekly, now) -> None:
    other = factories.InstitutionFactory.create(expected_every_days=7)
    for institution in (weekly, other):
        applied(institution, at=now - datetime.timedelta(days=20))

    watching.look(at=now, institution=other.pk)

    assert Matter.objects.get().institution == other


@pytest.mark.parametrize("sources", [1, 12])
def test_looking_costs_the_same_however_many_sources_there_are(
    db, now, sources, django_assert_num_queries
) -> None:
    for _each in range(sources):
        applied(factories.InstitutionFactory.create(expected_every_days=7), at=now - 20 * DAY)

    with django_assert_num_queries(8):
        watching.look(at=now)
