"""One batch of rows beside the links that we have: what is new, what changed, what stayed."""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from accounts import vault
from accounts.intake.reading import Row
from links.feeds.columns import DETAILS
from links.models import Change, FeedImport, Link
from links.models.links import LinkQuerySet

TEXTS = ("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address", "entered_by")
FIELDS = ("resident_id", "status", *TEXTS, "details", "linked_on", "obtained_by")
STAMPS = ("feed_import", "line", "row_digest", "changed_at")
OPENED_AGAIN = ("verdict", "confirmed_at", "settled_as", "settled_digest")
WRITTEN = ("resident", *FIELDS[1:], *STAMPS, *OPENED_AGAIN)


@dataclass(slots=True)
class Differences:
    """What one batch means for the links of its feed; `moved` of them hang on another number now."""

    new: list[Link] = field(default_factory=list)
    changed: list[Link] = field(default_factory=list)
    removed: list[Link] = field(default_factory=list)
    unchanged: int = 0
    moved: int = 0
    history: list[Change] = field(default_factory=list)


def digest(row: Row) -> bytes:
    """A keyed digest of everything that the row says, its number included."""
    said = {"status": Link.Status.ACTIVE.value, "obtained_by": "unknown"} | row.values
    return vault.keyed_digest(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode())


def fields_of(row: Row, *, resident_id: int, category: str) -> dict[str, Any]:
    """The row as fields of a Link."""
    values = row.values
    fields: dict[str, Any] = {name: values.get(name, "") for name in TEXTS}
    return fields | {
        "resident_id": resident_id,
        "status": values.get("status", Link.Status.ACTIVE),
        "details": {
            column.name: _plain(values[column.name]) for column in DETAILS[category] if column.name in values
        },
        "linked_on": values["linked_on"],
        "obtained_by": values.get("obtained_by", "unknown"),
    }


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row whose number is in the register."""

    row: Row
    resident_id: int
    digest: bytes

    @property
    def reference(self) -> str:
        """The institution's own key, exactly as it came."""
        return str(self.row.values["reference"])

    @property
    def state(self) -> tuple[bytes, object]:
        """What must be equal for the record to be unchanged."""
        return self.digest, self.row.values.get("status", Link.Status.ACTIVE)


def incoming(row: Row, resident_id: int) -> Incoming:
    """The row with its digest."""
    return Incoming(row, resident_id, digest(row))


def compare(
    rows: list[Incoming], links: LinkQuerySet, feed_import: FeedImport, *, at: datetime.datetime
) -> Differences:
    """Each row beside the link of its reference; only links that change are read whole, and locked."""
    references = [one.reference for one in rows]
    states = {
        reference: (bytes(row_digest), status)
        for reference, row_digest, status in links.filter(reference__in=references).values_list(
            "reference", "row_digest", "status"
        )
    }
    moving = [one.reference for one in rows if states.get(one.reference, one.state) != one.state]
    locked = links.filter(reference__in=moving).select_for_update(of=("self",)).order_by("pk")
    known = {link.reference: link for link in locked}
    found = Differences()
    for one in rows:
        if one.reference not in states:
            found.new.append(_new(one, feed_import, at=at))
        elif one.reference in known:
            _change(known[one.reference], one, feed_import, found, at=at)
        else:
            found.unchanged += 1
    return found


def created(links: list[Link]) -> list[Change]:
    """The beginning of each link's history; the links have their keys already."""
    return [_changed(link, link.resident_id, Change.Kind.CREATED, before={}, after={}) for link in links]


def _values(one: Incoming, feed_import: FeedImport, *, at: datetime.datetime) -> dict[str, Any]:
    fields = fields_of(one.row, resident_id=one.resident_id, category=feed_import.category)
    return fields | {
        "feed_import": feed_import,
        "line": one.row.line,
        "row_digest": one.digest,
        "changed_at": at,
    }


def _new(one: Incoming, feed_import: FeedImport, *, at: datetime.datetime) -> Link:
    return Link(
        institution_id=feed_import.institution_id,
        category=feed_import.category,
        reference=one.reference,
        recorded_at=at,
        **_values(one, feed_import, at=at),
    )


def _change(
    link: Link, one: Incoming, feed_import: FeedImport, found: Differences, *, at: datetime.datetime
) -> None:
    """Put the row's values into the link; a row unlike the one that was decided opens the decision again."""
    values = _values(one, feed_import, at=at)
    before = {name: getattr(link, name) for name in FIELDS if getattr(link, name) != values[name]}
    old_resident, was_removed = link.resident_id, link.status == Link.Status.REMOVED
    for name, value in values.items():
        setattr(link, name, value)
    link.verdict, link.confirmed_at = Link.Verdict.UNREVIEWED, None
    if link.settled_digest is not None and bytes(link.settled_digest) != one.digest:
        link.settled_as, link.settled_digest = Link.Settlement.NONE, None
    disappears = link.status == Link.Status.REMOVED and not was_removed
    (found.removed if disappears else found.changed).append(link)
    moves = link.resident_id != old_resident
    found.moved += moves and not disappears
    found.history += _history(link, before, old_resident if moves else None, disappears=disappears)


def _history(
    link: Link, before: dict[str, Any], old_resident: int | None, *, disappears: bool
) -> list[Change]:
    """One row for whom it hangs on; where it moved, a row each, which has nothing of the other person's."""
    after = _days_as_text({name: getattr(link, name) for name in before})
    was = _days_as_text(before)
    kind = Change.Kind.REMOVED if disappears else Change.Kind.UPDATED
    if old_resident is None:
        return [_changed(link, link.resident_id, kind, before=was, after=after)]
    return [
        _changed(link, old_resident, Change.Kind.REMOVED, before=was, after={}),
        _changed(link, link.resident_id, kind, before={}, after=after),
    ]


def _changed(
    link: Link, resident_id: int, kind: Change.Kind, *, before: dict[str, Any], after: dict[str, Any]
) -> Change:
    return Change(
        link=link,
        resident_id=resident_id,
        kind=kind,
        before=before,
        after=after,
        feed_import=link.feed_import,
        at=link.changed_at,
    )


def _days_as_text(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value
