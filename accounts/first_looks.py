"""Tells people when somebody else looks at their data for the first time: somebody at work, or a helper."""

from collections.abc import Iterable

from accounts.models import AuditEvent, Authority, Resident
from notices.actions import tell

# what nobody asked for by applying or reporting
LOOKS = (
    "person.viewed",
    "notices.viewed",
    "record.viewed",
    "record.details_opened",
    "certificate.viewed",
    "number.opened",
    "trail.viewed",
)


def tell_first(events: Iterable[AuditEvent]) -> None:
    """Tell of those of these written events that are the first look of their sort at a person."""
    for event in events:
        if event.verb in LOOKS and event.actor_id and event.resident_id:
            tell_of = tell_of_helper if event.on_behalf else tell_of_staff
            tell_of(event, event.resident_id)


def tell_of_staff(event: AuditEvent, resident_id: int) -> None:
    """Tell that somebody at work looked, where nobody did before."""
    looks = AuditEvent.objects.filter(resident=resident_id, verb__in=LOOKS, on_behalf=False)
    if not event.role or looks.exclude(role="").exclude(pk=event.pk).exists():
        return
    whose = Resident.objects.values_list("public_id", flat=True).get(pk=resident_id)
    tell(resident_id=resident_id, kind="look.first", subject=("trail", whose), at=event.at)


def tell_of_helper(event: AuditEvent, resident_id: int) -> None:
    """Tell that a helper whom the person named made use of it, where this is the first time."""
    looks = AuditEvent.objects.filter(resident=resident_id, verb__in=LOOKS, on_behalf=True)
    if looks.filter(actor=event.actor_id).exclude(pk=event.pk).exists():
        return
    named = Authority.objects.open().filter(agent=event.actor_id, kind=Authority.Kind.CARER)
    for authority in named.filter(subject=resident_id)[:1]:
        subject = ("authority", authority.public_id)
        tell(resident_id=resident_id, kind="authority.used", subject=subject, at=event.at)
