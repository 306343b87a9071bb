"""Registers the room with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The pages that belong to the whole service."""

    name = "portal"
