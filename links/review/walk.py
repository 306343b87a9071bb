"""Which links a run reviews, in batches by key, with all that the rules and the signals read of them."""

import datetime

from django.db.models import Count, F, Max, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import Resident, ResidentChange
from links.models import Finding, Link, ReviewRun
from links.models.links import LinkQuerySet
from links.review.signals import ENTANGLED, neighbours, with_people

BATCH = 5000
A_DAY = datetime.timedelta(days=1)


def scoped(run: ReviewRun) -> LinkQuerySet:
    """The links that stand and are within the run's institution and category."""
    links = Link.objects.standing()
    links = links.filter(institution=run.institution_id) if run.institution_id else links
    return links.filter(category=run.category) if run.category else links


def standing(run: ReviewRun) -> list[tuple[str, str, str, int]]:
    """How many records of each institution and category have each verdict; not counted for changes alone."""
    if run.total is None:
        return []
    alike = scoped(run).exclude(verdict="").values_list("institution__code", "category", "verdict")
    rows = alike.annotate(records=Count("pk")).order_by("institution__code", "category", "verdict")
    return list(rows)


def changed_keys(run: ReviewRun) -> list[int]:
    """The keys, in order, of what a run over changes still has to ask about; empty at its end."""
    ahead = scoped(run).filter(pk__gt=run.reached)
    return sorted({key for part in changed(ahead, run) for key in part.values_list("pk", flat=True)})


def company(run: ReviewRun, batch: list[Link]) -> list[Link]:
    """Links outside the batch about which a signal may speak now; a full run comes to them by itself."""
    if not run.changed_only:
        return []
    return list(with_people(Link.objects.standing().filter(pk__in=neighbours(batch))))


def changed(links: LinkQuerySet, run: ReviewRun) -> list[LinkQuerySet]:
    """What may have another verdict now, in parts that an index answers each.

    Without a verdict; of a resident (or a member of the household) whom the register changed; and under
    a doubt that may have ended without any change of the link itself.
    """
    doubted = Finding.objects.filter(verdict=Link.Verdict.REVIEW).values("link")
    parts = [
        waiting(links, run),
        links.filter(pk__in=doubted, verdict=Link.Verdict.REVIEW, category__in=ENTANGLED),
    ]
    since = register_known(run)
    if ResidentChange.objects.filter(pk__gt=since).exists():
        parts.append(links.filter(resident__in=touched(since)))
    return parts


def waiting(links: LinkQuerySet, run: ReviewRun) -> LinkQuerySet:
    """Those of the links without a verdict: they changed after the last run over them began.

    A feed dates its rows from its own start and shows them at its end: no import takes a day.
    """
    last = covering(run).aggregate(began=Max("started_at"))["began"]
    since = {"changed_at__gte": last - A_DAY} if last else {}
    return links.unreviewed().filter(**since)


def touched(since: int) -> "QuerySet[Resident]":
    """Residents who changed in the register, and those who share or shared a household with one."""
    changes = ResidentChange.objects.filter(pk__gt=since)
    households = changes.exclude(resident__household_code="").values("resident__household_code")
    before = Cast(KT("before__household_code"), TextField())
    left = changes.annotate(left=before).filter(left__gt="").values("left")
    return Resident.objects.filter(
        Q(pk__in=changes.values("resident")) | Q(household_code__in=households) | Q(household_code__in=left)
    )


def covering(run: ReviewRun) -> "QuerySet[ReviewRun]":
    """Finished runs by the same rules over all that this one looks at, changed-only ones included."""
    wide = Q(institution=None) | Q(institution=run.institution_id)
    same_rules = ReviewRun.objects.finished().filter(rules_version=run.rules_version)
    return same_rules.filter(wide, category__in=["", run.category])


def looks_at_changes_only(run: ReviewRun) -> bool:
    """Whether unchanged links may be passed over: never before these rules have seen them once."""
    return run.changed_only and covering(run).exists()


def register_known(run: ReviewRun) -> int:
    """The last change of the register that the reviews of these links have taken into account."""
    return covering(run).aggregate(last=Max("register_seen"))["last"] or 0


def register_now() -> int:
    """The last change of the register that can be seen.

    A key and not a time: an import dates its changes from its start and shows them at its end.
    """
    return ResidentChange.objects.aggregate(last=Max("pk"))["last"] or 0


def decided_rows() -> Q:
    """Links about which a person decided, by the very row that stands now."""
    return Q(settled_digest=F("row_digest"))
