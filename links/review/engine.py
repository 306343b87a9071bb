"""The review of many links: judged in batches by key, news stored, then withheld and released set-wise."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from links import watching
from links.models import Change, Finding, Hold, Link, ReviewRun
from links.review import brake, runs, settle
from links.review.outcomes import Outcome, decide, open_case, settled
from links.review.signals import find
from links.review.walk import BATCH, company, next_batch, scoped

Judged = list[tuple[Link, Outcome]]
Listener = Callable[[ReviewRun], None]


def nobody(run: ReviewRun) -> None:
    """Is told how far the run came, and does nothing."""


def review(scope: runs.Scope, *, at: datetime.datetime, told: Listener = nobody) -> ReviewRun:
    """One whole run over that scope, finishing what a kill left open; ReviewError while another one runs.

    `told` is called after each batch. Repeating it changes nothing while the data stay the same.
    """
    with runs.alone():
        return carry_out(runs.begin(scope, at=at), told)


def resume(run_id: int, *, told: Listener = nobody) -> None:
    """Carry out a run that was opened; nothing where it is over."""
    with runs.alone():
        run = ReviewRun.objects.get(pk=run_id)
        if run.state == ReviewRun.State.OPEN:
            carry_out(run, told)


def carry_out(run: ReviewRun, told: Listener) -> ReviewRun:
    """Every batch a transaction of its own: what a kill leaves is where the next one goes on."""
    today = timezone.localdate()
    while batch := next_batch(run):
        store(run, batch, judge([*batch, *company(run, batch)], on=today))
        told(run)
    run.stopped_feeds = withhold(run)
    release(run)
    runs.end(run, ReviewRun.State.FINISHED)
    watching.look(at=timezone.now())
    return run


def judge(links: list[Link], *, on: datetime.date) -> Judged:
    """What the rules and the signals say; a link about which a person decided is left as it is."""
    cases = [open_case(link) for link in links if not (link.verdict and settled(link))]
    signals = find(cases, on=on)
    return [(case.link, decide(case, signals.get(case.link.pk, []))) for case in cases]


@transaction.atomic
def store(run: ReviewRun, batch: list[Link], judged: Judged) -> None:
    """Findings, history and verdicts of what is news, and how far the run came."""
    write(run, still_as_read(news(judged)))
    outcomes = {link.pk: outcome.verdict for link, outcome in judged}
    tally = Counter(run.verdicts) + Counter(outcomes.get(link.pk, link.verdict) for link in batch)
    run.verdicts, run.checked, run.reached = dict(tally), run.checked + len(batch), batch[-1].pk
    run.save(update_fields=["verdicts", "checked", "reached"])


def news(judged: Judged) -> Judged:
    """Those whose data were not judged before, or otherwise than now."""
    before = last_outcomes(link.pk for link, _outcome in judged if link.verdict)
    return [
        (link, outcome)
        for link, outcome in judged
        if before.get(link.pk) != outcome
        or (link.verdict, link.concealed) != (outcome.verdict, outcome.conceals)
    ]


def last_outcomes(link_ids: Iterable[int]) -> dict[int, Outcome]:
    """What was last found about each link."""
    rows = Finding.objects.filter(link__in=list(link_ids)).order_by("pk")
    return {
        link_id: Outcome(*found)
        for link_id, *found in rows.values_list("link_id", "verdict", "reasons", "elements", "conceals")
    }


def still_as_read(judged: Judged) -> Judged:
    """The links, locked, without those that a feed or a person changed since they were read."""
    now = {
        pk: (bytes(digest), *rest)
        for pk, digest, *rest in Link.objects.select_for_update()
        .filter(pk__in=[link.pk for link, _outcome in judged])
        .order_by("pk")
        .values_list("pk", "row_digest", "verdict", "status", "settled_as")
    }
    return [
        (x, outcome)
        for x, outcome in judged
        if now.get(x.pk) == (bytes(x.row_digest), x.verdict, x.status, x.settled_as)
    ]


def write(run: ReviewRun, judged: Judged) -> None:
    """A finding and a line of history for each, and the links' verdicts set-wise."""
    at = timezone.now()
    Finding.objects.bulk_create([finding(run, link, outcome, at) for link, outcome in judged])
    Change.objects.bulk_create([change(link, outcome, at) for link, outcome in judged])
    alike: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    for link, outcome in judged:
        alike[outcome.verdict, outcome.conceals].append(link.pk)
    for (verdict, conceals), keys in alike.items():
        Link.objects.filter(pk__in=keys).update(verdict=verdict, concealed=conceals)


def finding(run: ReviewRun, link: Link, outcome: Outcome, at: datetime.datetime) -> Finding:
    """An unsaved finding."""
    return Finding(
        link_id=link.pk,
        resident_id=link.resident_id,
        run=run,
        rules_version=run.rules_version,
        found_at=at,
        **outcome._asdict(),
    )


def change(link: Link, outcome: Outcome, at: datetime.datetime) -> Change:
    """An unsaved line of the link's history."""
    return Change(
        link_id=link.pk,
        resident_id=link.resident_id,
        kind=Change.Kind.VERDICT,
        before={"verdict": link.verdict},
        after={"verdict": outcome.verdict},
        at=at,
    )


def withhold(run: ReviewRun) -> list[list[object]]:
    """Withhold what points to another person; returns the feeds that the brake stopped."""
    stopped: list[list[object]] = []
    for feed in brake.feeds(run):
        if brake.stops(feed, size := brake.size(run, feed)):
            stopped.append([feed.code, feed.category, feed.new, size])
            continue
        while settled_some(run, feed):
            pass
    return stopped


@transaction.atomic
def settled_some(run: ReviewRun, feed: brake.Feed) -> int:
    """Withhold the next batch of the feed; how many they were."""
    due = feed.links(run).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)[:BATCH]
    links = settle.withhold(
        due, source=Hold.Source.REVIEW, by=None, at=timezone.now(), notice="record.withheld"
    )
    run.withheld += len(links)
    run.save(update_fields=["withheld"])
    return len(links)


def release(run: ReviewRun) -> None:
    """Lift the review's holds on what no longer points to another person."""
    cleared = scoped(run).filter(concealed=False).exclude(verdict="")
    holds = Hold.objects.active().filter(source=Hold.Source.REVIEW, link__in=cleared).order_by("link")
    while due := list(holds.values_list("link", flat=True)[:BATCH]):
        release_some(run, due)


@transaction.atomic
def release_some(run: ReviewRun, due: list[int]) -> None:
    """Lift a batch of the review's holds, and count what is free now."""
    freed = settle.lift(due, source=Hold.Source.REVIEW, by=None, at=timezone.now(), notice="record.released")
    run.released += len(freed)
    run.save(update_fields=["released"])
