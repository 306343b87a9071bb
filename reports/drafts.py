"""Drafts with their files: locked while they change, turned into a report, or thrown away."""

import datetime
from typing import Any

from django.db import transaction

from accounts.files import store
from accounts.models import Resident, User
from links.models import Link
from reports.models import Attachment, Draft, Report


def locked(*, link: Link, by: User, at: datetime.datetime) -> Draft:
    """The user's draft about the record, begun where there was none, changed now; locked."""
    return lock({"link": link}, resident_id=link.resident_id, by=by, at=at)


def locked_other(*, resident: Resident, kind: str, by: User, at: datetime.datetime) -> Draft:
    """The same about what is no record."""
    which = {"link": None, "resident": resident, "kind": kind}
    return lock(which, resident_id=resident.pk, by=by, at=at)


def lock(which: dict[str, Any], *, resident_id: int, by: User, at: datetime.datetime) -> Draft:
    """The one of the user's drafts that these fields name."""
    start = {"resident_id": resident_id, "changed_at": at}
    Draft.objects.get_or_create(user=by, **which, defaults=start)
    # locked, or two tabs that answer different questions would undo each other
    draft = Draft.objects.select_for_update().filter(user=by, **which).first()
    if draft is None:
        # sent or thrown away in another tab just now: what comes after that begins a new one
        return lock(which, resident_id=resident_id, by=by, at=at)
    draft.changed_at = at
    return draft


def become(report: Report, *, by: User) -> None:
    """The user's draft is over: its files are the report's from now on."""
    draft = Draft.objects.select_for_update().filter(user=by, link=report.link_id).first()
    if draft:
        draft.attachments.update(draft=None, report=report)
        draft.delete()


def forget(*, by: User, **which: Any) -> None:
    """The user's draft is over, and its files with it: none of them goes into a report."""
    for draft in Draft.objects.select_for_update().filter(user=by, **which):
        remove(draft)


@transaction.atomic
def throw_away(draft_id: int, *, unless_changed_since: datetime.datetime) -> bool:
    """Delete a draft and its files; False where somebody went on with it, sent it or deleted it meanwhile."""
    found = Draft.objects.filter(changed_at__lte=unless_changed_since)
    draft = found.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        return False
    remove(draft)
    return True


def remove(draft: Draft) -> None:
    """Delete a locked draft with its files."""
    for attachment in draft.attachments.select_related("file"):
        drop(attachment)
    draft.delete()


def drop(attachment: Attachment) -> None:
    """Delete an attachment with its file."""
    attachment.delete()
    store.remove(attachment.file)
