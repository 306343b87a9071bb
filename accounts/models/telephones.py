"""Telephone numbers for notices: one a sign-in, used once its code was entered."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

CODE_LASTS = datetime.timedelta(minutes=10)
MOST_TRIES = 5


class TelephoneQuerySet(models.QuerySet["Telephone"]):
    """Sentences about telephones."""

    def proven(self) -> "TelephoneQuerySet":
        """Those that may be written to."""
        return self.exclude(number="")

    def alone(self) -> "TelephoneQuerySet":
        """Those that nobody else reads: neither said to be shared nor proven by another sign-in."""
        others = Telephone.objects.filter(number=OuterRef("number")).exclude(pk=OuterRef("pk"))
        return self.proven().filter(shared=False).exclude(Exists(others))


class Telephone(models.Model):
    """Where text messages of a sign-in go, and the number that waits for its code."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="telephone")
    number = models.CharField(max_length=16, blank=True, db_index=True, help_text="E.164, proven; or empty")
    shared = models.BooleanField(default=False, help_text="other people read it too, says its owner")
    proven_at = models.DateTimeField(null=True, blank=True)
    waiting = models.CharField(max_length=16, blank=True, help_text="E.164, not proven yet")
    waiting_shared = models.BooleanField(default=False)
    code_digest = models.BinaryField(max_length=32, null=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[TelephoneQuerySet] = TelephoneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", proven_at=None) | ~Q(number="") & Q(proven_at__isnull=False),
                name="a_number_that_is_used_was_proven",
            ),
            models.CheckConstraint(
                condition=Q(waiting="", code_digest=None, code_sent_at=None)
                | ~Q(waiting="") & Q(code_digest__isnull=False, code_sent_at__isnull=False),
                name="a_number_that_waits_has_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"Telephone {self.pk}"

    def takes_code(self, *, at: datetime.datetime) -> bool:
        """Whether the code that was sent may still be entered."""
        return (
            self.code_sent_at is not None and at < self.code_sent_at + CODE_LASTS and self.tries < MOST_TRIES
        )
