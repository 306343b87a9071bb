"""Who is under protection, and whom that covers."""

import datetime
from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.identifiers import public_id

# with whoever is under protection, those of the household are covered who are younger than this
GROWN_UP = 18


class ProtectionQuerySet(models.QuerySet["Protection"]):
    """Sentences about protections."""

    def standing(self) -> "ProtectionQuerySet":
        """Those that two people have not lifted."""
        return self.filter(ended_at=None)

    def for_second(self) -> "ProtectionQuerySet":
        """Those of which a second person has to confirm the beginning or the end, the oldest first."""
        waits = Q(confirmed_at=None) | Q(lift_at__isnull=False)
        return self.standing().filter(waits).order_by("set_at")


class Protection(models.Model):
    """Staff were asked to hide where somebody lives. It stands from the first word on; two people lift it.

    The register has a flag of its own (`Resident.protected`), which only the register takes away.
    """

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, related_name="protections", db_index=False
    )
    reason = models.TextField(help_text="what was shown or said; only staff who decide read it")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    lift_reason = models.TextField(blank=True, help_text="why somebody proposes to end it")
    lift_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lift_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProtectionQuerySet] = ProtectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(ended_at=None), name="one_protection_a_person"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("set_by")),
                name="protection_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(lift_by=None, lift_at=None, lift_reason="")
                | Q(lift_by__isnull=False, lift_at__isnull=False) & ~Q(lift_reason=""),
                name="lifting_has_somebody_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None)
                | Q(ended_by__isnull=False, ended_at__isnull=False, lift_by__isnull=False)
                & ~Q(ended_by=F("lift_by")),
                name="protection_is_lifted_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"Protection {self.public_id}"


def covered(*, on: datetime.date) -> Q:
    """Under protection, or a child in the household of somebody who is: as a condition on a resident."""
    # by name: the register imports authority, which asks this too
    residents = apps.get_model("accounts", "Resident")._default_manager
    at_home = residents.filter(named(), household_code=OuterRef("household_code"))
    return named() | child(on=on) & ~Q(household_code="") & Q(Exists(at_home))


def named() -> Q:
    """Under protection by the register or by staff."""
    return Q(protected=True) | Q(Exists(Protection.objects.standing().filter(resident=OuterRef("pk"))))


def child(*, on: datetime.date) -> Q:
    """Younger than 18 on that day; whose day of birth is not known whole counts as the younger."""
    limit = (on.year - GROWN_UP, on.month, on.day)
    day = "{:04}-{:02}-{:02}".format(*limit)
    return Q(birth_date__gt=day) | Q(birth_date__contains="-00", birth_date__gte=day[:4])
