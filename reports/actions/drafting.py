"""Keeps what was answered so far."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from links.models import Link
from reports.models import Draft


@transaction.atomic
def keep(*, link: Link, answers: Mapping[str, str], by: User, at: datetime.datetime) -> Draft:
    """Add these answers to the user's draft about the record; answers to other questions stay."""
    start = {"resident_id": link.resident_id, "changed_at": at}
    # locked, or two tabs that answer different questions would undo each other
    draft, _created = Draft.objects.select_for_update().get_or_create(user=by, link=link, defaults=start)
    draft.answers = {**draft.answers, **answers}
    draft.changed_at = at
    draft.save()
    return draft
