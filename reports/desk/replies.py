"""Standard replies: sentences of our own, in the resident's language, with what the case knows filled in."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices.languages import whole
from reports.kinds import Cause
from reports.models import Report
from reports.moving import ReportError
from reports.progress import addressee

# what a member of staff has to write stands in such brackets
BLANK = ("［", "］")
NOT_KNOWN = _("This reply needs %(field)s, and the case does not have it. Please write it yourself.")
FIELDS: dict[str, Promise] = {
    "institution": _("the office's name"),
    "day": _("the latest day for the next step"),
    "phone": _("our telephone number"),
}


@dataclass(frozen=True, slots=True)
class Standard:
    """One reply: its title for staff, its text for the resident, and the causes that it goes with."""

    title: Promise
    text: Promise
    causes: tuple[Cause, ...] = ()


REPLIES: dict[str, Standard] = {
    "checking": Standard(
        _("We are checking it"),
        _(
            "We are checking your report %(number)s. "
            "You hear from us by %(day)s. "
            "The record stays stopped until then."
        ),
    ),
    "asked": Standard(
        _("We asked the office"),
        _("We asked %(institution)s about your report %(number)s. You hear from us by %(day)s."),
    ),
    "paper": Standard(
        _("Please show us a paper"),
        _(
            "For your report %(number)s we need to see this paper: ［which paper］. "
            "Please add a photo of it to your report, or bring it to the counter."
        ),
    ),
    "family_account": Standard(
        _("Account of a family member"),
        _(
            "The bank account belongs to a member of your family. "
            "Public payments need an account in your own name. "
            "The record is taken off your number. "
            "You can register your own account at any time."
        ),
        (Cause.FAMILY_ACCOUNT, Cause.FAMILY_NUMBER),
    ),
    "same_name": Standard(
        _("Somebody of the same name"),
        _(
            "%(institution)s had linked the record of another person with a similar name. "
            "This was not your mistake. "
            "The record is taken off your number."
        ),
        (Cause.SAME_NAME, Cause.THREE_ITEM_LOOKUP, Cause.ADDRESS_NOT_USED),
    ),
    "slip": Standard(
        _("A slip of the pen at the office"),
        _(
            "A number was written down wrongly at %(institution)s. "
            "This was not your mistake. "
            "The record is taken off your number."
        ),
        (Cause.TRANSCRIPTION, Cause.EMPLOYER_FORM, Cause.WRONG_ATTRIBUTE),
    ),
    "insurances": Standard(
        _("More than one insurance"),
        _(
            "Two insurances are shown for you at the moment. "
            "Please tell the one that ended. "
            "Until then you can show the fallback certificate. "
            "Questions: %(phone)s."
        ),
        (Cause.SEVERAL_INSURANCES,),
    ),
    "terminal": Standard(
        _("A terminal that stayed signed in"),
        _(
            "At the counter the visit before yours had not been ended. "
            "So a record came to a wrong number. "
            "This was not your mistake. "
            "We look for everybody to whom it happened."
        ),
        (Cause.SHARED_TERMINAL, Cause.SYSTEM_FAULT),
    ),
    "right": Standard(
        _("The record is yours"),
        _(
            "%(institution)s confirmed that the record is yours. "
            "We explain it gladly by telephone: %(phone)s."
        ),
        (Cause.NOT_AN_ERROR,),
    ),
}


def text_of(code: str, report: Report) -> str:
    """The reply in the resident's language; ReportError where the case does not have what it needs."""
    with translation.override(whole(report.language)):
        words = str(REPLIES[code].text)
        known = known_of(report)
    missing = next((name for name, value in known.items() if f"%({name})s" in words and not value), None)
    if missing:
        raise ReportError(NOT_KNOWN % {"field": FIELDS[missing]})
    return words % known


def known_of(report: Report) -> dict[str, str]:
    """What the case knows, by the names that stand in the texts."""
    return {
        "number": report.number,
        "institution": "" if report.places_hidden else addressee(report),
        "day": formats.date_format(report.next_step_by),
        "phone": settings.SUPPORT_PHONE,
    }


def fitting_first(cause: Cause | None) -> list[tuple[str, Promise]]:
    """Codes and titles, those that go with the cause first."""
    ordered = sorted(REPLIES.items(), key=lambda item: cause not in item[1].causes)
    return [(code, reply.title) for code, reply in ordered]


def is_unfinished(text: str) -> bool:
    """Whether something between brackets was left to be written."""
    first, last = BLANK
    return first in text and last in text.partition(first)[2]
