"""Whose sign-in is whose, and who may act for whom."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id


class BindingQuerySet(models.QuerySet["Binding"]):
    """Sentences about bindings."""

    def current(self) -> "BindingQuerySet":
        """Those that have not ended."""
        return self.filter(ended_at=None)


class Binding(models.Model):
    """A sign-in belongs to a person of the register, and how we know."""

    class Method(models.TextChoices):
        CARD = "card", _("My Number card")
        LETTER = "letter", _("Code posted to the registered address")
        COUNTER = "counter", _("At a counter, by two members of staff")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bindings")
    resident = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="bindings")
    method = models.CharField(max_length=10, choices=Method)
    bound_at = models.DateTimeField()
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
        ]

    def __str__(self) -> str:
        return f"Binding {self.pk}"


def in_force(on: datetime.date, *, via: str = "") -> Q:
    """Begun and not over on that day, as a condition on an authority that is reached `via` a relation."""
    begun = Q(**{f"{via}ended_at": None, f"{via}starts_on__lte": on})
    return begun & (Q(**{f"{via}ends_on": None}) | Q(**{f"{via}ends_on__gte": on}))


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Sentences about authority."""

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
