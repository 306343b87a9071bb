"""Keeps photos and papers with a draft, five at most."""

import datetime

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.files import store
from accounts.files.cleaning import Clean, FileError, clean
from accounts.files.kinds import MOST_FILES, named
from accounts.models import User
from links.models import Link
from reports import drafts
from reports.models import Attachment
from reports.moving import ReportError

FULL = _("You can add five files. To add another one, remove one first.")


def attach(*, link: Link, file: "File[bytes]", by: User, at: datetime.datetime) -> Attachment:
    """Keep the file, drawn anew, with the user's draft about the record; ReportError."""
    if Attachment.objects.kept_by(by, link).count() >= MOST_FILES:
        raise ReportError(FULL)
    try:
        # before the transaction: nobody's write shall wait while a photo is decoded
        fresh = clean(file)
    except FileError as refusal:
        raise ReportError(str(refusal)) from refusal
    return place(fresh, name=named(file.name or "", fresh.content_type), link=link, by=by, at=at)


@transaction.atomic
def place(fresh: Clean, *, name: str, link: Link, by: User, at: datetime.datetime) -> Attachment:
    """Store the file at the first free place of the draft; ReportError where two at once filled the last."""
    draft = drafts.locked(link=link, by=by, at=at)
    draft.save(update_fields=["changed_at"])
    taken = set(draft.attachments.values_list("place", flat=True))
    free = [number for number in range(1, MOST_FILES + 1) if number not in taken]
    if not free:
        raise ReportError(FULL)
    file = store.keep(fresh, name=name, resident_id=link.resident_id, by=by, at=at)
    return Attachment.objects.create(draft=draft, resident_id=link.resident_id, place=free[0], file=file)


@transaction.atomic
def detach(*, link: Link, file_id: str, by: User) -> None:
    """Delete one file of the user's draft about the record; nothing happens where it is gone or sent."""
    kept = Attachment.objects.kept_by(by, link).select_for_update(of=("self",))
    attachment = kept.select_related("file").filter(file__public_id=file_id).first()
    if attachment:
        drafts.drop(attachment)
