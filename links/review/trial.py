"""A review that stores nothing: what the rules that are installed would change of what stands."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from links.models import Finding, Hold, Institution, Link, ReviewRun
from links.models.links import LinkQuerySet
from links.review import brake, engine, walk
from links.review.outcomes import Outcome, settled
from links.review.rules import RULES_VERSION
from links.review.runs import Scope
from links.review.signals import COLUMNS

NOT_CHECKED = "unreviewed"
WITHHOLD, RELEASE = "withhold", "release"
Feed = tuple[str, str]


class Stored(NamedTuple):
    """What the last finding about a link says, and by which rules it was made."""

    verdict: str
    reasons: list[str]
    conceals: bool
    rules_version: str


class Difference(NamedTuple):
    """One link of which the rules that are installed say something else than what stands."""

    institution: str
    category: str
    reference: str
    was: Stored
    now: Outcome
    effect: str


@dataclass(slots=True)
class Trial:
    """What a trial counted, by feed: nothing of it grows with the number of links.

    `moves` has the old and new verdict; `withheld` is before the brake, `stopped` the feeds that it stops.
    """

    sizes: Counter[Feed] = field(default_factory=Counter)
    moves: Counter[tuple[Feed, str, str]] = field(default_factory=Counter)
    differing: Counter[Feed] = field(default_factory=Counter)
    withheld: Counter[Feed] = field(default_factory=Counter)
    released: Counter[Feed] = field(default_factory=Counter)
    stopped: dict[Feed, tuple[int, int]] = field(default_factory=dict)

    @property
    def would_be_withheld(self) -> int:
        """How many the next run would withhold: nothing of a feed that the brake stops."""
        return sum(number for feed, number in self.withheld.items() if feed not in self.stopped)


def attempt(
    scope: Scope, *, on: datetime.date, told: Callable[[Difference], None], progress: Callable[[int], None]
) -> Trial:
    """Judge every link of the scope; `told` hears of each that would change, `progress` how many were judged.

    Each batch is judged in a transaction that cannot write, and waits for nobody: a run may go on beside it.
    """
    run, trial = _unsaved(scope), Trial()
    last = 0
    while batch := _next(run, after=last):
        last = batch[-1].pk
        for difference in _differences(batch, trial, on=on):
            told(difference)
        progress(trial.sizes.total())
    trial.stopped = _stopped(trial)
    return trial


def size(scope: Scope) -> int:
    """How many links a trial judges."""
    return walk.scoped(_unsaved(scope)).count()


def _unsaved(scope: Scope) -> ReviewRun:
    return ReviewRun(institution=scope.institution, category=scope.category, rules_version=RULES_VERSION)


def _next(run: ReviewRun, *, after: int) -> "list[Link]":
    return list(_with_holds(walk.scoped(run).filter(pk__gt=after)).order_by("pk")[: walk.BATCH])


def _with_holds(links: LinkQuerySet) -> LinkQuerySet:
    """The links with their people, their institution's code, their reference, and who withholds them."""
    holds = Hold.objects.active().filter(link=OuterRef("pk"))
    marked = links.select_related("institution", "resident").annotate(
        held_by_review=Exists(holds.filter(source=Hold.Source.REVIEW)),
        held_by_others=Exists(holds.exclude(source=Hold.Source.REVIEW)),
    )
    return marked.only(*COLUMNS, "reference", "institution__code")


def _differences(batch: list[Link], trial: Trial, *, on: datetime.date) -> Iterator[Difference]:
    """Count the batch; yields what would change of it."""
    with nothing_written():
        judged = {link.pk: outcome for link, outcome in engine.judge(batch, on=on)}
        before = stored(batch)
    for link in batch:
        feed = (link.institution.code, link.category)
        trial.sizes[feed] += 1
        was = before.get(link.pk, Stored(NOT_CHECKED, [], link.concealed, ""))
        now = judged.get(link.pk)
        if now is None:  # a person decided about it: no rules are asked
            trial.moves[feed, was.verdict, was.verdict] += 1
            continue
        effect = effect_of(link, now)
        trial.moves[feed, was.verdict, now.verdict] += 1
        trial.withheld[feed] += effect == WITHHOLD
        trial.released[feed] += effect == RELEASE
        if (was.verdict, was.reasons, was.conceals) != (now.verdict, now.reasons, now.conceals):
            trial.differing[feed] += 1
            yield Difference(*feed, link.reference, was, now, effect)


def stored(batch: list[Link]) -> dict[int, Stored]:
    """What stands about each link that has a verdict, by its key."""
    verdicts = {link.pk: link.verdict for link in batch if link.verdict}
    rows = Finding.objects.filter(link__in=list(verdicts)).order_by("pk")
    last = {link: found for link, *found in rows.values_list("link", "reasons", "rules_version")}
    return {
        link.pk: Stored(link.verdict, reasons, link.concealed, version)
        for link in batch
        if link.verdict
        for reasons, version in [last.get(link.pk, ([], ""))]
    }


def effect_of(link: Link, now: Outcome) -> str:
    """Whether the next run would withhold or free it, as far as the brake lets it; empty for neither."""
    held_by_review, held_by_others = link.held_by_review, link.held_by_others  # type: ignore[attr-defined]
    if now.conceals:
        return "" if held_by_review or settled(link) else WITHHOLD
    return RELEASE if held_by_review and not held_by_others else ""


def _stopped(trial: Trial) -> dict[Feed, tuple[int, int]]:
    """Feeds of which the brake would withhold nothing: how many of how many records it would have been."""
    codes = {code for code, _category in trial.withheld}
    known = Institution.objects.in_bulk(codes, field_name="code")
    feeds = {
        (code, category): brake.Feed(known[code].pk, code, category, known[code].brake_percent, new)
        for (code, category), new in trial.withheld.items()
    }
    return {
        key: (feed.new, trial.sizes[key])
        for key, feed in feeds.items()
        if brake.stops(feed, trial.sizes[key])
    }


@contextmanager
def nothing_written() -> Iterator[None]:
    """The database itself refuses to write meanwhile."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
