"""Why something about a sign-in or a person cannot be done, in words that are fit to show."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GUEST = _(
    "This sign-in was connected less than 7 days ago. Until they are over, details and numbers stay hidden, "
    "and nothing is issued or sent elsewhere."
)
LOCKED = _(
    "Everything is locked, because somebody pressed “Lock everything”. "
    "It opens when the person proves once more who they are."
)
NO_AGENTS = _("This cannot be done here. Please call us, or come to a counter with an identity document.")
NOT_ALLOWED = _("Your role may not do this.")
TOO_WEAK = _("The number is shown to sign-ins only that were connected by card or at a counter.")
CARD_TAKEN = _("This card is connected with another sign-in already. Nothing was changed.")


class AccountError(Exception):
    """The reason, fit to show."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(str(message))
