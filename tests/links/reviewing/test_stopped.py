"""A feed that the brake stopped, and what happens once a person looked at it."""

from links.models import Hold, Link
from links.review import settle
from links.reviewing import stopped
from links.tasks import withhold_stopped
from notices.models import Notice
from tests.links.review.factories import reviewed


def withheld_now(run, institution, by) -> None:
    withhold_stopped(run_id=run.pk, institution=institution.code, category="tax", by_id=by.pk)


def test_a_stopped_feed_says_how_much_would_have_been_withheld(stopped_run, wrong_feed) -> None:
    (feed,) = stopped.of_run(stopped_run)

    assert (feed.institution, feed.category, str(feed.title)) == (wrong_feed, "tax", "Tax and income")
    assert (feed.new, feed.size, feed.waiting) == (25, 100, 25)
    assert not Link.objects.filter(held=True).exists()


def test_once_a_person_looked_its_records_are_withheld_and_people_told(
    stopped_run, wrong_feed, data_officer
) -> None:
    withheld_now(stopped_run, wrong_feed, data_officer)

    assert Link.objects.filter(held=True).count() == 25
    assert set(Hold.objects.values_list("source", "placed_by")) == {("review", data_officer.pk)}
    assert Notice.objects.filter(kind="record.withheld").count() == 25
    stopped_run.refresh_from_db()
    assert stopped_run.withheld == 25


def test_withholding_once_more_does_nothing(stopped_run, wrong_feed, data_officer) -> None:
    withheld_now(stopped_run, wrong_feed, data_officer)

    withheld_now(stopped_run, wrong_feed, data_officer)

    assert Hold.objects.count() == 25
    assert stopped.of_run(stopped_run)[0].waiting == 0


def test_what_people_decided_meanwhile_is_left_alone(stopped_run, wrong_feed, data_officer, now) -> None:
    right = Link.objects.filter(concealed=True).earliest("pk")
    settle.decide(right.pk, as_what=Link.Settlement.RIGHT, by=data_officer, at=now)

    withheld_now(stopped_run, wrong_feed, data_officer)

    right.refresh_from_db()
    assert right.held is False
    assert Link.objects.filter(held=True).count() == 24


def test_the_next_run_does_not_stop_it_again(stopped_run, wrong_feed, data_officer) -> None:
    withheld_now(stopped_run, wrong_feed, data_officer)

    again = reviewed()

    assert again.stopped_feeds == []
    assert Link.objects.filter(held=True).count() == 25


def test_a_large_feed_is_withheld_in_batches(stopped_run, wrong_feed, data_officer, monkeypatch) -> None:
    monkeypatch.setattr(stopped, "BATCH", 10)

    withheld_now(stopped_run, wrong_feed, data_officer)

    stopped_run.refresh_from_db()
    assert (Link.objects.filter(held=True).count(), stopped_run.withheld) == (25, 25)
