"""The review of many links: judged in batches by key, news stored, then withheld and released set-wise."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from links import watching
from links.models import Change, Finding, Hold, Link, ReviewPart, ReviewRun
from links.review import announcing, brake, incidents, parts, runs, settle, setwise, walk
from links.review.outcomes import Outcome, decide, open_case, settled
from links.review.signals import codes, heard, owners, with_people
from links.review.walk import BATCH, changed_keys, company, looks_at_changes_only, scoped

Judged = list[tuple[Link, Outcome]]
Listener = Callable[[ReviewRun], None]


def nobody(run: ReviewRun) -> None:
    """Is told how far the run came, and does nothing."""


def review(
    scope: runs.Scope, *, at: datetime.datetime, told: Listener = nobody, begun: Listener = nobody
) -> ReviewRun:
    """One whole run over that scope, finishing what a kill left open; ReviewError while another one runs.

    `begun` is called once there are parts that others may take, `told` after each part or batch.
    Repeating it changes nothing while the data stay the same.
    """
    with runs.alone():
        return carry_out(runs.begin(scope, at=at), told, begun)


def resume(run_id: int, *, told: Listener = nobody, begun: Listener = nobody) -> None:
    """Carry out a run that was opened; nothing where it is over."""
    with runs.alone():
        run = ReviewRun.objects.get(pk=run_id)
        if run.state == ReviewRun.State.OPEN:
            carry_out(run, told, begun)


def assist(run_id: int) -> None:
    """Take parts of a run that somebody else carries out, until none is left; on SQLite nobody can."""
    run = ReviewRun.objects.get(pk=run_id)
    while setwise.available() and check_part(run):
        pass


def carry_out(run: ReviewRun, told: Listener, begun: Listener) -> ReviewRun:
    """Every part a transaction of its own: what a kill leaves is where the next one goes on."""
    if run.total is None and looks_at_changes_only(run):
        check_changes(run, told)
    else:
        parts.cut(run)
        begun(run)
        while check_part(run) or check_part(run, patient=True):
            told(run)
        run.refresh_from_db()  # others counted too
    if not runs.goes_on(run):
        return run
    run.stopped_feeds = withhold(run)
    release(run)
    run.incidents = incidents.found(run)
    run.standing = walk.standing(run)
    runs.end(run, ReviewRun.State.FINISHED)
    watching.look(at=timezone.now())
    return run


@transaction.atomic
def check_part(run: ReviewRun, *, patient: bool = False) -> bool:
    """Judge and store the next part; False where none is left to us, or the run was ended."""
    setwise.plainly()
    part = parts.take(run, patient=patient)
    if part is None:
        return False
    tally, keys = setwise.unchanged(run, part) if setwise.available() else (Counter(), None)
    if keys:
        agreeing, stored = setwise.as_written(run, keys)
        tally, keys = tally + agreeing, [key for key in keys if key not in stored]
    tally += one_by_one(run, part, keys)
    part.done = True
    part.save(update_fields=["done"])
    runs.advance(run, tally, reached=part.last)
    return True


def one_by_one(run: ReviewRun, part: ReviewPart, keys: list[int] | None) -> Counter[str]:
    """Ask the rules about each of these links of the part, all of them where no keys are named."""
    links = scoped(run).filter(pk__range=(part.first, part.last))
    links = links if keys is None else links.filter(pk__in=keys)
    batch = list(with_people(setwise.with_basis(links, run)).order_by("pk")) if keys != [] else []
    return keep(run, batch, judge(batch, on=timezone.localdate()))


def check_changes(run: ReviewRun, told: Listener) -> None:
    """Judge and store what may have another verdict now, in batches by key."""
    while keys := changed_keys(run):
        for start in range(0, len(keys), BATCH):
            if not runs.goes_on(run):
                return
            check_some(run, keys[start : start + BATCH])
            told(run)


@transaction.atomic
def check_some(run: ReviewRun, keys: list[int]) -> None:
    """Judge and store these links, with the company in which a signal may speak about others; tell people."""
    batch = list(with_people(Link.objects.filter(pk__in=keys)).order_by("pk"))
    judged = judge([*batch, *company(run, batch)], on=timezone.localdate())
    before = announcing.verdicts_of(link.pk for link, _outcome in judged)
    store(run, batch, judged, reached=keys[-1])
    announcing.tell(judged, before, at=timezone.now())


def judge(links: list[Link], *, on: datetime.date) -> Judged:
    """What the rules and the signals say; a link about which a person decided is left as it is."""
    cases = [open_case(link) for link in links if not (link.verdict and settled(link))]
    said = heard(cases, on=on)
    signals, whose = codes(said), owners(said)
    return [(x.link, decide(x, signals.get(x.link.pk, []), whose.get(x.link.pk))) for x in cases]


def store(run: ReviewRun, batch: list[Link], judged: Judged, *, reached: int) -> None:
    """Findings, history and verdicts of what is news, and how far the run came."""
    runs.advance(run, keep(run, batch, judged), reached=reached)


def keep(run: ReviewRun, batch: list[Link], judged: Judged) -> Counter[str]:
    """Findings, history and verdicts of what is news; how many of the batch have each verdict."""
    if setwise.available():
        setwise.store(run, judged)
    else:
        write(run, still_as_read(news(judged)))
    outcomes = {link.pk: outcome.verdict for link, outcome in judged}
    return Counter(outcomes.get(link.pk, link.verdict) for link in batch)


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
    return {link_id: Outcome(*found) for link_id, *found in rows.values_list("link_id", *Outcome._fields)}


def still_as_read(judged: Judged) -> Judged:
    """The links, locked, without those that a feed or a person changed since they were read."""
    now = {
        pk: (bytes(digest), *rest)
        for pk, digest, *rest in Link.objects.select_for_update()
        .filter(pk__in=[link.pk for link, _outcome in judged])
        .order_by("pk")
        .values_list("pk", "row_digest", "resident_id", "verdict", "status", "settled_as")
    }
    return [
        (x, outcome)
        for x, outcome in judged
        if now.get(x.pk) == (bytes(x.row_digest), x.resident_id, x.verdict, x.status, x.settled_as)
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
        due, source=Hold.Source.REVIEW, run=run, by=None, at=timezone.now(), notice="record.withheld"
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
