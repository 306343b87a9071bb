"""Feeds as lines of text, and what came of importing them."""

import datetime
import io
from typing import Any

from django.utils import timezone

from accounts import vault
from accounts.intake.reading import Reject
from accounts.intake.whole import Listeners, Report
from accounts.models import Resident
from links.feeds import store
from links.models import Link
from tests import factories
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER

TODAY = datetime.date(2026, 10, 1)
HEADER = "individual_number,reference,status,holder_name,holder_kana,linked_on,obtained_by,pension_number"
STRANGER = "511158466583"


def registered(number: str, **fields: Any) -> Resident:
    """A resident whose number is in the vault."""
    resident = factories.ResidentFactory.create(**fields)
    vault.seal(number, resident=resident, at=timezone.now()).save()
    return resident


def row(reference: str, *, number: str = NUMBER, status: str = "active", name: str = "見本　花子") -> str:
    """One pension record."""
    return f"{number},{reference},{status},{name},ミホン　ハナコ,2024-05-01,lookup_4,1234567890"


def many(count: int, **fields: str) -> list[str]:
    """So many rows, A0 and on."""
    return [row(f"A{place}", **fields) for place in range(count)]


def imported(*rows: str, header: str = HEADER, **order: Any) -> Report:
    """What came of importing a pension feed of these rows."""
    return imported_with_rejects(*rows, header=header, **order)[0]


def imported_with_rejects(*rows: str, header: str = HEADER, **order: Any) -> tuple[Report, list[Reject]]:
    """The same, and the rejected rows."""
    rejects: list[Reject] = []
    settings = {"institution": "PN0001", "category": "pension", "today": TODAY, "at": timezone.now()} | order
    report = store.import_feed(
        io.BytesIO("\n".join([header, *rows]).encode()),
        store.Order(**settings),
        listeners=Listeners(reject=rejects.append),
    )
    return report, rejects


def figures(report: Report) -> tuple[int, int, int, int, int]:
    """Created, changed, unchanged, removed, rejected."""
    counts = report.counts
    return counts.created, counts.changed, counts.unchanged, counts.removed, counts.rejected


def link(reference: str) -> Link:
    """The link of that reference."""
    return Link.objects.get(reference=reference)


__all__ = [
    "HEADER",
    "NUMBER",
    "OTHER_NUMBER",
    "STRANGER",
    "TODAY",
    "figures",
    "imported",
    "link",
    "many",
    "registered",
    "row",
]
