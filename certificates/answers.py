"""The three questions: which must still be asked, and what the answers say.  Pure."""

from dataclasses import dataclass, replace
from datetime import date

from certificates.facts import Card, Facts, Paper, Registration
from certificates.schemes import Scheme

Answers = dict[str, str]

WISHES = ("items", "delivery", "paper")
DOWNLOAD = "download"
REGISTRATIONS = {
    "yes": Registration.REGISTERED,
    "expired": Registration.REGISTERED,
    "not_registered": Registration.NOT_REGISTERED,
    "cancelled": Registration.CANCELLED,
    "unknown": Registration.UNKNOWN,
}
# where nobody is asked: a card that works, unless a source says otherwise
NOTHING_SAID: Answers = {"card": "valid", "works": "yes", "help": "nothing"}
# what happens to a card after its source last spoke
GONE = {Card.LOST, Card.RENEWING, Card.RETURNED}
PAPERS = {"good": Paper.GOOD, "damaged": Paper.DAMAGED, "lost": Paper.LOST}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What register, insurer and our own certificates say about one person; None where no source says."""

    today: date
    birth_on: date
    scheme: Scheme | None = None
    insurance_held: bool = False
    entitled_until: date | None = None
    card: Card | None = None
    registration: Registration | None = None
    card_certificate_expires_on: date | None = None
    residence_ends_on: date | None = None
    running_until: date | None = None

    @property
    def tells_if_card_works(self) -> bool:
        """Whether nobody need be asked about the card's registration and certificate."""
        registered = self.registration is Registration.REGISTERED
        return self.registration is not None and (
            not registered or self.card_certificate_expires_on is not None
        )


def steps(known: Known, answers: Answers) -> list[str]:
    """Return the questions that this person is asked, in order: what no source says, or no longer rightly."""
    asked = ["card"] if not known.card or (known.card is Card.VALID and "card" in answers) else []
    if card_of(known, answers) is Card.VALID and not known.tells_if_card_works:
        asked.append("works")
        if answers.get("works") == "expired" and not known.card_certificate_expires_on:
            asked.append("expired_on")
    return [*asked, "help"]


def card_of(known: Known, answers: Answers) -> Card | None:
    """Return what a source says of the card, unless it is said to be gone since; None where nobody says."""
    stated = Card(answers["card"]) if answers.get("card") else None
    return stated if known.card is None or (known.card is Card.VALID and stated in GONE) else known.card


def wishes(answers: Answers) -> list[str]:
    """Return what is asked of those who apply: what is printed besides, how they get it, how large."""
    on_paper = answers.get("delivery", DOWNLOAD) != DOWNLOAD
    return ["items", "delivery", *(["paper"] if on_paper else [])]


def unsaid(answers: Answers) -> str | None:
    """Return the first of these without an answer."""
    return next((step for step in wishes(answers) if step not in answers), None)


def unanswered(known: Known, answers: Answers) -> str | None:
    """Return the first question without an answer."""
    return next((step for step in steps(known, answers) if step not in answers), None)


def facts(known: Known, answers: Answers) -> Facts:
    """Return what is known and what was stated as one; all questions must be answered."""
    stated = Facts(
        today=known.today,
        birth_on=known.birth_on,
        scheme=known.scheme,
        card=card_of(known, answers) or Card(answers["card"]),
        residence_ends_on=known.residence_ends_on,
        needs_helper=answers["help"] == "helper",
        paper=PAPERS.get(answers["help"], Paper.NONE),
        running_until=known.running_until,
        insurance_held=known.insurance_held,
        entitled_until=known.entitled_until,
        without_employer=answers.get("without_employer") == "yes",
    )
    if stated.card is not Card.VALID:
        return stated
    return replace(
        stated,
        registration=_registration(known, answers),
        card_certificate_expires_on=_expiry(known, answers),
    )


def _registration(known: Known, answers: Answers) -> Registration:
    if known.tells_if_card_works and known.registration:
        return known.registration
    return REGISTRATIONS[answers["works"]]


def _expiry(known: Known, answers: Answers) -> date | None:
    if known.card_certificate_expires_on:
        return known.card_certificate_expires_on
    if answers.get("works") == "expired" and "expired_on" in answers:
        return date.fromisoformat(answers["expired_on"])
    return None
