"""Makes the copies that people asked for: a worker takes one, packs it, seals it, and tells its owner.

The row is the state and messages are hints. What a worker takes is its own for a quarter of an hour; if it is
killed, another one takes it then. Nothing is locked while it is packed.
"""

import datetime
import io
import zipfile

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from accounts import gates
from accounts.files import store
from accounts.files.cleaning import Clean
from accounts.models import Resident, StoredFile
from notices.actions import tell
from portal.databases import reading_from_replica
from portal.models import Export
from portal.privacy.contents import as_json, as_page, sections
from reports import own_copy as of_reports

State = Export.State
TAKES_AT_MOST = datetime.timedelta(minutes=15)
MOST_TRIES = 4
# a worker holds all of it in memory; what does not fit is named with its place in the portal
MOST_OF_FILES = 64 * 1024 * 1024


class NotMade(Exception):
    """A copy could not be made: a task that fails is counted, and watched (TasksFail)."""


def make(export_id: int) -> None:
    """Make this copy, unless somebody is at it, it is made, or nobody may have it any more.

    NotMade where it fails; it is taken again when its time is over.
    """
    export = take(export_id, at=timezone.now())
    if export is None:
        return
    try:
        content = packed(export, at=timezone.now())
    except Exception as problem:
        # the class only, for a message may name a person
        raise NotMade(f"The copy {export.public_id} could not be made: {type(problem).__name__}") from None
    finish(export, content, at=timezone.now())


def take(export_id: int, *, at: datetime.datetime) -> Export | None:
    """The copy, if this worker may make it now: one statement decides."""
    mine = Export.objects.due(at=at).filter(pk=export_id)
    if not mine.update(tries=F("tries") + 1, due_at=at + TAKES_AT_MOST):
        return None
    export = Export.objects.select_related("resident", "user").get(pk=export_id)
    if not may_have(export, at=at):
        end(export, State.OVER, at=at)
        return None
    if export.tries > MOST_TRIES:
        end(export, State.FAILED, at=at)
        tell_owner(export, "export.failed", at=at)
        return None
    return export


def may_have(export: Export, *, at: datetime.datetime) -> bool:
    """Whether the sign-in still shows the person, and is not closed."""
    shown = Resident.objects.bound_to(export.user).filter(pk=export.resident_id).exists()
    return shown and gates.closed(export.user, at=at) is None


@reading_from_replica()
def packed(export: Export, *, at: datetime.datetime) -> bytes:
    """The copy: a page for people, the same for machines, and the files that were handed in."""
    out = io.BytesIO()
    with translation.override(export.language), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        parts = sections(export.resident, export.user, at=at)
        copy.writestr("index.html", as_page(parts, export.resident, at=at))
        copy.writestr("data.json", as_json(parts, export.resident, at=at))
        for name, content in of_reports.files(export.resident, most=MOST_OF_FILES):
            copy.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


@transaction.atomic
def finish(export: Export, content: bytes, *, at: datetime.datetime) -> None:
    """Seal it, store it, say that it is ready; nothing where it was thrown away or taken over meanwhile."""
    locked = Export.objects.select_for_update().filter(pk=export.pk, tries=export.tries).first()
    if locked is None or locked.state != State.ASKED:
        return
    clean = Clean(content, StoredFile.ContentType.ZIP)
    locked.file = store.keep(clean, name="", resident_id=locked.resident_id, by=export.user, at=at)
    locked.state, locked.ready_at = State.READY, at
    locked.save()
    tell_owner(locked, "export.ready", at=at)


def tell_owner(export: Export, kind: str, *, at: datetime.datetime) -> None:
    """A notice that leads to the page of copies."""
    tell(resident_id=export.resident_id, kind=kind, subject=("export", export.public_id), at=at)


@transaction.atomic
def end(export: Export, state: Export.State, *, at: datetime.datetime) -> None:
    """It is over, and its bytes go."""
    locked = Export.objects.open().select_for_update().filter(pk=export.pk).first()
    if locked is None:
        return
    file, locked.file = locked.file, None
    locked.state, locked.ended_at = state, at
    locked.save()
    if file:
        store.remove(file)


def end_outlived(*, at: datetime.datetime) -> int:
    """Remove the copies that lay for their seven days; how many."""
    outlived = list(Export.objects.outlived(at=at))
    for export in outlived:
        end(export, State.OVER, at=at)
    return len(outlived)
