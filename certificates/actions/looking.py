"""Who looked at what of this room, written into the trail."""

import datetime

from accounts import audit
from accounts.models import Resident, User
from certificates.models import Application, Certificate
from certificates.telling import code_of


def look_into(*, resident: Resident, by: User, at: datetime.datetime) -> None:
    """Write into the trail that an agent saw what a resident would be asked and told."""
    audit.look("certificate.looked_into", residents=[resident.pk], by=by, at=at)


def look_at_certificate(*, certificate: Certificate, by: User, at: datetime.datetime) -> None:
    """Write into the trail that somebody looked at a certificate: its holder or who acts for them."""
    subject = ("certificate", certificate.public_id)
    office, holder = code_of(certificate.link), certificate.resident_id
    audit.record("certificate.viewed", by=by, at=at, resident=holder, subject=subject, institution=office)


def look_at(*, application: Application, by: User, at: datetime.datetime) -> None:
    """Write into the trail that somebody looked at an application: applicant, who acts for them, or staff."""
    subject = ("application", application.public_id)
    purpose = application.number
    audit.record(
        "certificate.application_viewed",
        by=by,
        at=at,
        resident=application.resident_id,
        subject=subject,
        purpose=purpose,
        institution=code_of(application.link),
    )


def look_at_names(*, people: list[Resident], by: User, at: datetime.datetime) -> None:
    """Write into the trail that an agent saw for whom else they may apply."""
    audit.look("people.viewed", residents=[person.pk for person in people], by=by, at=at)
