"""Who locked everything about themselves, because they fear that somebody else is in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.authority import Binding


class LockQuerySet(models.QuerySet["Lock"]):
    """Sentences about locks."""

    def standing(self) -> "LockQuerySet":
        """Those that nobody lifted by proving who they are."""
        return self.filter(lifted_at=None)


class Lock(models.Model):
    """Nobody, the person included, opens, issues or re-addresses anything until they prove who they are."""

    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, related_name="locks", db_index=False
    )
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_how = models.CharField(max_length=10, blank=True, choices=Binding.Method)

    objects: ClassVar[LockQuerySet] = LockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(lifted_at=None), name="one_lock_a_person"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_how="")
                | Q(lifted_at__gte=F("locked_at"), lifted_how__in=Binding.Method.values),
                name="a_lock_is_lifted_by_a_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"Lock {self.pk}"
