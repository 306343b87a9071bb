"""Why a sign-in with the card did not come about, in words that are fit to show."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.refusal import CARD_TAKEN


class Reason(Enum):
    """What is told; which check failed stands in the log only, as its code."""

    STOPPED = "stopped"
    NOT_PROVEN = "not_proven"
    AWAY = "away"
    TOO_OFTEN = "too_often"
    SOMEBODY_ELSE = "somebody_else"
    TAKEN = "taken"

    @property
    def words(self) -> Promise:
        """The sentence for the page."""
        return WORDS[self]


WORDS = {
    Reason.STOPPED: _("You stopped the sign-in with the card. Nothing was changed."),
    Reason.NOT_PROVEN: _("We could not make sure that it is you. Nothing was changed. Please start again."),
    Reason.AWAY: _(
        "The service that reads the card does not answer. "
        "Please try again in a minute, or sign in another way."
    ),
    Reason.TOO_OFTEN: _("That was tried too often. Please wait a minute and start again."),
    Reason.SOMEBODY_ELSE: _("This card and the sign-in belong to two different people. Nothing was changed."),
    Reason.TAKEN: CARD_TAKEN,
}


class CardError(Exception):
    """A sign-in that did not come about; `check` names what failed for the log, and nothing of a person."""

    def __init__(self, reason: Reason, check: str) -> None:
        super().__init__(check)
        self.reason, self.check = reason, check
