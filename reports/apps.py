"""Registers the room with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Where residents say that something is wrong, and support puts it right."""

    name = "reports"
