"""The public page of an incident: written from a template, published by a second person, naming nobody."""

import datetime
import re
import unicodedata
from collections.abc import Iterable

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.proposals.keeping import decide, keep
from reports.incidents.actions import locked, note, require
from reports.kinds import Cause
from reports.models import Incident, Plan, Statement
from reports.moving import ReportError

LANGUAGES = ("ja", "ja-x-easy", "en")
PARTS = ("happened", "doing", "changed")
OPEN = {Incident.State.OPEN, Incident.State.LISTING}
NAMES_SOMEBODY = gettext_lazy(
    "The text holds the name or the reference of somebody affected. Please take it out: everybody reads it."
)
SMALL_NUMBER = gettext_lazy(
    "The text holds a number below ten of people or records. Please take it out: it could point to somebody."
)
# digits as people write them, after NFKC, with what they count
COUNTED = re.compile(
    r"(?<![\d.,])[1-9](?![\d.,])\s*(?:人|名|件|にん|けん|people|persons?|records?|residents?)"
)
SHORTEST = 2  # letters of a name, 4 of a reference
Texts = dict[str, dict[str, str]]


def template(incident: Incident) -> Texts:
    """What the page says to begin with, in each language, with what the incident knows filled in."""
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = {"happened": happened(incident), "doing": doing(incident), "changed": ""}
    return texts


def happened(incident: Incident) -> str:
    """What went wrong, by its cause."""
    said = _("%(institution)s linked records to the individual numbers of other people by mistake.") % {
        "institution": incident.institution.name
    }
    why = _("The cause: %(cause)s.") % {"cause": Cause(incident.cause).label}
    return f"{said} {why}"


def doing(incident: Incident) -> str:
    """What is done by now."""
    done = incident.plans.filter(phase=Plan.Phase.DONE, undoes=None).exists()
    first = _("We stopped or removed the wrong records.") if done else _("We check every record of that day.")
    also = _("We write to everybody affected. You need not do anything.")
    return f"{first} {also}"


@transaction.atomic
def propose(
    *, incident: Incident, texts: Texts, done_by: datetime.date, reason: str, by: User, at: datetime.datetime
) -> Statement:
    """Hand the words to a second person; ReportError where they could identify somebody."""
    require("incidents.work", by)
    incident = locked(incident, OPEN)
    if problem := could_identify(incident, texts):
        raise ReportError(problem)
    statement = keep(incident.statements, texts=texts, done_by=done_by, reason=reason, by=by, at=at)
    note(incident, "statement.proposed", by=by, at=at)
    return statement


@transaction.atomic
def publish(*, incident: Incident, by: User, at: datetime.datetime) -> Statement:
    """Everybody can read it from now on; read once more for names, for people may have come since."""
    require("incidents.approve", by)
    incident = locked(incident, OPEN)
    waiting = incident.statements.filter(state=Statement.State.WAITING).first()
    if waiting and (problem := could_identify(incident, waiting.texts)):
        raise ReportError(problem)
    statement = decide(incident.statements, Statement.State.APPROVED, by=by, at=at)
    note(incident, "statement.published", by=by, at=at)
    return statement


@transaction.atomic
def send_back(*, incident: Incident, text: str, by: User, at: datetime.datetime) -> Statement:
    """It is not published; why."""
    require("incidents.approve", by)
    incident = locked(incident, OPEN)
    statement = decide(incident.statements, Statement.State.RETURNED, by=by, at=at, answer=text)
    note(incident, "statement.returned", by=by, at=at)
    return statement


def could_identify(incident: Incident, texts: Texts) -> str:
    """Why the words could point to somebody; empty where they do not."""
    written = " ".join(text for parts in texts.values() for text in parts.values())
    plain = unicodedata.normalize("NFKC", written)
    if COUNTED.search(plain):
        return str(SMALL_NUMBER)
    return str(NAMES_SOMEBODY) if holds_one_of(plain, private_words(incident)) else ""


def private_words(incident: Incident) -> Iterable[str]:
    """Names, readings and references of everybody and everything affected."""
    people = incident.people.values_list("resident__name", "resident__name_kana")
    records = incident.records.values_list("link__reference", "link__holder_name")
    for words, shortest in ((people, SHORTEST), (records, 2 * SHORTEST)):
        for row in words.iterator():
            yield from (word for word in map(joined, row) if len(word) >= shortest)


def holds_one_of(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text, blanks left out of account."""
    whole = joined(text)
    return any(word in whole for word in words)


def joined(text: str | None) -> str:
    """Without blanks, in the usual width."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())
