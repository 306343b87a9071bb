"""The institutions that send records."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

CODE = RegexValidator(r"^[A-Za-z0-9_-]{1,32}\Z")


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Sentences about institutions."""

    def never_connected(self) -> "InstitutionQuerySet":
        """Those of which no feed was ever applied."""
        return self.filter(sources=None)

    def called(self, name: str) -> "InstitutionQuerySet":
        """Those of exactly this name, in Japanese or in English."""
        return self.filter(Q(name_ja=name) | Q(name_en__iexact=name) & ~Q(name_en=""))


class Institution(models.Model):
    """A sender of feeds; one first seen in a feed has its code as its name until it is described."""

    code = models.CharField(max_length=32, unique=True, validators=[CODE])
    kind = models.CharField(max_length=40, blank=True)
    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    expected_every_days = models.PositiveIntegerField(null=True, blank=True)
    brake_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        default=2,
        help_text="the review withholds no more of one feed in one run",
    )

    objects: ClassVar[InstitutionQuerySet] = InstitutionQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Institution {self.code}"

    @property
    def name(self) -> str:
        """The name in the reader's language, Japanese where there is no other."""
        return (self.name_en if (get_language() or "").startswith("en") else "") or self.name_ja


class Officer(models.Model):
    """A sign-in that works for an institution."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="office")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="officers")

    def __str__(self) -> str:
        return f"Officer {self.pk}"
