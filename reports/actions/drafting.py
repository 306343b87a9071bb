"""Keeps what was answered so far, or throws it away."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from accounts.models import Resident, User
from links.models import Link
from reports import drafts
from reports.models import Draft


@transaction.atomic
def keep(*, link: Link, answers: Mapping[str, str], by: User, at: datetime.datetime) -> Draft:
    """Add these answers to the user's draft about the record; answers to other questions stay."""
    draft = drafts.locked(link=link, by=by, at=at)
    draft.answers = {**draft.answers, **answers}
    draft.save()
    return draft


@transaction.atomic
def keep_other(
    *, resident: Resident, kind: str, answers: Mapping[str, str], by: User, at: datetime.datetime
) -> Draft:
    """The same for a draft about what is no record."""
    draft = drafts.locked_other(resident=resident, kind=kind, by=by, at=at)
    draft.answers = {**draft.answers, **answers}
    draft.save()
    return draft


@transaction.atomic
def discard_other(*, resident: Resident, kind: str, by: User) -> None:
    """Throw that draft away."""
    drafts.forget(by=by, link=None, resident=resident, kind=kind)


def discard(*, link: Link, by: User, at: datetime.datetime) -> None:
    """Throw the user's draft about the record away, with its files."""
    draft = Draft.objects.filter(user=by, link=link).first()
    if draft:
        drafts.throw_away(draft.pk, unless_changed_since=at)
