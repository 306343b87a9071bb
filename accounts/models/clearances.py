"""A member of staff asks to look at a protected person; a second person lets them, for a short time."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models.proposals import DECIDED_BY_TWO, TwoPeople

if TYPE_CHECKING:
    from accounts.models.users import User

# a call or a visit at a counter, not a shift
LASTS = datetime.timedelta(minutes=30)
# whoever asked is gone by then, and what they asked for too
WAITS_FOR = datetime.timedelta(hours=2)


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    """Sentences about clearances."""

    def waiting(self, *, at: datetime.datetime) -> "ClearanceQuerySet":
        """Those about which nobody decided, the oldest first."""
        fresh = self.filter(state=TwoPeople.State.WAITING, proposed_at__gt=at - WAITS_FOR)
        return fresh.order_by("proposed_at")

    def standing(self, *, at: datetime.datetime) -> "ClearanceQuerySet":
        """Those with which somebody may look at that moment."""
        return self.filter(state=TwoPeople.State.APPROVED, decided_at__gt=at - LASTS, decided_at__lte=at)

    def of(self, user: "User") -> "ClearanceQuerySet":
        """Those that this member of staff asked for."""
        return self.filter(proposed_by=user)


class Clearance(TwoPeople):
    """Why `proposed_by` wants to look at the person, and who let them; for that one member of staff only."""

    class Purpose(models.TextChoices):
        CALL = "call", _("The person is on the telephone")
        COUNTER = "counter", _("The person is at a counter")
        CASE = "case", _("A case about the person is being worked on")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, related_name="clearances", db_index=False
    )
    purpose = models.CharField(max_length=10, choices=Purpose)

    objects: ClassVar[ClearanceQuerySet] = ClearanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "proposed_by"],
                condition=Q(state="waiting"),
                name="one_waiting_clearance_a_person_and_asker",
            ),
            models.CheckConstraint(condition=DECIDED_BY_TWO, name="two_people_decide_about_a_clearance"),
        ]
        indexes = [models.Index(fields=["resident", "proposed_by"], name="clearances_of_a_person")]

    def __str__(self) -> str:
        return f"Clearance {self.public_id}"
