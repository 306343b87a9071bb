"""Every record in one state, every decision of people in one outcome: counted exactly, shown to nobody.

States do not overlap, nor do outcomes: what is published is told of each by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from links.models import Finding, Link
from reports.kinds import Remedy, State
from reports.models import Proposal, Report

POINTS_ELSEWHERE = Q(verdict=Link.Verdict.MISMATCH) & ~Q(settled_as=Link.Settlement.RIGHT)
DECIDED_RIGHT = Q(settled_as=Link.Settlement.RIGHT)


class RecordState(StrEnum):
    """What is so of a record: the first that fits."""

    UNLINKED = "unlinked"
    TAKEN_BACK = "taken_back"
    GONE = "gone"
    UNCHECKED_WITHHELD = "unchecked_withheld"
    UNCHECKED_CHANGED = "unchecked_changed"
    UNCHECKED_NEW = "unchecked_new"
    WRONG_WITHHELD = "wrong_withheld"
    WRONG_IN_USE = "wrong_in_use"
    OTHER_WITHHELD = "other_withheld"
    RIGHT = "right"
    UNVERIFIABLE = "unverifiable"
    IN_REVIEW = "in_review"


class Outcome(StrEnum):
    """What two people decided about a record, and whether the check had pointed to another person."""

    WRONG_AS_FOUND = "wrong_as_found"
    WRONG_AS_REPORTED = "wrong_as_reported"
    FALSE_ALARM = "false_alarm"
    RIGHT_AFTER_REPORT = "right_after_report"


FOUND_BEFORE = Exists(Finding.objects.filter(link=OuterRef("pk")))
STATES: list[tuple[Q | Exists, RecordState]] = [
    (Q(settled_as=Link.Settlement.UNLINKED), RecordState.UNLINKED),
    (Q(status=Link.Status.REMOVED) & POINTS_ELSEWHERE, RecordState.TAKEN_BACK),
    (Q(status=Link.Status.REMOVED), RecordState.GONE),
    (Q(verdict="", held=True), RecordState.UNCHECKED_WITHHELD),
    (Q(FOUND_BEFORE, verdict=""), RecordState.UNCHECKED_CHANGED),
    (Q(verdict=""), RecordState.UNCHECKED_NEW),
    (POINTS_ELSEWHERE & Q(held=True), RecordState.WRONG_WITHHELD),
    (POINTS_ELSEWHERE, RecordState.WRONG_IN_USE),
    (Q(held=True), RecordState.OTHER_WITHHELD),
    (DECIDED_RIGHT | Q(verdict=Link.Verdict.MATCH), RecordState.RIGHT),
    (Q(verdict=Link.Verdict.UNVERIFIABLE), RecordState.UNVERIFIABLE),
]
STANDING = [state for state in RecordState if state not in ("unlinked", "taken_back", "gone")]
UNCHECKED = [state for state in STANDING if state.startswith("unchecked")]
WITHHELD = [state for state in STANDING if state.endswith("withheld")]
WRONG = [RecordState.WRONG_WITHHELD, RecordState.WRONG_IN_USE]
PUT_RIGHT: list[RecordState | Outcome] = [
    RecordState.TAKEN_BACK,
    Outcome.WRONG_AS_FOUND,
    Outcome.WRONG_AS_REPORTED,
]

ByInstitution = dict[int, Counter[str]]


def everything() -> ByInstitution:
    """Records by state and decisions by outcome, by key of the institution."""
    found = records()
    for institution, outcomes in decisions().items():
        found.setdefault(institution, Counter()).update(outcomes)
    return found


def records() -> ByInstitution:
    """How many records are in each state; one pass over all links."""
    whens = [When(condition, then=Value(state)) for condition, state in STATES]
    state = Case(*whens, default=Value(RecordState.IN_REVIEW), output_field=CharField())
    counted = Link.objects.values("institution", state=state).annotate(records=Count("pk")).order_by()
    return grouped(counted.values_list("institution", "state", "records"))


def decisions() -> ByInstitution:
    """How many decisions of two people had each outcome."""
    findings = Finding.objects.filter(link=OuterRef("report__link"), found_at__lte=OuterRef("decided_at"))
    alarm = Subquery(findings.order_by("-pk").values("conceals")[:1])
    approved = Proposal.objects.filter(state=Proposal.State.APPROVED, report__link__isnull=False)
    outcome = Case(
        When(remedy=Remedy.UNLINK, alarm=True, then=Value(Outcome.WRONG_AS_FOUND)),
        When(remedy=Remedy.UNLINK, then=Value(Outcome.WRONG_AS_REPORTED)),
        When(alarm=True, then=Value(Outcome.FALSE_ALARM)),
        default=Value(Outcome.RIGHT_AFTER_REPORT),
        output_field=CharField(),
    )
    found = approved.annotate(alarm=alarm, institution=F("report__link__institution"), outcome=outcome)
    counted = found.values("institution", "outcome").annotate(decisions=Count("pk")).order_by()
    return grouped(counted.values_list("institution", "outcome", "decisions"))


def grouped(rows: Iterable[tuple[int, str, int]]) -> ByInstitution:
    """Counters by institution."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for institution, what, number in rows:
        found[institution][what] += number
    return found


def sum_of(counts: Counter[str], which: Iterable[RecordState | Outcome]) -> int:
    """How many of these there are together."""
    return sum(counts[each] for each in which)


def days_to_correction() -> dict[int, list[int]]:
    """Whole days from each report to its correction, by key of the institution."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    corrected = Report.objects.filter(state=State.CORRECTED, closed_at__isnull=False, link__isnull=False)
    for institution, start, end in corrected.values_list("link__institution", "received_at", "closed_at"):
        found[institution].append((end - start).days)  # type: ignore[operator]
    return found
