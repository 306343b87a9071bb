"""Registers the room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are."""

    name = "accounts"

    def ready(self) -> None:
        """Hear when somebody signs in or changes how; know what a production must have."""
        from accounts import checks, credentials, sign_ins  # noqa: F401, PLC0415 - models are ready only now
