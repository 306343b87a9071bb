"""Undoes one import as a whole: every record is again what it was before, and its history says so.

Nothing is deleted. A record that the import made is taken off the number and has no row behind it any more;
one that it changed gets back what the history kept of it, with its verdict and what withheld it.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_noop as _

from accounts import audit
from accounts.intake.refusal import FeedRefused
from accounts.models import User
from links import watching
from links.feeds.turns import ALREADY_RUNNING
from links.models import Change, FeedImport, Link
from links.review import recall, settle

CHANGES_A_BATCH = 1_000
OBSTACLES_LISTED = 100

UNKNOWN = _("There is no import with this number.")
NOT_DONE = _("This import cannot be rolled back: it was not applied, or it was rolled back already.")
TOUCHED_SINCE = _(
    "The import was not rolled back: a later import or a person's decision touched %(count)s of its records."
)

KEPT_BEFORE = (
    *("resident_id", "status", "holder_name", "holder_kana", "holder_birth_date", "holder_sex"),
    *("holder_address", "entered_by", "details", "linked_on", "obtained_by"),
)
WRITTEN = (
    *("resident", *KEPT_BEFORE[1:], "feed_import", "line", "row_digest", "sent_digest", "changed_at"),
    *("verdict", "concealed", "confirmed_at", "settled_as", "settled_digest"),
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What touched a record since: a later import, or (without one) a person."""

    reference: str
    kind: str
    at: datetime.datetime
    feed_import_id: int | None


class RollbackRefused(FeedRefused):
    """Nothing was rolled back; `obstacles` lists the first records that stand in the way."""

    def __init__(self, reason: str, obstacles: tuple[Obstacle, ...] = (), **details: object) -> None:
        super().__init__(reason, **details)
        self.obstacles = obstacles


@dataclass(slots=True)
class Undone:
    """How many records were taken off a number, and how many are again as they were."""

    taken_back: int = 0
    restored: int = 0


@transaction.atomic
def rollback(import_id: int, *, by: User | None, at: datetime.datetime) -> Undone:
    """Undo the import, or nothing of it; raises RollbackRefused."""
    undone_import = _reopened(import_id)
    _require_untouched(undone_import)
    undone = Undone()
    began = undone_import.started_at
    for changes in _portions(undone_import):
        made = [change for change in changes if change.undo is None and change.kind == Change.Kind.CREATED]
        altered = [change for change in changes if change.undo is not None]
        _take_back(made, at=at)
        _restore(altered, at=at)
        recall.as_of(list({change.link_id for change in (*made, *altered)}), began, at=at)
        undone.taken_back += len(made)
        undone.restored += len(altered)
    _close(undone_import, by=by, at=at)
    return undone


def obstacles(feed_import: FeedImport) -> list[Obstacle]:
    """The first records of the import that something else touched since."""
    since = _touched_since(feed_import)
    found = since.order_by("link", "pk").values_list("link__reference", "kind", "at", "feed_import_id")
    return [Obstacle(*one) for one in found[:OBSTACLES_LISTED]]


def _reopened(import_id: int) -> FeedImport:
    """The import, open again until it is undone, so that no other one of its feed can run meanwhile."""
    found = FeedImport.objects.select_for_update().filter(pk=import_id).first()
    if found is None:
        raise RollbackRefused(UNKNOWN)
    if found.state != FeedImport.State.DONE:
        raise RollbackRefused(NOT_DONE)
    try:
        with transaction.atomic():
            FeedImport.objects.filter(pk=found.pk).update(state=FeedImport.State.OPEN, finished_at=None)
    except IntegrityError as clash:
        raise RollbackRefused(ALREADY_RUNNING) from clash
    return found


def _close(undone: FeedImport, *, by: User | None, at: datetime.datetime) -> None:
    FeedImport.objects.filter(pk=undone.pk).update(
        state=FeedImport.State.ROLLED_BACK,
        finished_at=undone.finished_at,
        rolled_back_at=at,
        rolled_back_by=by,
    )
    watching.undone(undone, at=at)
    sender, subject = undone.institution.code, ("import", str(undone.pk))
    audit.record("feed.rolled_back", by=by, at=at, subject=subject, institution=sender)


def _touched_since(feed_import: FeedImport) -> QuerySet[Change]:
    """Changes of its records that neither it nor the review made, after its own."""
    own = Change.objects.filter(feed_import=feed_import, link=OuterRef("link"), pk__lt=OuterRef("pk"))
    others = Q(feed_import__isnull=False) | Q(by__isnull=False)
    standing = Change.objects.exclude(feed_import__state=FeedImport.State.ROLLED_BACK)
    return standing.filter(others, Exists(own)).exclude(feed_import=feed_import)


def _require_untouched(feed_import: FeedImport) -> None:
    count = _touched_since(feed_import).values("link").distinct().count()
    if count:
        raise RollbackRefused(TOUCHED_SINCE, tuple(obstacles(feed_import)), count=count)


def _portions(feed_import: FeedImport) -> Iterator[list[Change]]:
    """What the import changed, in portions; what is written meanwhile has higher keys and another kind."""
    last, own = 0, Change.objects.filter(feed_import=feed_import).exclude(kind=Change.Kind.ROLLED_BACK)
    while portion := list(own.filter(pk__gt=last).order_by("pk")[:CHANGES_A_BATCH]):
        yield portion
        last = portion[-1].pk


def _take_back(changes: list[Change], *, at: datetime.datetime) -> None:
    """Records that the import made: off the number, and no row stands behind them."""
    links = settle.locked(change.link_id for change in changes)
    ids = [link.pk for link in links]
    Link.objects.filter(pk__in=ids).update(status=Link.Status.REMOVED, row_digest=b"", changed_at=at)
    Change.objects.bulk_create(
        _undone(link, before={"status": link.status}, after={"status": Link.Status.REMOVED}, at=at)
        for link in links
    )


def _restore(changes: list[Change], *, at: datetime.datetime) -> None:
    """Records that the import changed: as they were, on whose number they were."""
    links = {link.pk: link for link in settle.locked(change.link_id for change in changes)}
    history: list[Change] = []
    for change in changes:
        history += _put_back(links[change.link_id], change, at=at)
    _write(links.values())
    Change.objects.bulk_create(history)


def _write(links: Iterable[Link]) -> None:
    """Store the fields that are put back: bulk_update takes longer than all the rest."""
    fields = [field for field in Link._meta.concrete_fields if field.name in WRITTEN]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    rows = [
        [*(field.get_db_prep_save(getattr(link, field.attname), connection) for field in fields), link.pk]
        for link in links
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {Link._meta.db_table} SET {columns} WHERE id = %s", rows)  # noqa: S608


def _put_back(link: Link, change: Change, *, at: datetime.datetime) -> list[Change]:
    """Give the link back what the change kept; returns the rows of history for whom it leaves and gets."""
    values = {name: change.before[name] for name in KEPT_BEFORE if name in change.before}
    now = {name: _plain(getattr(link, name)) for name in values}
    left = link.resident_id
    for name, value in (values | _stamps(change.undo or {})).items():
        setattr(link, name, value)
    link.changed_at = at
    if link.resident_id == left:
        return [_undone(link, before=now, after=values, at=at)]
    came = _undone(link, before={}, after=values, at=at)
    gone = _undone(link, before=now, after={}, at=at)
    gone.resident_id = left
    return [gone, came]


def _stamps(undo: dict[str, Any]) -> dict[str, Any]:
    return {
        "feed_import_id": undo.get("feed_import_id"),
        "line": undo.get("line"),
        "row_digest": bytes.fromhex(undo.get("row_digest", "")),
        "verdict": undo["verdict"],
        "concealed": bool(undo["concealed"]),
        "confirmed_at": _moment(undo.get("confirmed_at")),
        "settled_as": undo["settled_as"],
        "sent_digest": bytes.fromhex(undo.get("sent_digest", "")) or None,
        "settled_digest": bytes.fromhex(undo.get("settled_digest", "")) or None,
    }


def _moment(text: str | None) -> datetime.datetime | None:
    moment = parse_datetime(text) if text else None
    return make_aware(moment, datetime.UTC) if moment and is_naive(moment) else moment


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _undone(link: Link, *, before: dict[str, Any], after: dict[str, Any], at: datetime.datetime) -> Change:
    return Change(
        link=link,
        resident_id=link.resident_id,
        kind=Change.Kind.ROLLED_BACK,
        before=before,
        after=after,
        feed_import_id=link.feed_import_id,
        at=at,
    )
