"""What the holder of a record knows and others hardly do: the last three digits of its number."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from links.models import Link
from reports.kinds import MOST_TRIES
from reports.models import Proof, Report

DIGITS = 3
# the number that stands on the holder's own book, card or letter; the first that was sent is asked for
QUESTIONS: dict[str, Promise] = {
    "account_number": gettext_lazy("What are the last three digits of the account number?"),
    "pension_number": gettext_lazy("What are the last three digits of the basic pension number?"),
    "certificate_number": gettext_lazy("What are the last three digits of the certificate's number?"),
    "number": gettext_lazy("What are the last three digits of the number on the insurance card?"),
}


def claimable(link: Link) -> bool:
    """Whether the check hides it from its resident, who may say that it is theirs all the same."""
    return link.stands and link.was_checked and not link.shows_details


def question(link: Link) -> Promise | None:
    """What is asked; None where no such number was sent."""
    return next((asked for key, asked in QUESTIONS.items() if digits_of(link, key)), None)


def knows(link: Link, digits: str) -> bool:
    """Whether these are the last three."""
    last = next((found for key in QUESTIONS if (found := digits_of(link, key))), "")
    return bool(last) and constant_time_compare(last, digits)


def digits_of(link: Link, key: str) -> str:
    """The last three digits of one number; empty where it has fewer."""
    found = re.sub(r"\D", "", unicodedata.normalize("NFKC", str(link.details.get(key, ""))))
    return found[-DIGITS:] if len(found) >= DIGITS else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What staff read of it; the fields of components/status.html."""

    tone: str
    words: str


def of_case(report: Report) -> Known | None:
    """How the resident proved to know a stopped record; None where the case is not about one."""
    proof: Proof | None = getattr(report, "proof", None)
    if proof is None:
        return None
    if proof.proven_at:
        words = _("Knew the last three digits of its number, at try %(tries)s of %(most)s.")
        return Known("ok", words % {"tries": proof.tries, "most": MOST_TRIES})
    if proof.is_over:
        return Known("attention", _("Did not know the last three digits of its number in three tries."))
    return Known("info", _("Was not asked: no number was sent that its holder would know."))
