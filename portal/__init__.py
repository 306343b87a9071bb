"""The project, and the pages that belong to the whole service."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
