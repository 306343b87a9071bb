"""Requests to be called back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Resident, User

MOST_TRIES = 3


class CallQuerySet(models.QuerySet["Call"]):
    """Sentences about calls."""

    def waiting(self) -> "CallQuerySet":
        """Those whose result nobody has entered."""
        return self.filter(state=Call.State.WAITING)

    def asked_by(self, user: User) -> "CallQuerySet":
        """Those that this sign-in asked for, the last one first."""
        return self.filter(by=user).order_by("-asked_at", "-pk")

    def next_first(self) -> "CallQuerySet":
        """In the order in which staff call."""
        return self.order_by("call_by", "asked_at", "pk")


class Call(models.Model):
    """Somebody wants to be called back. It waits until staff enter its result; the number is kept until then.

    Whoever calls says the word, which only the asker was shown: so they know us from a fraudster.
    """

    class Part(models.TextChoices):
        """When in the day."""

        MORNING = "morning", _("In the morning, 9:30 to 12:00")
        AFTERNOON = "afternoon", _("In the afternoon, 12:00 to 17:00")
        EVENING = "evening", _("In the evening, 17:00 to 20:00")
        ANY = "any", _("At any time from 9:30 to 20:00")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waits for the call")
        SPOKEN = "spoken", _("We spoke with you")
        NOT_REACHED = "not_reached", _("We could not reach you")
        WITHDRAWN = "withdrawn", _("You took it back")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls")
    resident = models.ForeignKey(
        Resident, null=True, on_delete=models.PROTECT, related_name="calls", help_text="whose sign-in it was"
    )
    telephone = models.CharField(max_length=20, blank=True, help_text="empty once nobody needs it any more")
    word = models.CharField(max_length=20, help_text="a code of reports/calls/words.py")
    part = models.CharField(max_length=20, choices=Part)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0, help_text="how often nobody answered")
    tried_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    call_by = models.DateField()
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by"], condition=Q(state="waiting"), name="one_waiting_call"),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(settled_at__isnull=False),
                name="settled_calls_have_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") ^ Q(telephone=""), name="telephone_while_the_call_waits"
            ),
            models.CheckConstraint(
                condition=Q(tries=0, tried_at=None) | Q(tries__gte=1, tried_at__isnull=False),
                name="tried_calls_have_a_moment",
            ),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="tries_of_a_call"),
        ]
        indexes = [models.Index(fields=["call_by", "id"], condition=Q(state="waiting"), name="waiting_calls")]

    def __str__(self) -> str:
        return f"Call {self.public_id}"

    def get_absolute_url(self) -> str:
        """Its page for who asked."""
        return reverse("calls:call", args=[self.public_id])

    @property
    def waits(self) -> bool:
        """Whether its result is still to be entered."""
        return self.state == self.State.WAITING
