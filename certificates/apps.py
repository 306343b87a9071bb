"""Registers the room with Django."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """The five-year fallback certificate."""

    name = "certificates"
