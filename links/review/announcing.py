"""Tells people what a check of changes found about their records: new ones, changed ones, another result.

What was withheld is told where it is withheld. The first feed of a source tells nobody: everyone would hear
at once of what they have had for years, and the office announces that itself.
"""

import datetime
from collections.abc import Iterable, Mapping

from django.db.models import Count

from links.models import FeedImport, Finding, Link
from links.review.outcomes import Outcome
from notices.actions import Fact, tell_many

Source = tuple[int, str]


def verdicts_of(link_ids: Iterable[int]) -> dict[int, str]:
    """The last verdict that was found about each of these links, if there is one."""
    rows = Finding.objects.filter(link__in=list(link_ids)).order_by("pk")
    return dict(rows.values_list("link", "verdict"))


def tell(judged: Iterable[tuple[Link, Outcome]], before: Mapping[int, str], *, at: datetime.datetime) -> None:
    """Tell what is news about links as they were read before this check, given their last verdicts."""
    shown = [(link, outcome) for link, outcome in judged if not (link.held or outcome.conceals)]
    told = [(link, kind) for link, outcome in shown if (kind := kind_of(link, outcome, before.get(link.pk)))]
    new = {(link.institution_id, link.category) for link, kind in told if kind == "record.linked"}
    begun = begun_before(new)
    facts: list[Fact] = [
        (link.resident_id, kind, ("link", link.public_id), link.area)
        for link, kind in told
        if kind != "record.linked" or (link.institution_id, link.category) in begun
    ]
    tell_many(facts, at=at)


def kind_of(link: Link, outcome: Outcome, before: str | None) -> str:
    """What is told about a link; empty where nothing changed for its person."""
    if before is None:
        return "record.linked"
    if before != outcome.verdict:
        return "record.checked"
    # a feed that changes a row takes its verdict away
    return "" if link.verdict else "record.changed"


def begun_before(sources: Iterable[Source]) -> set[Source]:
    """Those sources of which more than one feed was applied."""
    wanted = set(sources)
    if not wanted:
        return set()
    fed = FeedImport.objects.done().filter(institution__in={institution for institution, _ in wanted})
    counted = fed.values_list("institution", "category").annotate(feeds=Count("pk")).filter(feeds__gt=1)
    return {(institution, category) for institution, category, _feeds in counted} & wanted
