"""Registered addresses from which a letter came back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F


class DoubtfulAddressQuerySet(models.QuerySet["DoubtfulAddress"]):
    """Sentences about doubtful addresses."""

    def standing(self) -> "DoubtfulAddressQuerySet":
        """Those that the register still names: with another address the doubt is over."""
        return self.filter(address=F("resident__address"))


class DoubtfulAddress(models.Model):
    """A letter to this address of the resident came back: nothing is posted there any more."""

    resident = models.ForeignKey(
        "accounts.Resident", on_delete=models.PROTECT, related_name="doubtful_addresses", db_index=False
    )
    address = models.CharField(max_length=1000, help_text="as the register had it")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects: ClassVar[DoubtfulAddressQuerySet] = DoubtfulAddressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident", "address"], name="an_address_is_doubted_once")
        ]

    def __str__(self) -> str:
        return f"Doubtful address {self.pk}"
