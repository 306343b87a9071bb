"""What is said about a report."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident
from reports.models.reports import Report


class Message(models.Model):
    """A word between the resident and support, or a note that only staff see."""

    class Audience(models.TextChoices):
        RESIDENT = "resident", _("To the resident")
        SUPPORT = "support", _("From the resident")
        STAFF = "staff", _("Note inside the service")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience)
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Message {self.pk}"
