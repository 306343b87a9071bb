"""Registers the room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who people are."""

    name = "accounts"

    def ready(self) -> None:
        """Hear when somebody changes how they sign in; know what a production must have."""
        from accounts import checks, credentials  # noqa: F401, PLC0415 - models are ready only now
