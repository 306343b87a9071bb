"""What the portal knows about a person's insurance and card: nothing that is withheld is read."""

import datetime
from collections.abc import Iterable

from accounts.models import Resident
from certificates.answers import Known
from certificates.facts import Card, Registration
from certificates.models import Certificate
from certificates.schemes import Scheme, UnknownInsurer, scheme_of
from links.models import Link

REGISTRATIONS = {"1": Registration.REGISTERED, "0": Registration.NOT_REGISTERED}


def insurance_of(resident: Resident) -> Link | None:
    """The present health insurance: the newest that may be used, else the newest under confirmation."""
    links = Link.objects.of(resident).filter(category="health_insurance", status=Link.Status.ACTIVE)
    return present(links.select_related("institution").order_by("-linked_on", "-id"))


def present(newest_first: Iterable[Link]) -> Link | None:
    """The one of a person's active insurances that counts."""
    return min(newest_first, key=lambda link: not link.shows_details, default=None)


def known_of(resident: Resident, link: Link | None, *, today: datetime.date) -> Known:
    """What no question need be asked about; of a record under confirmation only that it is so."""
    return known_with(resident, link, running_until(resident, today=today), today=today)


def known_with(
    resident: Resident, link: Link | None, running: datetime.date | None, *, today: datetime.date
) -> Known:
    """The same where it is known already until when the person's certificate runs; no query."""
    details = link.details if link and link.shows_details else {}
    return Known(
        today=today,
        birth_on=resident.born_on,
        scheme=scheme_or_none(details.get("insurer_number", "")),
        insurance_held=link is not None and not link.shows_details,
        entitled_until=day_or_none(details.get("disqualified_on")),
        card=Card(details["card_state"]) if details.get("card_state") else None,
        registration=REGISTRATIONS.get(details.get("card_use_registered", "")),
        card_certificate_expires_on=day_or_none(details.get("card_certificate_expires_on")),
        residence_ends_on=resident.residence_expires_on,
        running_until=running,
    )


def running_until(resident: Resident, *, today: datetime.date) -> datetime.date | None:
    """The last day of the certificate that the person holds now, if any."""
    valid = Certificate.objects.valid(on=today).filter(resident=resident).order_by("-valid_until")
    return valid.values_list("valid_until", flat=True).first()


def scheme_or_none(insurer_number: str) -> Scheme | None:
    """The scheme, if the insurer's number is there and right."""
    try:
        return scheme_of(insurer_number)
    except UnknownInsurer:
        return None


def day_or_none(text: str | None) -> datetime.date | None:
    """A day of a record's details, if it was sent."""
    return datetime.date.fromisoformat(text) if text else None
