"""Ends certificates: row, trail and notice in one transaction; once, however often it is called."""

import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.scopes import Area
from certificates.models import Certificate
from certificates.telling import code_of
from notices import actions as notices


@transaction.atomic
def end(
    certificate: Certificate,
    *,
    why: Certificate.Revocation,
    by: User | None,
    at: datetime.datetime,
    tell: bool = True,
) -> bool:
    """Revoke one certificate; False where it was revoked before. `by=None` is the service itself."""
    ended = Certificate.objects.filter(pk=certificate.pk, revoked_at=None)
    if not ended.update(revoked_at=at, revocation=why):
        return False
    subject = ("certificate", certificate.public_id)
    audit.record(
        "certificate.revoked",
        by=by,
        at=at,
        resident=certificate.resident_id,
        subject=subject,
        purpose=why,
        institution=code_of(certificate.link),
    )
    if tell:
        whom = certificate.resident_id
        notices.tell(resident_id=whom, kind="certificate.revoked", subject=subject, area=Area.HEALTH, at=at)
    return True
