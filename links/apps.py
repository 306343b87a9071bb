"""Registers the room with Django."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """What institutions say belongs to a number."""

    name = "links"
