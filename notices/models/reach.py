"""How a sign-in is reached: what it chose, and the browsers that asked to be told."""

from django.conf import settings
from django.db import models

from notices.models.outbox import public_id


class PushSubscription(models.Model):
    """A browser that asked to be told: where its push service is, and the keys to write to it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    endpoint = models.CharField(max_length=1000)
    browser_key = models.CharField(max_length=100, help_text="public point, base64url")
    secret = models.CharField(max_length=40, help_text="base64url")
    device = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "endpoint"], name="a_browser_is_told_once")]

    def __str__(self) -> str:
        return f"Push subscription {self.pk}"


class Preference(models.Model):
    """How a sign-in wants to be spoken to: language, version, what it does without, and when not."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference")
    language = models.CharField(max_length=10, default="ja")
    simple = models.BooleanField(default=False)
    switched_off = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), help_text="as `group:channel`"
    )
    quiet_from = models.TimeField(null=True, blank=True, help_text="by the clock of Japan")
    quiet_until = models.TimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_two_ends",
            )
        ]

    def __str__(self) -> str:
        return f"Preference {self.pk}"
