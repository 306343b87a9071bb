"""Where a record came from and what happened to it, in words for the person it hangs on."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from links.models import Change, Finding, Link, ReviewRun

OBTAINED_BY = {
    "card": gettext_lazy("From the My Number card"),
    "applicant_form": gettext_lazy("Written by the applicant on a form"),
    "employer_form": gettext_lazy("Written by the employer on a form"),
    "family_form": gettext_lazy("Written on a form for the family"),
    "lookup_4": gettext_lazy("Looked up by name, birth date, sex and address"),
    "lookup_3": gettext_lazy("Looked up by three items only"),
    "counter_terminal": gettext_lazy("Entered at a terminal at a counter"),
    "online": gettext_lazy("Entered online"),
    "migration": gettext_lazy("Taken over from an older system"),
    "unknown": gettext_lazy("How the number was obtained is not known"),
}

TITLES: dict[str, Promise] = {
    Change.Kind.UPDATED: gettext_lazy("The office changed the record"),
    Change.Kind.REMOVED: gettext_lazy("The office took the record back"),
    Change.Kind.ROLLED_BACK: gettext_lazy("A wrong file was undone: the record is as it was before"),
    Change.Kind.HELD: gettext_lazy("Its use was stopped"),
    Change.Kind.RELEASED: gettext_lazy("It was released"),
    Change.Kind.CONFIRMED: gettext_lazy("You said: this is mine"),
    Change.Kind.UNLINKED: gettext_lazy("Two members of staff removed it from your number"),
    Change.Kind.PUT_BACK: gettext_lazy("Two members of staff took a decision back: it is as it was before"),
    Change.Kind.ARRIVED: gettext_lazy("Before, it hung on another person's number by mistake"),
    Change.Kind.SETTLED_RIGHT: gettext_lazy("Two members of staff decided that it is yours"),
}
ELSEWHERE = gettext_lazy("For %(days)s days. Its details were opened there: %(opened)s times.")

CHECKED = {
    "match": gettext_lazy("Checked: it matches"),
    "unverifiable": gettext_lazy("Checked: too little was sent to be sure"),
    "review": gettext_lazy("Checked: our staff must look at it"),
    "mismatch": gettext_lazy("Checked: it points to another person"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a record's history; the fields of components/timeline.html."""

    title: str
    at: datetime.datetime | datetime.date
    who: str = ""
    detail: str = ""


def rules_of(link: Link, finding: Finding | None) -> str:
    """The version of the rules by which its present data were last compared; empty before the first check."""
    if finding is None or not link.was_checked:
        return ""
    later = ReviewRun.objects.covering(link).filter(finished_at__gte=finding.found_at)
    version = later.order_by("-finished_at").values_list("rules_version", flat=True).first()
    return version or finding.rules_version


def history(link: Link) -> list[Event]:
    """Where it came from first, then each change in the order in which it happened; one query.

    Only what happened since it hangs on this number: before, it was another person's.
    """
    changes = link.changes.filter(resident=link.resident_id).exclude(kind=Change.Kind.CREATED)
    return [origin(link), *(event(change) for change in changes.order_by("at", "id"))]


def origin(link: Link) -> Event:
    """Who attached the number to the record, when, and how the number was obtained."""
    told = link.shows_details and not link.places_hidden
    source = f"{link.office} {link.entered_by}".strip() if told else str(link.office)
    return Event(
        title=_("linked it to your number"),
        at=link.linked_on,
        who=source,
        detail=str(OBTAINED_BY.get(link.obtained_by, OBTAINED_BY["unknown"])),
    )


def event(change: Change) -> Event:
    """One change in words; verdicts say their outcome."""
    if change.kind == Change.Kind.VERDICT:
        return Event(title=str(CHECKED[change.after["verdict"]]), at=change.at)
    detail = str(ELSEWHERE) % change.after if change.kind == Change.Kind.ARRIVED else ""
    return Event(title=str(TITLES[change.kind]), at=change.at, detail=detail)
