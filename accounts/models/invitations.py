"""Codes by which a person names a helper: handed over, opened by one sign-in, accepted."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models.locks import Lock
from accounts.models.protection import covered

if TYPE_CHECKING:
    from accounts.models.users import User

# long enough to hand a paper over at the weekend after next
CODE_LASTS = datetime.timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Sentences about invitations."""

    def open(self, *, at: datetime.datetime) -> "InvitationQuerySet":
        """Those that can still be accepted; a person under protection and the dead name nobody."""
        residents = Invitation.subject.field.related_model.objects  # type: ignore[attr-defined]
        hiding = residents.filter(covered(on=localdate(at)), pk=OuterRef("subject"))
        locked = Lock.objects.standing().filter(resident=OuterRef("subject"))
        living = self.filter(~Exists(hiding), ~Exists(locked), subject__died_on=None)
        return living.filter(state=Invitation.State.OPEN, made_at__gt=at - CODE_LASTS)

    def opened_by(self, user: "User") -> "InvitationQuerySet":
        """Those whose code this sign-in entered."""
        return self.filter(opened_by=user)

    def outlived(self, *, at: datetime.datetime) -> "InvitationQuerySet":
        """Those that nobody accepted in time."""
        return self.filter(state=Invitation.State.OPEN, made_at__lte=at - CODE_LASTS)


class Invitation(models.Model):
    """A person offers to be helped: what may be done, until when. It names nobody: the code does."""

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the helper")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back")
        OVER = "over", _("Not used in time")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    subject = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="invitations")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code_digest = models.BinaryField(max_length=32, unique=True, help_text="of the code, keyed")
    scope = models.JSONField(help_text="areas by deed: codes of accounts.scopes")
    ends_on = models.DateField(help_text="the last day of the authority that comes of it")
    made_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | ~Q(state="open") & Q(ended_at__isnull=False),
                name="an_invitation_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(opened_by__isnull=False),
                name="whoever_answers_an_invitation_opened_it",
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None) | ~Q(opened_by=F("made_by")), name="nobody_invites_themselves"
            ),
        ]
        indexes = [
            models.Index(fields=["subject"], condition=Q(state="open"), name="open_invitations_of_a_person")
        ]

    def __str__(self) -> str:
        return f"Invitation {self.public_id}"

    @property
    def lasts_until(self) -> datetime.datetime:
        """When the code ends."""
        return self.made_at + CODE_LASTS
