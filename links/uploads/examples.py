"""A few of the records that an import changes: their references and which fields, nobody's data."""

from typing import Any, NamedTuple

from django.db.models import Max

from accounts.models import ResidentChange
from links.models import Change

SHOWN = 20
# rows of history that are looked at: a record that moves to another number has two
LOOKED_AT = 3 * SHOWN
ALTERED = (Change.Kind.UPDATED, Change.Kind.REMOVED)


class Mark(NamedTuple):
    """Where the histories ended before an import."""

    link_changes: int
    resident_changes: int


def mark() -> Mark:
    """Where the histories end now."""
    ends = [model.objects.aggregate(last=Max("pk"))["last"] or 0 for model in (Change, ResidentChange)]
    return Mark(*ends)


def of_feed(import_id: int | None, since: Mark) -> list[dict[str, Any]]:
    """Records that the import changes or removes."""
    changes = Change.objects.filter(pk__gt=since.link_changes, feed_import=import_id, kind__in=ALTERED)
    found: dict[str, set[str]] = {}
    for change in changes.select_related("link").order_by("pk")[:LOOKED_AT]:
        found.setdefault(change.link.reference, set()).update(fields_of(change.before, change.after))
    return listed(found)


def of_register(since: Mark) -> list[dict[str, Any]]:
    """Residents whom the import changes."""
    changes = ResidentChange.objects.filter(pk__gt=since.resident_changes).exclude(before={})
    with_people = changes.select_related("resident").order_by("pk")[:LOOKED_AT]
    return listed({each.resident.code: fields_of(each.before, each.after) for each in with_people})


def listed(found: dict[str, set[str]]) -> list[dict[str, Any]]:
    """The first of them, ready to be kept with the job."""
    return [{"reference": key, "fields": sorted(fields)} for key, fields in list(found.items())[:SHOWN]]


def fields_of(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """The names of what differs, those of the category's own columns among them."""
    fields = before.keys() | after.keys()
    if "details" not in fields:
        return set(fields)
    was, becomes = (each.get("details") or {} for each in (before, after))
    inside = {name for name in was.keys() | becomes.keys() if was.get(name) != becomes.get(name)}
    return (set(fields) - {"details"}) | inside
