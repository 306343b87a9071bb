"""Whose sign-in is whose, and who may act for whom."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id

if TYPE_CHECKING:
    from accounts.models.users import User


# who was connected with a person stays a guest for so long: whoever did not want it can still say so
GUEST_FOR = datetime.timedelta(days=7)


class BindingQuerySet(models.QuerySet["Binding"]):
    """Sentences about bindings."""

    def current(self) -> "BindingQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def sighted(self) -> "BindingQuerySet":
        """Those that show what they belong to."""
        return self.current().filter(blinded_at=None)

    def guest_until(self, user: "User", *, at: datetime.datetime) -> datetime.datetime | None:
        """Until when this sign-in unmasks, issues and re-addresses nothing; None where it may.

        While another sign-in claims the person nobody knows the end: then it is seven days ahead.
        """
        waits = Q(bound_at__gt=at - GUEST_FOR) | Q(blinded_at__isnull=False)
        guest = self.current().filter(waits, user=user).first()
        if guest is None:
            return None
        return guest.full_from if guest.blinded_at is None else at + GUEST_FOR


class Binding(models.Model):
    """A sign-in belongs to a person of the register, and how we know."""

    class Method(models.TextChoices):
        CARD = "card", _("My Number card")
        LETTER = "letter", _("Code posted to the registered address")
        COUNTER = "counter", _("At a counter, by two members of staff")

    class Assurance(models.TextChoices):
        HIGH = "high", _("High: an identity document was checked")
        SUBSTANTIAL = "substantial", _("Medium: a letter reached the registered address")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bindings")
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="bindings")
    method = models.CharField(max_length=10, choices=Method)
    assurance = models.CharField(
        max_length=12, choices=Assurance, help_text="how sure it is that the sign-in is this person's"
    )
    bound_at = models.DateTimeField()
    blinded_at = models.DateTimeField(
        null=True, blank=True, help_text="since when it shows nothing, for another sign-in claims the person"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[BindingQuerySet] = BindingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_binding_a_sign_in"
            ),
            models.UniqueConstraint(
                fields=["resident"], condition=Q(ended_at=None), name="one_sign_in_a_resident"
            ),
            models.CheckConstraint(
                condition=Q(method="letter", assurance="substantial")
                | Q(method__in=["card", "counter"], assurance="high"),
                name="assurance_follows_from_the_method",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("bound_at")),
                name="binding_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(blinded_at=None) | ~Q(method="card"), name="a_card_keeps_its_sight"
            ),
        ]

    def __str__(self) -> str:
        return f"Binding {self.pk}"

    @property
    def full_from(self) -> datetime.datetime:
        """From when the sign-in may unmask, issue and re-address."""
        return self.bound_at + GUEST_FOR

    @property
    def opens_number(self) -> bool:
        """Whether the individual number may ever be shown: a letter in a shared box is too weak for that."""
        return self.assurance == self.Assurance.HIGH


ASSURANCE = {
    Binding.Method.CARD: Binding.Assurance.HIGH,
    Binding.Method.LETTER: Binding.Assurance.SUBSTANTIAL,
    Binding.Method.COUNTER: Binding.Assurance.HIGH,
}


def in_force(on: datetime.date, *, via: str = "") -> Q:
    """Begun and not over on that day, as a condition on an authority that is reached `via` a relation."""
    begun = Q(**{f"{via}ended_at": None, f"{via}starts_on__lte": on})
    return begun & (Q(**{f"{via}ends_on": None}) | Q(**{f"{via}ends_on__gte": on}))


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Sentences about authority."""

    def given_to(self, user: "User") -> "AuthorityQuerySet":
        """Those of the user that nobody ended, whether or not they may be used today."""
        return self.filter(agent=user, ended_at=None)

    def valid(self, *, on: datetime.date) -> "AuthorityQuerySet":
        """Those that may be used on that day; a person under protection has no agents."""
        return self.filter(in_force(on), subject__protected=False, subject__died_on=None)


class Authority(models.Model):
    """One person may act for another, within dates; either side ends it in one step."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("Parent")
        GUARDIAN = "guardian", _("Guardian")
        CARER = "carer", _("Carer")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="authorities")
    subject = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="agents")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="the last day of use")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AuthorityQuerySet] = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "subject"], condition=Q(ended_at=None), name="one_open_authority_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="authority_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"Authority {self.public_id}"
