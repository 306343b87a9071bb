"""Sends what was filled in at a counter: the same actions as a resident's own, in the name of the staff."""

import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.protection import clearing
from accounts.refusal import AccountError
from certificates.by_post import ask_at_counter
from links.models import Link
from portal.counter.visits import Visit
from reports import actions

GONE = _("This record is not on the person's number any more. Please choose once more.")
NO_CERTIFICATE = _("By these answers no application is possible, or one is open already.")


def send(visit: Visit, *, by: User, at: datetime.datetime) -> str:
    """The number of the report or application; AccountError where it cannot be."""
    clearing.require(visit.resident, by=by, at=at)
    return report(visit, by=by, at=at) if visit.what == "report" else application(visit, by=by, at=at)


def report(visit: Visit, *, by: User, at: datetime.datetime) -> str:
    """The report about the record that was chosen."""
    answers = dict(visit.answers)
    link = Link.objects.of(visit.resident).filter(public_id=answers.pop("link")).first()
    if link is None:
        raise AccountError(GONE)
    language = answers.pop("language", None) or get_language() or "ja"
    return actions.file(link=link, answers=answers, language=language, simple=False, by=by, at=at).number


def application(visit: Visit, *, by: User, at: datetime.datetime) -> str:
    """The application, to be decided by two others and posted."""
    found = ask_at_counter(resident=visit.resident, why=visit.answers["why"], by=by, at=at)
    if found is None:
        raise AccountError(NO_CERTIFICATE)
    return found.number
