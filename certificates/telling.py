"""Trail and notice of an application's step."""

import datetime

from accounts import audit
from accounts.models import User
from accounts.scopes import Area
from certificates.models import Application
from links.models import Link
from notices import actions as notices


def told(application: Application, verb: str, kind: str, *, by: User, at: datetime.datetime) -> None:
    """What somebody did to an application, and the notice about it, in the transaction of the deed."""
    subject = ("application", application.public_id)
    office = code_of(application.link)
    audit.record(verb, by=by, at=at, resident=application.resident_id, subject=subject, institution=office)
    tell(application, kind, subject, at=at)


def code_of(link: Link | None) -> str:
    """The code of the insurer on whose record it stands, for the trail; empty where none is known."""
    return str(link.institution.code) if link else ""


def tell(application: Application, kind: str, subject: tuple[str, str], *, at: datetime.datetime) -> None:
    """Tell the person whom the application is about."""
    whom = application.resident_id
    notices.tell(resident_id=whom, kind=kind, subject=subject, area=Area.HEALTH, at=at)
