"""The brake spares the records of a feed that is itself wrong, and the run says so."""

from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import User
from links import actions
from links.models import Finding, Hold, Link, ReviewRun
from links.review.brake import Feed, awaiting, feeds, stops
from notices.models import Notice
from tests.factories import FindingFactory, InstitutionFactory
from tests.links.review.factories import feed_of, own_record, resent, reviewed, strangers_record

pytestmark = pytest.mark.django_db


def feed(*, new: int, percent: str = "2") -> Feed:
    """A feed of which so many would be withheld."""
    return Feed(1, "BK", "tax", Decimal(percent), new)


@pytest.mark.parametrize(
    ("new", "size", "stopped"),
    [
        (19, 19, False),
        (20, 1000, False),
        (20, 999, True),
        (21, 1000, True),
        (20, 20, True),
        (0, 0, False),
    ],
)
def test_the_brake_stops_above_two_percent_and_from_twenty_records_on(
    new: int, size: int, stopped: bool
) -> None:
    assert stops(feed(new=new), size) is stopped


def test_the_share_is_the_institutions_own() -> None:
    assert not stops(feed(new=40, percent="5"), 800)
    assert stops(feed(new=41, percent="5"), 800)
    assert stops(feed(new=20, percent="0"), 1000000)


def test_nothing_of_a_stopped_feed_is_withheld_and_the_run_says_why() -> None:
    links = feed_of(30, wrong=20)

    run = reviewed()

    assert run.stopped_feeds == [[links[0].institution.code, "tax", 20, 30]]
    assert (run.state, run.withheld) == (ReviewRun.State.FINISHED, 0)
    assert not Hold.objects.exists()
    assert not Notice.objects.exists()


def test_the_verdicts_of_a_stopped_feed_are_stored_and_its_strangers_details_stay_hidden() -> None:
    links = feed_of(25, wrong=20)

    run = reviewed()

    wrong, right = Link.objects.get(pk=links[0].pk), Link.objects.get(pk=links[-1].pk)
    assert run.verdicts == {"mismatch": 20, "match": 5}
    assert Finding.objects.count() == 25
    assert (wrong.verdict, wrong.held, wrong.shows_details) == ("mismatch", False, False)
    assert (right.verdict, right.shows_details) == ("match", True)


def test_other_feeds_go_on_while_one_is_stopped() -> None:
    stopped = feed_of(20, wrong=20)
    other = feed_of(3, wrong=1)
    same_institution = feed_of(2, wrong=2, institution=stopped[0].institution, category="pension")

    run = reviewed()

    assert run.withheld == 3
    held = set(Link.objects.filter(held=True).values_list("pk", flat=True))
    assert held == {other[0].pk, *(link.pk for link in same_institution)}


def test_the_brake_stays_on_while_the_feed_stays_wrong() -> None:
    feed_of(20, wrong=20)
    reviewed()

    again, changes = reviewed(), reviewed(changed_only=True)

    assert len(again.stopped_feeds) == len(changes.stopped_feeds) == 1
    assert not Hold.objects.exists()


def test_a_mended_feed_is_withheld_as_usual_and_nobody_was_told_in_vain() -> None:
    links = feed_of(20, wrong=20)
    reviewed()
    for link in links[1:]:
        owner = link.resident
        resent(
            link,
            holder_name=owner.name,
            holder_kana=owner.name_kana,
            holder_birth_date=owner.birth_date,
            holder_sex=owner.sex,
        )

    run = reviewed(changed_only=True)

    assert (run.stopped_feeds, run.withheld) == ([], 1)
    assert Notice.objects.get(kind="record.withheld").subject_id == links[0].public_id


def test_records_that_are_withheld_already_do_not_pull_the_brake() -> None:
    institution = InstitutionFactory.create()
    feed_of(19, wrong=19, institution=institution)
    reviewed()
    feed_of(5, wrong=5, institution=institution)

    run = reviewed()

    assert (run.stopped_feeds, run.withheld) == ([], 5)


def test_an_institution_with_a_larger_share_of_its_own_is_not_stopped() -> None:
    institution = InstitutionFactory.create(brake_percent=Decimal("100"))
    feed_of(20, wrong=20, institution=institution)

    run = reviewed()

    assert (run.stopped_feeds, run.withheld) == ([], 20)


def test_what_stands_under_a_decision_or_has_no_verdict_awaits_nothing(resident, support: User) -> None:  # noqa: ANN001
    decided, changed, ended = (strangers_record(resident) for _ in range(3))
    waiting = strangers_record(resident)
    own_record(resident)
    Link.objects.update(concealed=True, verdict="mismatch")
    for link in Link.objects.all():
        FindingFactory.create(link=link, conceals=True)
    actions.release(link=decided, by=support, at=timezone.now())
    Link.objects.filter(pk=changed.pk).update(verdict="")
    Link.objects.filter(pk=ended.pk).update(status="removed")
    Link.objects.filter(holder_name=resident.name).update(concealed=False)

    run = ReviewRun.objects.create(rules_version="1", started_at=timezone.now())

    assert list(awaiting(run)) == [waiting]
    assert [(x.code, x.category, x.new) for x in feeds(run)] == [(waiting.institution.code, "tax", 1)]
