"""The one way in which reading a whole file fails."""

from django.utils.translation import gettext


class FeedRefused(Exception):
    """A file that is not read at all; its text is one plain sentence, fit to show to the sender."""

    def __init__(self, reason: str, **details: object) -> None:
        """`reason` is a message id with %(name)s places, `details` fill them."""
        super().__init__(reason)
        self.reason = reason
        self.details = details

    def __str__(self) -> str:
        return gettext(self.reason) % self.details
