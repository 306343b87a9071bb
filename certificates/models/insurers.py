"""The insurers in whose name certificates are issued: what each leaves to us, and by which rules."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

YEARS = [MinValueValidator(1), MaxValueValidator(5)]


class InsurerQuerySet(models.QuerySet["Insurer"]):
    """Sentences about insurers."""

    def employing(self, user: User) -> "Insurer | None":
        """The one for which this officer works, if any."""
        return self.filter(seats__user=user).first()


class Insurer(models.Model):
    """An insurer by its number, not who sends its file; one without a row left nothing to us."""

    class Issuing(models.TextChoices):
        SERVICE = "service", _("This service decides and issues in the insurer's name")
        OWN = "own", _("The insurer's own staff decide here")
        ELSEWHERE = "elsewhere", _("The insurer issues its certificates itself")

    number = models.CharField(
        max_length=8, unique=True, help_text="eight digits, of the municipal schemes too"
    )
    issuing = models.CharField(max_length=10, choices=Issuing)
    by_itself = models.BooleanField(
        default=True, help_text="what sources alone prove is issued at once; else by two people, all of it"
    )
    most_years = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=YEARS, help_text="its own limit; five is the law's"
    )
    term_ends = models.CharField(
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d\d-\d\d\Z")],
        help_text="month and day on which its certificates end each year, as 07-31",
    )

    objects: ClassVar[InsurerQuerySet] = InsurerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{8}$"), name="insurer_has_eight_digits"),
            models.CheckConstraint(
                condition=Q(most_years=None) | Q(most_years__range=(1, 5)), name="insurer_at_most_five_years"
            ),
        ]

    def __str__(self) -> str:
        return f"Insurer {self.number}"

    @property
    def forms(self) -> list[str]:
        """The number as feeds write it: in eight digits, and in six where two zeros lead."""
        return [self.number, self.number.removeprefix("00")]

    @property
    def issues_here(self) -> bool:
        """Whether its certificates are made here at all."""
        return self.issuing != self.Issuing.ELSEWHERE


class Seat(models.Model):
    """An officer's place at an insurer: they see and decide what is that insurer's, nothing else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="insurer_seat"
    )
    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="seats")

    def __str__(self) -> str:
        return f"Seat {self.pk}"
