"""The engine goes in batches: bounded, whole or not at all, gone on with after a kill."""

import pytest
from django.utils import timezone

from accounts.models import Resident
from links.models import Finding, Hold, Link, ReviewRun
from links.review import engine
from links.review.rules import RULES_VERSION
from links.review.runs import Scope
from notices.models import Notice
from tests.links.review.factories import (
    feed_of,
    own_record,
    resent,
    reviewed,
    strangers_record,
)

pytestmark = pytest.mark.django_db


def test_batches_go_on_where_the_last_one_ended(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("links.review.walk.BATCH", 2)
    for _ in range(5):
        own_record(resident)
    seen: list[int] = []

    run = engine.review(Scope(), at=timezone.now(), told=lambda run: seen.append(run.checked))

    assert seen == [2, 4, 5]
    assert run.reached == Link.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_withholding_and_releasing_go_in_batches_until_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("links.review.engine.BATCH", 2)
    links = feed_of(5, wrong=5)

    run = reviewed()
    Link.objects.update(concealed=False)
    engine.release(run)

    assert run.withheld == run.released == len(links)
    assert not Hold.objects.active().exists()


class Killed(Exception):
    """The process died."""


def test_a_run_killed_between_two_batches_ends_as_if_nothing_had_happened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("links.review.walk.BATCH", 3)
    feed_of(8, wrong=2)
    with pytest.raises(Killed):
        engine.review(Scope(), at=timezone.now(), told=lambda run: _die())

    run = reviewed()

    assert ReviewRun.objects.get() == run
    assert (run.state, run.checked, run.withheld) == ("finished", 8, 2)
    assert run.verdicts == {"mismatch": 2, "match": 6}
    assert Finding.objects.count() == 8
    assert Notice.objects.count() == 2


def test_a_run_killed_while_withholding_withholds_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("links.review.engine.BATCH", 2)
    feed_of(5, wrong=3)
    real = engine.settled_some
    monkeypatch.setattr("links.review.engine.settled_some", lambda run, feed: real(run, feed) and _die())
    with pytest.raises(Killed):
        reviewed()
    monkeypatch.setattr("links.review.engine.settled_some", real)

    run = reviewed()

    assert run.withheld == 3
    assert Link.objects.filter(held=True).count() == Notice.objects.count() == 3


def _die() -> None:
    raise Killed


def test_a_batch_is_stored_whole_or_not_at_all(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    link = own_record(resident)
    monkeypatch.setattr("links.review.runs.advance", lambda *args, **kwargs: _die())

    with pytest.raises(Killed):
        reviewed()

    link.refresh_from_db()
    assert link.verdict == ""
    assert not Finding.objects.exists()
    assert ReviewRun.objects.get().reached == 0


def test_a_row_that_a_feed_changed_meanwhile_keeps_no_verdict_of_the_old_one(resident: Resident) -> None:
    link = own_record(resident)
    run = ReviewRun.objects.create(rules_version=RULES_VERSION, started_at=timezone.now())
    as_read = list(Link.objects.select_related("resident"))
    judged = engine.judge(as_read, on=timezone.localdate())
    resent(link, holder_name="見本　太郎")

    engine.store(run, as_read, judged, reached=link.pk)

    link.refresh_from_db()
    assert link.verdict == ""
    assert not Finding.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_links(
    resident: Resident, django_assert_max_num_queries
) -> None:
    for _ in range(30):
        own_record(resident)
    strangers_record(resident)

    with django_assert_max_num_queries(70):
        reviewed()


def test_repeating_a_run_asks_a_handful_of_queries(resident: Resident, django_assert_max_num_queries) -> None:
    for _ in range(30):
        own_record(resident)
    reviewed()

    with django_assert_max_num_queries(41):
        reviewed()


def test_resuming_a_run_that_is_over_does_nothing(resident: Resident) -> None:
    run = reviewed()
    own_record(resident)

    engine.resume(run.pk)

    run.refresh_from_db()
    assert run.checked == 0
