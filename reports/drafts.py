"""Drafts with their files: locked while they change, turned into a report, or thrown away."""

import datetime

from django.db import transaction

from accounts.files import store
from accounts.models import User
from links.models import Link
from reports.models import Attachment, Draft, Report


def locked(*, link: Link, by: User, at: datetime.datetime) -> Draft:
    """The user's draft about the record, begun where there was none, changed now; locked."""
    start = {"resident_id": link.resident_id, "changed_at": at}
    Draft.objects.get_or_create(user=by, link=link, defaults=start)
    # locked, or two tabs that answer different questions would undo each other
    draft = Draft.objects.select_for_update().filter(user=by, link=link).first()
    if draft is None:
        # sent or thrown away in another tab just now: what comes after that begins a new one
        return locked(link=link, by=by, at=at)
    draft.changed_at = at
    return draft


def become(report: Report, *, by: User) -> None:
    """The user's draft is over: its files are the report's from now on."""
    draft = Draft.objects.select_for_update().filter(user=by, link=report.link_id).first()
    if draft:
        draft.attachments.update(draft=None, report=report)
        draft.delete()


@transaction.atomic
def throw_away(draft_id: int, *, unless_changed_since: datetime.datetime) -> bool:
    """Delete a draft and its files; False where somebody went on with it, sent it or deleted it meanwhile."""
    found = Draft.objects.filter(changed_at__lte=unless_changed_since)
    draft = found.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        return False
    for attachment in draft.attachments.select_related("file"):
        drop(attachment)
    draft.delete()
    return True


def drop(attachment: Attachment) -> None:
    """Delete an attachment with its file."""
    attachment.delete()
    store.remove(attachment.file)
