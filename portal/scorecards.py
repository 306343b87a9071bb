"""A scorecard for each institution: computed daily, rounded before it is stored."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q

from links import registration
from links.models import Institution, Link, Source
from links.registration import FROM_APPLICANT, RULES, Facts
from portal.figures import PUT_RIGHT, WRONG, days_to_correction, median, rounded
from portal.models import Scorecard

INSTITUTIONS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What is known about one institution, exactly: how its records were registered, what came of them."""

    registered: Counter[Facts] = field(default_factory=Counter)
    wrong: int = 0
    put_right: int = 0
    days: Sequence[int] = ()
    sources: Sequence[Source] = ()


@transaction.atomic
def compute(*, day: datetime.date) -> None:
    """Compute every scorecard of the day and store it; once more on the same day replaces it."""
    works = known()
    cards = [scorecard(key, works.get(key, Work()), day=day) for key in institutions()]
    fields = [each.name for each in Scorecard._meta.fields if each.name not in ("id", "day", "institution")]
    Scorecard.objects.bulk_create(
        cards,
        batch_size=INSTITUTIONS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["day", "institution"],
        update_fields=fields,
    )


def institutions() -> list[int]:
    """The keys of all of them."""
    return list(Institution.objects.order_by("pk").values_list("pk", flat=True))


def known() -> dict[int, Work]:
    """What is known about each institution; five queries, one of them over all links."""
    registered, days, sources = registration.registered(), days_to_correction(), sources_by_institution()
    wrong, put_right = count(WRONG), count(PUT_RIGHT)
    return {
        key: Work(
            registered.get(key, Counter()),
            wrong.get(key, 0),
            put_right.get(key, 0),
            days.get(key, []),
            sources.get(key, []),
        )
        for key in registered.keys() | days.keys() | sources.keys() | wrong.keys() | put_right.keys()
    }


def count(which: Q) -> dict[int, int]:
    """How many such records each institution has."""
    counted = Link.objects.filter(which).values("institution").annotate(records=Count("pk")).order_by()
    return dict(counted.values_list("institution", "records"))


def sources_by_institution() -> dict[int, list[Source]]:
    """What each institution has connected."""
    found: defaultdict[int, list[Source]] = defaultdict(list)
    for source in Source.objects.at_hand():
        found[source.institution_id].append(source)
    return found


def scorecard(institution: int, work: Work, *, day: datetime.date) -> Scorecard:
    """An unsaved scorecard, of which nothing exact remains."""
    records, feeds = work.registered.total(), [source.last_import for source in work.sources]
    late = [since for source in work.sources if (since := source.late_since(day))]
    broken = Counter(registration.broken(work.registered))
    return Scorecard(
        day=day,
        institution_id=institution,
        records=rounded(records),
        from_applicant_percent=percent(obtained(work, *FROM_APPLICANT), records),
        looked_up_by_three_percent=percent(obtained(work, "lookup_3"), records),
        found_wrong=rounded(work.wrong),
        put_right=rounded(work.put_right),
        median_days=median(list(work.days)),
        rejected_percent=percent(sum(feed.rejected for feed in feeds), sum(feed.rows for feed in feeds)),
        broken_rules={rule.code: rounded(broken[rule.code]) for rule in RULES},
        fed_on=max((source.fed_on for source in work.sources), default=None),
        late_since=min(late, default=None),
    )


def obtained(work: Work, *ways: str) -> int:
    """How many numbers were obtained in one of these ways."""
    return sum(rows for facts, rows in work.registered.items() if facts.obtained_by in ways)


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent, made of rounded counts; None where one of them is too small to tell."""
    told, of = rounded(part), rounded(whole)
    return 100 * told // of if told and of else None
