"""Authority begins: its row, its scope, the trail, and both sides told. The callers are actions."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.acting.telling import tell_agent, tell_subject
from accounts.models import Authority, AuthorityScope, Resident, User
from accounts.refusal import AccountError
from accounts.scopes import Scope

ALREADY = _("This sign-in may act for this person already.")


@transaction.atomic
def grant(
    *,
    agent: User,
    subject: Resident,
    kind: Authority.Kind,
    basis: Authority.Basis,
    ends_on: datetime.date,
    scope: Scope | None = None,
    despite_protection: bool = False,
    by: User | None,
    at: datetime.datetime,
) -> Authority:
    """The agent may act for the subject from today to that day; AccountError where that is so already."""
    authority = Authority(
        agent=agent,
        subject=subject,
        kind=kind,
        basis=basis,
        starts_on=localdate(at),
        ends_on=ends_on,
        despite_protection=despite_protection,
    )
    try:
        with transaction.atomic():
            authority.save(force_insert=True)
    except IntegrityError as problem:
        raise AccountError(ALREADY) from problem
    set_scope(authority, scope or {})
    audit.record("authority.granted", by=by, at=at, resident=subject, subject=named(authority))
    tell_subject(authority, "authority.granted", at=at)
    if not authority.reaches_all:  # parents and guardians are told whatever the person is told
        tell_agent(authority, "acting.granted", at=at)
    return authority


def set_scope(authority: Authority, scope: Scope) -> None:
    """These areas by deed are switched on, and no others."""
    authority.scope.all().delete()
    AuthorityScope.objects.bulk_create(
        AuthorityScope(authority=authority, deed=deed, area=area)
        for deed, areas in scope.items()
        for area in areas
    )


def named(authority: Authority) -> tuple[str, str]:
    """How trail and notices name it."""
    return ("authority", authority.public_id)
