"""Addresses of the desk, and the version that its forms carry."""

from django.urls import reverse

from reports.models import Report

QUEUE = reverse("desk:queue")


def case_url(report: Report) -> str:
    """The page of a case."""
    return reverse("desk:case", args=[report.public_id])


def step_url(report: Report, verb: str) -> str:
    """The page of a step."""
    return reverse("desk:step", args=[report.public_id, verb])


def version(report: Report) -> int:
    """The case's present version."""
    return Report.objects.get(pk=report.pk).version
