"""Where somebody is signed in."""

import datetime
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from accounts.identifiers import public_id
from accounts.models.users import User


class SessionQuerySet(models.QuerySet["Session"]):
    """Sentences about sessions."""

    def running(self, *, at: datetime.datetime) -> "SessionQuerySet":
        """Those that have not come to their end, the latest first."""
        return self.filter(expire_date__gt=at).order_by("-started_at", "-public_id")

    def others_than(self, session_key: str | None) -> "SessionQuerySet":
        """All but the one with this key."""
        return self.exclude(session_key=session_key)


class Session(AbstractBaseSession):
    """One browser: whose it is, on which kind of device, since when, and (expire_date) until when."""

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=40, blank=True, help_text="browser and system, no version")
    started_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "session"

    def __str__(self) -> str:
        return f"Session {self.public_id}"


class KnownDevice(models.Model):
    """A browser on which somebody signed in before, by the digest of a mark that the browser keeps."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the mark")
    seen_at = models.DateTimeField(help_text="when somebody last signed in there")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_device_is_known_once_to_a_sign_in")
        ]

    def __str__(self) -> str:
        return f"Known device {self.pk}"
