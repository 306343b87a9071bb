"""Whose sign-in is whose, and who may act for whom."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models.protection import covered, named
from accounts.scopes import APPLIES_IN, Area, Deed

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
        """Those that show what they belong to; the sign-in of somebody who died shows nothing."""
        return self.current().filter(blinded_at=None, resident__died_on=None)

    def of_the_dead(self) -> "BindingQuerySet":
        """Those that have to end, for the person died."""
        return self.current().filter(resident__died_on__isnull=False)

    def guest_until(self, user: "User", *, at: datetime.datetime) -> datetime.datetime | None:
        """Until when this sign-in unmasks, issues and re-addresses nothing; None where it may.

        While another sign-in claims the person nobody knows the end: then it is seven days ahead.
        """
        own = self.current().filter(user=user).first()
        return own.guest_until(at=at) if own else None


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

    def guest_until(self, *, at: datetime.datetime) -> datetime.datetime | None:
        """Until when it opens nothing; None where it may."""
        if self.blinded_at:
            return at + GUEST_FOR
        return self.full_from if self.full_from > at else None

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


def stopped(on: datetime.date) -> Q:
    """Whose subject is covered by a protection that came after, as a condition on an authority."""
    residents = Authority.subject.field.related_model.objects  # type: ignore[attr-defined]
    people = residents.filter(covered(on=on), pk=OuterRef("subject"))
    return Q(Exists(people), despite_protection=False)


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Sentences about authority."""

    def open(self) -> "AuthorityQuerySet":
        """Those that nobody ended, whether or not they may be used today."""
        return self.filter(ended_at=None)

    def given_to(self, user: "User") -> "AuthorityQuerySet":
        """Those of the user that nobody ended, whether or not they may be used today."""
        return self.open().filter(agent=user)

    def valid(self, *, on: datetime.date) -> "AuthorityQuerySet":
        """Those that may be used on that day: both people live, and no protection stops it."""
        begun = self.open().filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
        usable = begun.filter(subject__died_on=None).exclude(stopped(on))
        # the register speaks only where nobody in the household hides
        residents = Authority.subject.field.related_model.objects  # type: ignore[attr-defined]
        guarded = residents.filter(named(), household_code=OuterRef("subject__household_code"))
        usable = usable.filter(~Q(basis=Authority.Basis.REGISTER) | ~Exists(guarded))
        return usable.exclude(agent__in=Binding.objects.of_the_dead().values("user"))

    def whole(self) -> "AuthorityQuerySet":
        """Those that reach everything: parents and guardians."""
        return self.filter(kind__in=Authority.WHOLE)

    def allowing(self, deed: str, area: str) -> "AuthorityQuerySet":
        """Those by which this may be done in that area; parents and guardians do everything."""
        switched_on = AuthorityScope.objects.filter(deed=deed, area=area).values("authority")
        return self.filter(Q(kind__in=Authority.WHOLE) | Q(pk__in=switched_on))

    def stopped(self, *, on: datetime.date) -> "AuthorityQuerySet":
        """Those that nobody ended, but a protection of their subject stops."""
        return self.open().filter(stopped(on))


class Authority(models.Model):
    """One person may act for another, within dates; either side ends it in one step."""

    class Kind(models.TextChoices):
        PARENT = "parent", _("Parent")
        GUARDIAN = "guardian", _("Guardian")
        CARER = "carer", _("Helper")

    class Basis(models.TextChoices):
        NAMED = "named", _("Named by the person")
        REGISTER = "register", _("By the resident register")
        DOCUMENT = "document", _("By a document that two members of staff checked")

    class Ending(models.TextChoices):
        BY_SUBJECT = "by_subject", _("Ended by the person themselves")
        BY_AGENT = "by_agent", _("Given back by whoever acted")
        BY_STAFF = "by_staff", _("Ended by our staff")
        DATE = "date", _("Its last day is over")
        GROWN = "grown", _("The child turned 15")
        HOUSEHOLD = "household", _("No longer in one household as parent and child")
        DEATH = "death", _("The person died")
        AGENT_DEATH = "agent_death", _("Whoever acted died")
        PROTECTION = "protection", _("Protection was set")
        MOVED = "moved", _("Moved to a place that is protected")

    WHOLE = (Kind.PARENT, Kind.GUARDIAN)
    # of these whoever acted only learns that it ended: otherwise silence would mean protection
    UNSAID = (Ending.BY_SUBJECT, Ending.BY_STAFF, Ending.HOUSEHOLD, Ending.PROTECTION, Ending.MOVED)

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="authorities")
    subject = models.ForeignKey("accounts.Resident", on_delete=models.PROTECT, related_name="agents")
    kind = models.CharField(max_length=10, choices=Kind)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.DOCUMENT)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="the last day of use")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, blank=True, choices=Ending, help_text="why it ended")
    despite_protection = models.BooleanField(
        default=False,
        db_default=False,
        help_text="staff granted it and knew of a protection: it stands, and sees no places",
    )

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
            models.CheckConstraint(
                condition=Q(kind="parent") | Q(ends_on__isnull=False), name="a_helper_has_a_last_day"
            ),
            # what ended before reasons were kept has none
            models.CheckConstraint(
                condition=Q(ending="") | Q(ended_at__isnull=False), name="a_reason_belongs_to_an_end"
            ),
        ]
        indexes = [
            # whom somebody represents, and who acts for a person: most people have neither
            models.Index(fields=["subject"], condition=Q(ended_at=None), name="agents_of_a_person")
        ]

    def __str__(self) -> str:
        return f"Authority {self.public_id}"

    @property
    def reaches_all(self) -> bool:
        """Whether it knows no areas: a parent and a guardian stand in the person's place."""
        return self.kind in self.WHOLE

    @property
    def told_ending(self) -> str:
        """Why it ended, as whoever acted may read it."""
        return "" if self.ending in self.UNSAID else self.get_ending_display()


class AuthorityScope(models.Model):
    """A helper may do this in that area of life. What has no row may not be done."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="scope")
    deed = models.CharField(max_length=10, choices=Deed)
    area = models.CharField(max_length=10, choices=Area)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "deed", "area"], name="one_row_a_deed_and_area"),
            models.CheckConstraint(
                condition=Q(deed__in=Deed.values, area__in=Area.values), name="scope_is_in_the_table"
            ),
            models.CheckConstraint(
                condition=~Q(deed="apply") | Q(area__in=sorted(APPLIES_IN)), name="applying_is_for_health"
            ),
        ]

    def __str__(self) -> str:
        return f"AuthorityScope {self.pk}"


def permitted(user: "User", deed: str, *, on: datetime.date) -> Q:
    """Condition on rows with `resident` and `area`: one's own, or within an authority valid on that day.

    Every QuerySet that reads for a person stands on this, so that no page has to think of it.
    """
    own = Binding.objects.sighted().filter(user=user).values("resident")
    valid = Authority.objects.valid(on=on).filter(agent=user)
    switched_on = AuthorityScope.objects.filter(
        authority__in=valid, authority__subject=OuterRef("resident"), deed=deed, area=OuterRef("area")
    )
    return Q(resident__in=own) | Q(resident__in=valid.whole().values("subject")) | Q(Exists(switched_on))
