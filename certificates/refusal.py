"""The one exception of this room whose text is shown."""

from django.utils.functional import Promise


class CertificateError(Exception):
    """Why it cannot be done, fit to show."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
