"""A scorecard for each institution: computed daily, rounded before it is stored."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from links import registration
from links.models import Institution, Source
from links.registration import FROM_APPLICANT, RULES, Facts
from portal.counting import PUT_RIGHT, WRONG, days_to_correction, everything, sum_of
from portal.disclosure import Measure, count, median, percent, rounded, tell, total
from portal.models import Scorecard

INSTITUTIONS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Work:
    """What is known about one institution, exactly: how its records were registered, what came of them."""

    registered: Counter[Facts] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    days: Sequence[int] = ()
    sources: Sequence[Source] = ()


@transaction.atomic
def compute(*, day: datetime.date) -> None:
    """Compute every scorecard of the day and store it; once more on the same day replaces it."""
    works, keys = known(), institutions()
    told = tell({(f"{key}:{name}"): each for key in keys for name, each in measures(works.get(key)).items()})
    cards = [scorecard(key, works.get(key, Work()), of_institution(told, key), day=day) for key in keys]
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
    """What is known about each institution; five queries, two of them over all links."""
    registered, counts = registration.registered(), everything()
    days, sources = days_to_correction(), sources_by_institution()
    return {
        key: Work(
            registered.get(key, Counter()),
            counts.get(key, Counter()),
            days.get(key, []),
            sources.get(key, []),
        )
        for key in registered.keys() | counts.keys() | days.keys() | sources.keys()
    }


def sources_by_institution() -> dict[int, list[Source]]:
    """What each institution has connected."""
    found: defaultdict[int, list[Source]] = defaultdict(list)
    for source in Source.objects.at_hand():
        found[source.institution_id].append(source)
    return found


def measures(work: Work | None) -> dict[str, Measure]:
    """Everything about an institution that is told one by one."""
    work = work or Work()
    broken = Counter(registration.broken(work.registered))
    counts = {
        "records": work.registered.total(),
        "from_applicant": obtained(work, *FROM_APPLICANT),
        "looked_up_by_three": obtained(work, "lookup_3"),
        "wrong": sum_of(work.counts, WRONG),
        "put_right": sum_of(work.counts, PUT_RIGHT),
        **{f"breaks_{rule.code}": broken[rule.code] for rule in RULES},
    }
    return {name: count(cases) for name, cases in counts.items()} | {"median_days": median(list(work.days))}


def of_institution(told: Mapping[str, int | None], key: int) -> dict[str, int | None]:
    """What is told of one institution, by its own names."""
    return {name: told[f"{key}:{name}"] for name in measures(None)}


def scorecard(
    institution: int, work: Work, told: Mapping[str, int | None], *, day: datetime.date
) -> Scorecard:
    """An unsaved scorecard, made of nothing exact but days."""
    feeds = [source.last_import for source in work.sources]
    late = [since for source in work.sources if (since := source.late_since(day))]
    rows, rejected = (rounded(sum(getattr(feed, name) for feed in feeds)) for name in ("rows", "rejected"))
    return Scorecard(
        day=day,
        institution_id=institution,
        records=told["records"],
        from_applicant_percent=percent(told["from_applicant"], told["records"]),
        looked_up_by_three_percent=percent(told["looked_up_by_three"], told["records"]),
        found_wrong=total((told["wrong"], told["put_right"])),
        put_right=told["put_right"],
        median_days=told["median_days"],
        rejected_percent=percent(rejected, rows),
        broken_rules={rule.code: told[f"breaks_{rule.code}"] for rule in RULES},
        fed_on=max((source.fed_on for source in work.sources), default=None),
        late_since=min(late, default=None),
    )


def obtained(work: Work, *ways: str) -> int:
    """How many numbers were obtained in one of these ways."""
    return sum(rows for facts, rows in work.registered.items() if facts.obtained_by in ways)
