"""Why something about one's own data cannot be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNDER_WAY = _("You have asked for a copy already. We are putting it together.")
NOT_READY = _("There is no copy to fetch. It may be over 7 days old. Please ask for a new one.")
UNKNOWN = _("Your sign-in is not connected to a person, or another sign-in claims the same person.")


class PrivacyError(Exception):
    """The reason, fit to show."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(str(message))
