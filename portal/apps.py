"""Registers the room with Django."""

from django.apps import AppConfig
from django.conf import settings
from kombu.transport import get_transport_cls

from portal import safety


class PortalConfig(AppConfig):
    """The pages that belong to the whole service."""

    name = "portal"

    checks = safety.say_what_is_unsafe  # known to `check --deploy` from here on

    def ready(self) -> None:
        """Let the embedded broker be asked ten times a second."""
        if settings.CELERY_BROKER_URL.startswith("sqla+"):
            # not a transport option: kombu hands those on to SQLAlchemy, which knows no polling interval
            get_transport_cls("sqla").polling_interval = 0.1  # type: ignore[union-attr]
