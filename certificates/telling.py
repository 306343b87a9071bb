"""Trail and notice of an application's step."""

import datetime

from accounts import audit
from accounts.models import User
from accounts.scopes import Area
from certificates.models import Application
from notices import actions as notices


def told(application: Application, verb: str, kind: str, *, by: User, at: datetime.datetime) -> None:
    """What somebody did to an application, and the notice about it, in the transaction of the deed."""
    subject = ("application", application.public_id)
    audit.record(verb, by=by, at=at, resident=application.resident_id, subject=subject)
    tell(application, kind, subject, at=at)


def tell(application: Application, kind: str, subject: tuple[str, str], *, at: datetime.datetime) -> None:
    """Tell the person whom the application is about."""
    whom = application.resident_id
    notices.tell(resident_id=whom, kind=kind, subject=subject, area=Area.HEALTH, at=at)
