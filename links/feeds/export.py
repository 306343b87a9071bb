"""What the review found, for the office that checks it: one row for each record that is active or ended."""

import csv
import datetime
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts import vault
from accounts.intake.whole import nobody
from accounts.models import User
from links.models import Finding, Link
from links.models.links import LinkQuerySet

HEADER = (
    "institution",
    "category",
    "reference",
    "individual_number_last4",
    "resident_code",
    "verdict",
    "reasons",
    "withheld",
)
LINKS_A_BATCH = 2_000


@transaction.atomic
def export_findings(
    out: TextIO,
    *,
    by: User | None,
    at: datetime.datetime,
    progress: Callable[[int], None] = nobody,
    cell: Callable[[str], str] = str,
) -> int:
    """Write the rows as CSV; returns how many. Opens last digits under one event in the trail.

    `cell` makes what stands in the file of each value: as it came, or disarmed for spreadsheets.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    last_four = vault.last_four_reader(by=by, purpose="export_findings", at=at)
    count = 0
    for links in _batches():
        digits = last_four({link.resident_id for link in links})
        writer.writerows(map(cell, _row(link, digits.get(link.resident_id, ""))) for link in links)
        count += len(links)
        progress(count)
    return count


def exported() -> LinkQuerySet:
    """The records, each with the reasons of its latest finding."""
    latest = Finding.objects.filter(link=OuterRef("pk")).order_by("-id").values("reasons")[:1]
    links = Link.objects.filter(status__in=[Link.Status.ACTIVE, Link.Status.ENDED])
    return links.select_related("institution", "resident").annotate(reasons=Subquery(latest))


def _batches() -> Iterator[list[Any]]:
    last = 0
    while batch := list(exported().filter(pk__gt=last).order_by("pk")[:LINKS_A_BATCH]):
        yield batch
        last = batch[-1].pk


def _row(link: Any, last4: str) -> list[str]:
    reasons = link.reasons if link.verdict and link.reasons else []
    return [
        link.institution.code,
        link.category,
        link.reference,
        last4,
        link.resident.code,
        link.verdict or "unreviewed",
        ";".join(reasons),
        "1" if link.held else "0",
    ]
