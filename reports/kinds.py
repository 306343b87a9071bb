"""What can be wrong with a record, how grave it is, and the states a report goes through."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the resident says is wrong."""

    NOT_MINE = "not_mine", _("It is not mine")
    WRONG_DETAIL = "wrong_detail", _("It is mine, but a detail is wrong")
    ENDED = "ended", _("It ended, but is still shown")
    SAW_OTHER = "saw_other", _("I was shown another person's information")
    # said of a record that the check stopped, not chosen among what can be wrong
    MINE = "mine", _("It is mine, but it was stopped")
    # those that begin without a record
    MISSING = "missing", _("A record is missing")
    PRINTED = "printed", _("A certificate was printed with another person's data")
    NOT_ME = "not_me", _("I did not do what a notice told me")


# what can be said of a record, and what can be said without one
WRONG = [(kind.value, kind.label) for kind in (Kind.NOT_MINE, Kind.WRONG_DETAIL, Kind.ENDED, Kind.SAW_OTHER)]
ELSEWHERE = [(kind.value, kind.label) for kind in (Kind.MISSING, Kind.SAW_OTHER, Kind.PRINTED)]
UNRECORDED = (Kind.MISSING, Kind.PRINTED, Kind.NOT_ME)
# another person's data were seen: a candidate for an incident, and nothing of what was seen is written down
LEAKS = (Kind.SAW_OTHER, Kind.PRINTED)
# wrong last digits that one may give of a stopped record before staff take over
MOST_TRIES = 3


class Since(models.TextChoices):
    """Since when the resident knows of it."""

    TODAY = "today", _("Since today")
    WEEK = "week", _("Since this week")
    MONTH = "month", _("Since this month")
    LONGER = "longer", _("For longer")
    UNKNOWN = "unknown", _("I do not know")


class Reach(models.TextChoices):
    """How the resident wants to hear from us."""

    PORTAL = "portal", _("In this portal and by mail")
    TELEPHONE = "telephone", _("By telephone")


class Page(models.TextChoices):
    """Where in the portal another person's information was shown, if it was not a record."""

    HOME = "home", _("On the first page")
    NOTICE = "notice", _("In a notice or a mail")
    REPORT = "report", _("On the page of a report")
    CERTIFICATE = "certificate", _("On the fallback certificate")
    OTHER = "other", _("Somewhere else, or I do not remember")


class Document(models.TextChoices):
    """What a machine printed with another person's data."""

    RESIDENCE = "residence", _("Copy of the resident record")
    SEAL = "seal", _("Certificate of the registered seal")
    FAMILY = "family", _("Certificate of the family register")
    TAX = "tax", _("Certificate of tax or income")
    OTHER = "other", _("Another certificate")


class Paper(models.TextChoices):
    """Where the paper with another person's data is."""

    HERE = "here", _("I still have it")
    HANDED_IN = "handed_in", _("I gave it to the shop or the office")
    GONE = "gone", _("I do not have it any more")


class Severity(models.IntegerChoices):
    """How grave it is: the queue shows the highest first."""

    ORDINARY = 1, _("Ordinary")
    MONEY = 2, _("Money at stake")
    INSURANCE = 3, _("Health insurance blocked")
    OTHER_PERSON = 4, _("Another person's data seen")


class State(models.TextChoices):
    """Where a report stands."""

    RECEIVED = "received", _("Received")
    REOPENED = "reopened", _("Opened again")
    TRIAGED = "triaged", _("Being checked")
    WITH_INSTITUTION = "with_institution", _("The institution was asked")
    AWAITING_RESIDENT = "awaiting_resident", _("Waits for the resident")
    PROPOSED = "proposed", _("A correction waits for approval")
    CORRECTED = "corrected", _("Corrected")
    NOT_AN_ERROR = "not_an_error", _("Not an error")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CLOSED = (State.CORRECTED, State.NOT_AN_ERROR, State.WITHDRAWN)
# where nobody has begun to check
UNTAKEN = (State.RECEIVED, State.REOPENED)

# The only changes there are; buttons, actions and docs/states.md all read them
ALLOWED: dict[str, tuple[State, ...]] = {
    State.RECEIVED: (State.TRIAGED, State.WITHDRAWN),
    State.REOPENED: (State.TRIAGED, State.WITHDRAWN),
    State.TRIAGED: (State.WITH_INSTITUTION, State.AWAITING_RESIDENT, State.PROPOSED, State.WITHDRAWN),
    # corrected from here: an approved move or detail that the institution carried out
    State.WITH_INSTITUTION: (
        State.TRIAGED,
        State.AWAITING_RESIDENT,
        State.PROPOSED,
        State.CORRECTED,
        State.WITHDRAWN,
    ),
    State.AWAITING_RESIDENT: (State.TRIAGED, State.WITH_INSTITUTION, State.PROPOSED, State.WITHDRAWN),
    # with the institution: it has to carry the approved correction out
    State.PROPOSED: (State.TRIAGED, State.WITH_INSTITUTION, State.CORRECTED, State.NOT_AN_ERROR),
    # still wrong: within 90 days
    State.CORRECTED: (State.REOPENED,),
    State.NOT_AN_ERROR: (State.REOPENED,),
    State.WITHDRAWN: (),
}


class Team(models.TextChoices):
    """Who works on a case together; everybody at the desk may look into each team's cases."""

    INSURANCE = "insurance", _("Health insurance")
    MONEY = "money", _("Bank accounts and money")
    OTHER_RECORDS = "other_records", _("Pension, tax and other records")
    LANGUAGES = "languages", _("Other languages")
    INCIDENTS = "incidents", _("Incidents")


SEVERITY_OF = {"health_insurance": Severity.INSURANCE, "bank_account": Severity.MONEY}


def severity_of(kind: str, category: str) -> Severity:
    """How grave it is: what somebody else saw or did comes before any category of record."""
    if kind in (*LEAKS, Kind.NOT_ME):
        return Severity.OTHER_PERSON
    return SEVERITY_OF.get(category, Severity.ORDINARY)


class Remedy(models.TextChoices):
    """What a correction does to the record."""

    UNLINK = "unlink", _("Remove the record from this number")
    MOVE = "move", _("Have the institution move it to its owner's number")
    ATTRIBUTE = "attribute", _("Have the institution correct a detail")
    RELEASE = "release", _("Release the record: it is right")
    # where no record of this number is at fault
    DONE = "done", _("It was put right elsewhere")
    NOTHING = "nothing", _("There was nothing to put right")


# what can be done with a record, and where there is none; and which of them say that there was no error
WITH_RECORD = (Remedy.UNLINK, Remedy.MOVE, Remedy.ATTRIBUTE, Remedy.RELEASE)
WITHOUT_RECORD = (Remedy.DONE, Remedy.NOTHING)
# where a detail may be wrong while the record is the person's
OWN_RECORD = (Kind.WRONG_DETAIL, Kind.ENDED, Kind.MINE)
# what only the institution can carry out
ASKED_FOR = (Remedy.MOVE, Remedy.ATTRIBUTE)
NO_ERROR = (Remedy.RELEASE, Remedy.NOTHING)


class Cause(models.TextChoices):
    """Why the link was wrong, chosen when a correction is proposed."""

    THREE_ITEM_LOOKUP = "three_item_lookup", _("Looked up by three items")
    ADDRESS_NOT_USED = "address_not_used", _("Address was not used")
    FAMILY_NUMBER = "family_number", _("Family member's number")
    SAME_NAME = "same_name", _("Same name")
    TRANSCRIPTION = "transcription", _("Transcription or row shift")
    EMPLOYER_FORM = "employer_form", _("Employer's form")
    SEVERAL_INSURANCES = "several_insurances", _("Several active insurances")
    SHARED_TERMINAL = "shared_terminal", _("Shared terminal")
    FAMILY_ACCOUNT = "family_account", _("Family account")
    REUSED_CERTIFICATE = "reused_certificate", _("Re-used certificate number")
    SYSTEM_FAULT = "system_fault", _("System fault")
    WRONG_ATTRIBUTE = "wrong_attribute", _("Wrong attribute")
    NOT_LINKED = "not_linked", _("Not linked")
    CARD_MIX_UP = "card_mix_up", _("Card mix-up")
    NOT_AN_ERROR = "not_an_error", _("Not an error")
