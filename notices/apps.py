"""Registers the room with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people are told."""

    name = "notices"
