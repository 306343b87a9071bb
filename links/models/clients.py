"""Machines of institutions that may use the API."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.identifiers import public_id
from links.models.institutions import Institution


class ApiClientQuerySet(models.QuerySet["ApiClient"]):
    """Sentences about clients."""

    def current(self) -> "ApiClientQuerySet":
        """Those that were not revoked."""
        return self.filter(revoked_at=None)


class ApiClient(models.Model):
    """A machine of one institution, known by its public key; a new key is a new client."""

    class Scope(models.TextChoices):
        READ = "links:read", "Ask about the institution's own links"
        WRITE = "links:write", "Send and end the institution's own links"

    client_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="clients")
    key = models.JSONField(help_text="public JSON Web Key; the private one never leaves the institution")
    scopes = models.JSONField(default=list, help_text="codes of Scope")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ApiClientQuerySet] = ApiClientQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")),
                name="client_is_revoked_after_it_is_created",
            ),
        ]

    def __str__(self) -> str:
        return f"ApiClient {self.client_id}"
