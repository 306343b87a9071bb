"""Settlements: state, history, trail and notices together."""

import datetime

import pytest
from django.db import transaction

from accounts.models import AuditEvent
from links.models import Change, Hold, Link
from links.review import settle
from notices.models import Notice
from tests import factories
from tests.links.review.settling import lift, withhold, written

REVIEW, REPORT = Hold.Source.REVIEW, Hold.Source.REPORT


def test_a_withheld_record_has_a_hold_a_change_an_event_and_a_notice(link, now) -> None:
    settle.withhold([link.pk], source=REVIEW, by=None, at=now, notice="record.withheld")

    link.refresh_from_db()
    assert link.held
    hold = Hold.objects.get()
    assert (hold.link, hold.resident, hold.source, hold.placed_at) == (link, link.resident, REVIEW, now)
    change = Change.objects.get()
    assert (change.kind, change.after, change.at, change.by) == ("held", {"source": "review"}, now, None)
    assert AuditEvent.objects.get().verb == "record.withheld"
    notice = Notice.objects.get()
    assert (notice.kind, notice.resident, notice.subject_id) == (
        "record.withheld",
        link.resident,
        link.public_id,
    )


def test_the_doer_stands_in_hold_change_and_trail(link, support) -> None:
    withhold(link, by=support, source=REPORT, reference="abc")
    lift(link, by=support, source=REPORT, reference="abc")

    hold = Hold.objects.get()
    assert (hold.placed_by, hold.lifted_by, hold.reference) == (support, support, "abc")
    assert {change.by for change in Change.objects.all()} == {support}
    assert {event.actor for event in AuditEvent.objects.all()} == {support}


def test_withholding_twice_for_the_same_reason_is_withholding_once(link) -> None:
    first = withhold(link, notice="record.withheld")
    second = withhold(link, notice="record.withheld")

    assert (first, second) == ([link], [])
    assert written(link) == {"changes": 1, "events": 1, "notices": 1}


def test_without_words_nobody_is_told(link) -> None:
    withhold(link)

    assert written(link) == {"changes": 1, "events": 1, "notices": 0}


def test_who_was_told_already_is_not_told_of_the_second_reason(link) -> None:
    withhold(link, notice="record.withheld")

    withhold(link, source=REPORT, reference="abc", notice="record.withheld")

    assert written(link) == {"changes": 2, "events": 2, "notices": 1}


def test_the_last_hold_that_is_lifted_frees_the_record(link) -> None:
    withhold(link)
    withhold(link, source=REPORT, reference="a")
    withhold(link, source=REPORT, reference="b")

    freed = [lift(link), lift(link, source=REPORT, reference="a"), lift(link, source=REPORT, reference="b")]

    assert freed == [[], [], [link]]
    link.refresh_from_db()
    assert not link.held
    assert not Hold.objects.active().exists()


@pytest.mark.parametrize("kept", ["review", "report"])
def test_while_one_hold_stands_the_record_is_withheld_and_nobody_is_told(link, kept) -> None:
    withhold(link)
    withhold(link, source=REPORT, reference="a")
    before = written(link)

    if kept == "report":
        lift(link, notice="record.released")
    else:
        lift(link, source=REPORT, reference="a", notice="record.released")

    link.refresh_from_db()
    assert link.held
    assert written(link) == before


def test_a_freed_record_is_told_once(link) -> None:
    withhold(link)

    lift(link, notice="record.released")
    lift(link, notice="record.released")

    assert Notice.objects.get().kind == "record.released"
    assert Change.objects.filter(kind="released").count() == 1


def test_lifting_what_nothing_holds_changes_nothing(link) -> None:
    assert lift(link, notice="record.released") == []

    assert written(link) == {"changes": 0, "events": 0, "notices": 0}


def test_a_hold_of_another_report_is_not_lifted(link) -> None:
    withhold(link, source=REPORT, reference="a")

    lift(link, source=REPORT, reference="b")

    link.refresh_from_db()
    assert link.held


def test_a_record_can_be_withheld_again_after_it_was_freed(link) -> None:
    withhold(link)
    lift(link)

    assert withhold(link) == [link]

    link.refresh_from_db()
    assert link.held
    assert Hold.objects.count() == 2


def test_settlements_touch_no_other_record(link, resident) -> None:
    other = factories.LinkFactory.create(resident=resident)
    withhold(link, other)

    lift(link)

    other.refresh_from_db()
    assert other.held


def test_many_records_cost_as_many_queries_as_one(resident, django_assert_max_num_queries) -> None:
    links = [factories.LinkFactory.create(resident=resident) for _link in range(30)]

    with django_assert_max_num_queries(14):
        withhold(*links, notice="record.withheld")
    with django_assert_max_num_queries(14):
        freed = lift(*links, notice="record.released")

    assert len(freed) == 30
    assert Notice.objects.count() == 60


@pytest.mark.parametrize("step", [withhold, lift])
def test_what_is_undone_leaves_no_trace(link, step) -> None:
    if step is lift:
        withhold(link)
    before = written(link), Hold.objects.active().count(), Link.objects.get(pk=link.pk).held

    def deed() -> None:
        step(link, notice="record.released")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        transaction.atomic(deed)()

    assert (written(link), Hold.objects.active().count(), Link.objects.get(pk=link.pk).held) == before


def test_a_notice_that_has_no_words_undoes_the_settlement(link) -> None:
    with pytest.raises(KeyError):
        withhold(link, notice="record.eaten")

    link.refresh_from_db()
    assert not link.held
    assert written(link) == {"changes": 0, "events": 0, "notices": 0}


@pytest.mark.parametrize(
    ("as_what", "kind", "verb"),
    [
        (Link.Settlement.UNLINKED, "unlinked", "record.unlinked"),
        (Link.Settlement.RIGHT, "settled_right", "record.settled_right"),
    ],
)
def test_a_decision_ends_every_hold_and_names_the_row_it_judged(
    link, supervisor, now, as_what, kind, verb
) -> None:
    withhold(link)
    withhold(link, source=REPORT, reference="a")

    settle.decide(link.pk, as_what=as_what, by=supervisor, at=now, notice="record.released")

    link.refresh_from_db()
    assert (link.settled_as, bytes(link.settled_digest), link.held) == (
        as_what,
        bytes(link.row_digest),
        False,
    )
    assert link.changed_at == now
    assert not Hold.objects.active().exists()
    assert set(Hold.objects.values_list("lifted_by", flat=True)) == {supervisor.pk}
    change = Change.objects.get(kind=kind)
    assert (change.before, change.after) == ({"settled_as": ""}, {"settled_as": as_what})
    assert AuditEvent.objects.get(verb=verb).actor == supervisor
    assert Notice.objects.filter(kind="record.released").count() == 1


def test_a_hold_that_was_placed_while_we_waited_for_the_lock_is_lifted_all_the_same(link, now) -> None:
    Hold.objects.create(
        link=link, resident=link.resident, source=REVIEW, placed_at=now + datetime.timedelta(seconds=1)
    )

    settle.lift([link.pk], source=REVIEW, by=None, at=now)

    hold = Hold.objects.get()
    assert hold.lifted_at == hold.placed_at


def test_an_unlinked_record_stays_hidden_though_nothing_holds_it(link, supervisor, now) -> None:
    withhold(link)

    settle.decide(link.pk, as_what=Link.Settlement.UNLINKED, by=supervisor, at=now)

    link.refresh_from_db()
    assert not link.shows_details
    assert not link.stands


def test_nothing_frees_an_unlinked_record_afterwards(link, supervisor, now) -> None:
    withhold(link)
    settle.decide(link.pk, as_what=Link.Settlement.UNLINKED, by=supervisor, at=now)

    assert lift(link, notice="record.released") == []

    assert not Notice.objects.exists()


def test_records_are_locked_in_the_order_of_their_keys(resident) -> None:
    links = [factories.LinkFactory.create(resident=resident) for _link in range(3)]

    with transaction.atomic():
        locked = settle.locked(link.pk for link in reversed(links))

    assert locked == links
