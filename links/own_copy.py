"""The records of one person, for the copy that the person may ask for: nothing of what is withheld."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Resident
from links import details as wording
from links.categories import DETAILS
from links.evidence import rows_for_resident
from links.models import Change, Finding, Link
from links.provenance import event, origin
from notices.own_copy import Fact, Section

BATCH = 500
HIDDEN = _(
    "Of a record that is stopped or being checked, only its kind and its office are in the copy: "
    "the details may be another person's."
)


def sections(resident: Resident) -> list[Section]:
    """Every record that hangs or hung on this person's number."""
    return [Section("records", _("Your records"), list(records(resident)), HIDDEN)]


def records(resident: Resident) -> Iterator[list[Fact]]:
    """Record by record; three queries for each 500."""
    links = Link.objects.filter(resident=resident).order_by("pk")
    keys = list(links.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = links.select_related("institution", "resident").filter(pk__in=keys[start : start + BATCH])
        found = list(batch)
        findings, changes = findings_of(found), changes_of(found, resident)
        for link in found:
            yield facts(link, findings.get(link.pk), changes.get(link.pk, []))


def findings_of(links: list[Link]) -> dict[int, Finding]:
    """The latest finding of each."""
    rows = Finding.objects.filter(link__in=[link.pk for link in links]).order_by("id")
    return {finding.link_id: finding for finding in rows}


def changes_of(links: list[Link], resident: Resident) -> dict[int, list[Change]]:
    """What happened to each since it hangs on this number, oldest first."""
    rows = Change.objects.filter(link__in=[link.pk for link in links], resident=resident)
    told: dict[int, list[Change]] = defaultdict(list)
    for change in rows.exclude(kind=Change.Kind.CREATED).order_by("at", "id"):
        told[change.link_id].append(change)
    return told


def facts(link: Link, finding: Finding | None, changes: list[Change]) -> list[Fact]:
    """One record as its page shows it, opened where the person may open it."""
    told = [
        Fact("category", _("Kind"), link.category, link.title),
        Fact("institution", _("Office"), link.institution.code, link.institution.name),
        Fact("status", _("State"), link.status, link.get_status_display()),
        Fact("verdict", _("Checked"), link.verdict, link.get_verdict_display()),
        Fact("stopped", _("Its use is stopped"), link.held),
        Fact("recorded_at", _("Recorded since"), link.recorded_at),
        Fact("confirmed_at", _("You said: this is mine"), link.confirmed_at),
    ]
    if link.shows_details:
        told += seen(link, finding)
    events = [origin(link), *(event(change) for change in changes)]
    return [*told, *(history_fact(each) for each in events)]


def seen(link: Link, finding: Finding | None) -> list[Fact]:
    """What may be seen of it: all that was sent where it may be opened, the comparison in any case."""
    sent = {"reference": link.reference, **link.details} if link.opens_details else {}
    told = [
        Fact(key, row["key"], sent[key], row["value"])
        for key, row in zip(ordered(sent), wording.rows(sent), strict=True)
    ]
    rows = rows_for_resident(link, finding) if finding else []
    return told + [Fact(f"match_{row.element}", row.label, row.level, row.words) for row in rows]


def ordered(sent: dict[str, str]) -> list[str]:
    """The keys in the order in which `details.rows` tells them."""
    known = [key for key in DETAILS if sent.get(key)]
    return known + [key for key, value in sent.items() if value and key not in DETAILS]


def history_fact(each: Any) -> Fact:
    """One line of its history."""
    words = " ".join(part for part in (each.who, each.title, each.detail) if part)
    return Fact("history", each.at, {"at": each.at.isoformat(), "what": words}, words)
