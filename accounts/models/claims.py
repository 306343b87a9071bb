"""Sign-ins that say whose they are, and what members of staff propose and decide about it."""

import datetime
import hmac
from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id, speakable
from accounts.models.authority import Binding
from accounts.models.proposals import DECIDED_BY_TWO, TwoPeople
from links.review.rules import Person

MOST_TRIES = 5
CODE_VALID_FOR = datetime.timedelta(days=30)
# the same for who was found and who was not: how long it stands tells nobody which
STANDS_FOR = datetime.timedelta(days=60)


def claim_number() -> str:
    """A number that can be said at a counter."""
    return speakable("K")


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Sentences about claims."""

    def open(self) -> "ClaimQuerySet":
        """Those that nothing ended yet."""
        return self.filter(ended_at=None)

    def to_post(self) -> "ClaimQuerySet":
        """Those for which a letter is to be printed, the oldest first."""
        found = self.open().filter(state=Claim.State.ASKED, method="letter", resident__isnull=False)
        return found.order_by("opened_at")

    def posted(self) -> "ClaimQuerySet":
        """Those whose letter was printed, the latest first."""
        return self.open().filter(state=Claim.State.POSTED).order_by("-posted_at")

    def disputed(self) -> "ClaimQuerySet":
        """Those of a person whose sign-in is another one, the oldest first."""
        return self.open().filter(state=Claim.State.DISPUTED).order_by("opened_at")

    def for_staff(self) -> "ClaimQuerySet":
        """Those that wait for a member of staff: a letter to print, a dispute, a second person."""
        letter = Q(state=Claim.State.ASKED, method="letter", resident__isnull=False)
        second = Q(pk__in=ClaimProposal.objects.filter(state="waiting").values("claim"))
        return self.open().filter(letter | Q(state=Claim.State.DISPUTED) | second)

    def outlived(self, *, at: datetime.datetime) -> "ClaimQuerySet":
        """Those that nobody followed up."""
        waiting = self.open().exclude(state=Claim.State.DISPUTED).exclude(proposals__state="waiting")
        return waiting.filter(opened_at__lt=at - STANDS_FOR)

    def recent(self, *, at: datetime.datetime) -> "ClaimQuerySet":
        """Those of the last 30 days, ended ones included."""
        return self.filter(opened_at__gt=at - CODE_VALID_FOR)


class Claim(models.Model):
    """A sign-in says whose it is. `resident` is empty where a person has to find out who that is."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        POSTED = "posted", _("Letter posted")
        DISPUTED = "disputed", _("Two sign-ins")
        BOUND = "bound", _("Connected")
        REFUSED = "refused", _("Refused")
        OVER = "over", _("Not followed up")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=12, unique=True, default=claim_number, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims")
    resident = models.ForeignKey(
        "accounts.Resident", null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    method = models.CharField(max_length=10, choices=Binding.Method)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    stated = models.JSONField(default=dict, help_text="the five elements as stated; emptied at the end")
    opened_at = models.DateTimeField()
    code_digest = models.BinaryField(null=True, blank=True, help_text="of the code in the letter, keyed")
    posted_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    against = models.ForeignKey(
        "accounts.Binding", null=True, blank=True, on_delete=models.PROTECT, related_name="disputes"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_open_claim_a_sign_in"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=["asked", "posted", "disputed"])
                | Q(ended_at__isnull=False, state__in=["bound", "refused", "over"], stated={}),
                name="an_ended_claim_keeps_nothing_stated",
            ),
            models.CheckConstraint(
                condition=Q(code_digest=None, posted_at=None) & ~Q(state="posted")
                | Q(
                    code_digest__isnull=False,
                    posted_at__isnull=False,
                    resident__isnull=False,
                    method="letter",
                ),
                name="a_code_was_posted_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="disputed") | Q(against__isnull=False, resident__isnull=False),
                name="a_dispute_has_two_sides",
            ),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="five_tries_a_letter"),
        ]

    def __str__(self) -> str:
        return f"Claim {self.public_id}"

    @property
    def person(self) -> Person:
        """What was stated, as the rules compare it."""
        return Person(**self.stated)

    @property
    def takes_code(self) -> bool:
        """Whether a code may be tried; it says nothing about whether a letter went out."""
        return self.method == Binding.Method.LETTER and self.state in (self.State.ASKED, self.State.POSTED)

    @property
    def is_disputed(self) -> bool:
        """Whether staff have to decide between two sign-ins."""
        return self.state == self.State.DISPUTED

    def opens_with(self, digests: Iterable[bytes], *, at: datetime.datetime) -> bool:
        """Whether one of these is the posted code's, within its 30 days."""
        posted = bytes(self.code_digest or b"")
        in_time = self.posted_at is not None and at < self.posted_at + CODE_VALID_FOR
        return any(hmac.compare_digest(posted, digest) for digest in digests) and in_time


class ClaimProposal(TwoPeople):
    """What one member of staff proposes about a claim; another one decides."""

    class Remedy(models.TextChoices):
        BIND = "bind", _("Connect the sign-in with this person")
        REFUSE = "refuse", _("Do not connect it")

    class Document(models.TextChoices):
        CARD = "card", _("My Number card")
        LICENCE = "licence", _("Driving licence")
        PASSPORT = "passport", _("Passport")
        RESIDENCE = "residence", _("Residence card")
        TWO = "two", _("Two documents without a photo")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="proposals")
    remedy = models.CharField(max_length=10, choices=Remedy)
    resident = models.ForeignKey(
        "accounts.Resident", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.CharField(max_length=12, choices=Document, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="waiting"), name="one_waiting_proposal_a_claim"
            ),
            models.CheckConstraint(
                condition=DECIDED_BY_TWO,
                name="two_people_decide_about_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(remedy="refuse") | Q(resident__isnull=False) & ~Q(document=""),
                name="who_is_connected_showed_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"ClaimProposal {self.pk}"
