"""Writes the trail. Everything that looks at or changes a person's data says so here."""

import datetime
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, Binding, Resident, User

# What residents read: the verb's code and its sentence
VERBS = {
    "record.viewed": _("Looked at the record"),
    "record.details_opened": _("Opened the details of the record"),
    "record.confirmed": _("Confirmed that the record is right"),
    "record.withheld": _("Withheld the record"),
    "record.released": _("Released the record"),
    "record.unlinked": _("Removed the record from the number"),
    "record.settled_right": _("Decided that the record is right"),
    "report.filed": _("Reported a problem"),
    "report.viewed": _("Looked at the report"),
    "report.moved": _("Moved the report a step on"),
    "report.message_sent": _("Sent a message about the report"),
    "report.note_written": _("Wrote a note inside the service"),
    "report.withdrawn": _("Withdrew the report"),
    "correction.proposed": _("Proposed a correction"),
    "correction.approved": _("Approved a correction"),
    "correction.returned": _("Returned a proposed correction"),
    "certificate.applied": _("Applied for the fallback certificate"),
    "certificate.application_viewed": _("Looked at the application"),
    "certificate.issued": _("Issued the fallback certificate"),
    "certificate.returned": _("Returned the application"),
    "certificate.downloaded": _("Downloaded the fallback certificate"),
    "certificate.checked": _("A clinic checked the fallback certificate"),
    "certificate.revoked": _("Revoked the fallback certificate"),
    "feed.imported": _("Imported a feed"),
    "register.imported": _("Imported the register"),
    "number.opened": _("Opened the individual number"),
    "number.exported": _("Exported last digits of numbers"),
    "sign_in.bound": _("Connected a sign-in with this person"),
    "authority.granted": _("Gave authority to act"),
    "authority.ended": _("Ended authority to act"),
}


def event(
    verb: str,
    *,
    by: User | None,
    at: datetime.datetime,
    resident: Resident | int | None = None,
    subject: tuple[str, str] = ("", ""),
    purpose: str = "",
) -> AuditEvent:
    """An unsaved event; KeyError for a verb that no sentence explains. `by=None` is the service itself."""
    if verb not in VERBS:
        raise KeyError(verb)
    person = resident.pk if isinstance(resident, Resident) else resident
    return AuditEvent(
        at=at,
        verb=verb,
        actor=by,
        role=by.role if by else "",
        on_behalf=acts_for(by, person),
        resident_id=person,
        subject_kind=subject[0],
        subject_id=subject[1],
        purpose=purpose,
    )


def acts_for(user: User | None, resident_id: int | None) -> bool:
    """Whether a resident's sign-in does this about somebody else."""
    if user is None or user.works_here or resident_id is None:
        return False
    return not Binding.objects.current().filter(user=user, resident=resident_id).exists()


def record(
    verb: str,
    *,
    by: User | None,
    at: datetime.datetime,
    resident: Resident | int | None = None,
    subject: tuple[str, str] = ("", ""),
    purpose: str = "",
) -> AuditEvent:
    """Write one event, in the transaction of the deed it tells."""
    written = event(verb, by=by, at=at, resident=resident, subject=subject, purpose=purpose)
    written.save(force_insert=True)
    return written


def record_many(events: Iterable[AuditEvent]) -> None:
    """Write many events at once, in the transaction of the deeds they tell."""
    AuditEvent.objects.bulk_create(events, batch_size=1000)
