"""The trail: who did what, about whom, why. Rows are added and never changed."""

import datetime
import re
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, Q
from django.db.models.functions import TruncDate

if TYPE_CHECKING:
    from accounts.models.register import Resident
    from accounts.models.users import User

# What makes two events the same deed to their reader
DEED = ("verb", "actor", "role", "on_behalf", "purpose")
# How the verbs of looks end
LOOK = re.compile(r"\.(viewed|details_opened|file_opened|opened|looked_into|downloaded|checked)$")
LOOKED = Q(verb__regex=LOOK.pattern)
# who did these is known to nobody: no actor, and yet not the service itself
STRANGERS = ("sign_in.failed", "sign_in.code_failed")
# when somebody signs in is for themselves to read, not for whoever acts for them
OWN_ONLY = ("sign_in.done", "sign_in.left", *STRANGERS)


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Sentences about the trail."""

    def about(self, resident: "Resident") -> "AuditEventQuerySet":
        """What was done about one person, newest first; whoever may see no place learns of no protection."""
        events = self.filter(resident=resident).order_by("-at", "-id")
        hidden = Q(verb__startswith="protection.") | Q(purpose__in=("protection", "moved"))
        return events.exclude(hidden) if resident.places_hidden else events

    def on(self, subject_kind: str, subject_id: str) -> "AuditEventQuerySet":
        """What was done to one thing, newest first."""
        return self.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("-at", "-id")

    def since(self, at: datetime.datetime) -> "AuditEventQuerySet":
        """What was done from then on."""
        return self.filter(at__gte=at)

    def looks(self) -> "AuditEventQuerySet":
        """Where somebody saw something, and nothing changed."""
        return self.filter(LOOKED)

    def changes(self) -> "AuditEventQuerySet":
        """All that was no look."""
        return self.exclude(LOOKED)

    def done_by(self, who: str, reader: "User") -> "AuditEventQuerySet":
        """What was done by `you`, `staff`, the `service` or `others`, in the reader's eyes."""
        if who == "you":
            return self.filter(actor=reader)
        service = Q(actor=None) & ~Q(verb__in=STRANGERS)
        staff = ~Q(role="") & Q(on_behalf=False)
        if who in ("service", "staff"):
            return self.filter(service) if who == "service" else self.filter(staff).exclude(actor=reader)
        return self.exclude(service).exclude(staff).exclude(Q(actor__isnull=False) & Q(actor=reader))

    def for_agents_unless(self, own: models.QuerySet[Any]) -> "AuditEventQuerySet":
        """Without what only the person concerned reads, unless that query finds somebody."""
        return self.filter(~Q(verb__in=OWN_ONLY) | Q(Exists(own)))

    def day_by_day(self, *more: str) -> "models.QuerySet[AuditEvent, dict[str, Any]]":
        """One row for the same deed of one person on one day in Japan, latest first: DEED, last_at, times.

        `more` names what else makes deeds differ.

        Grouped by the database, so that somebody who looks a hundred times hides nobody else.
        """
        daily: models.QuerySet[AuditEvent, dict[str, Any]] = (
            self.order_by().annotate(day=TruncDate("at")).values(*DEED, *more, "day")
        )
        return daily.annotate(last_at=Max("at"), times=Count("pk")).order_by("-last_at", "verb", *more)


class AuditEvent(models.Model):
    """One deed: the part that may be personal. A trigger refuses change, and deletion before its time.

    Written unchained and without a lock; accounts/sealing.py seals it a moment later.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60, help_text="a code of accounts.audit.VERBS")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="deeds",
        help_text="empty where the service itself acted",
    )
    role = models.CharField(max_length=20, blank=True, help_text="the actor's role at that time")
    on_behalf = models.BooleanField(default=False, help_text="the actor used authority for the resident")
    resident = models.ForeignKey(
        "accounts.Resident", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="trail"
    )
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=60, blank=True, help_text="why, as a code or a report's number")
    # in the database too: processes of the release before know nothing of them
    institution = models.CharField(
        max_length=40, blank=True, default="", db_default="", help_text="code of the institution that acted"
    )
    place = models.CharField(
        max_length=60, blank=True, default="", db_default="", help_text="from where, as accounts.places says"
    )

    objects: ClassVar[AuditEventQuerySet] = AuditEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["resident", "-at"], name="trail_of_a_resident"),
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="trail_of_a_thing"),
        ]

    def __str__(self) -> str:
        return f"AuditEvent {self.pk}"
