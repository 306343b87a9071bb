"""The resident register as the portal knows it, what changed in it, and the sealed numbers."""

import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models.authority import Authority, AuthorityQuerySet, Binding
from accounts.models.claims import Claim
from accounts.models.protection import covered
from links.review.rules import Person

if TYPE_CHECKING:
    from accounts.models.users import User


class ResidentQuerySet(models.QuerySet["Resident"]):
    """Sentences about residents."""

    def behind(self, user: "User") -> "ResidentQuerySet":
        """The resident whose sign-in this is, seen or not: one or none, for a constraint keeps it to one."""
        return self.filter(bindings__user=user, bindings__ended_at=None)

    def bound_to(self, user: "User") -> "ResidentQuerySet":
        """The resident whose sign-in this is; none while another sign-in claims the same person."""
        sighted = {"bindings__user": user, "bindings__ended_at": None, "bindings__blinded_at": None}
        return self.filter(died_on=None, **sighted)

    def person_of(self, user: "User") -> "Resident | None":
        """The resident whose sign-in this is; None where it is not bound to one, or shows nobody."""
        return next(iter(self.bound_to(user)), None)

    def represented_by(self, user: "User", *, on: datetime.date) -> "ResidentQuerySet":
        """Those for whom the user may act on that day."""
        mine = Authority.objects.valid(on=on).filter(agent=user).values("subject")
        return self.filter(pk__in=mine).annotate(places_hidden=Exists(self.hidden(user, on=on)))

    def visible_to(self, user: "User", *, on: datetime.date) -> "ResidentQuerySet":
        """The user's own person and those for whom the user may act on that day, in whatever area."""
        return self._own_or(Authority.objects.valid(on=on), user, on=on)

    def wholly_visible_to(self, user: "User", *, on: datetime.date) -> "ResidentQuerySet":
        """The user's own person, and those in whose place the user stands: not whom one only helps."""
        return self._own_or(Authority.objects.valid(on=on).whole(), user, on=on)

    def permitted_to(self, user: "User", deed: str, area: str, *, on: datetime.date) -> "ResidentQuerySet":
        """The user's own person, and those for whom the user may do this in that area on that day."""
        return self._own_or(Authority.objects.valid(on=on).allowing(deed, area), user, on=on)

    def _own_or(
        self, authorities: AuthorityQuerySet, user: "User", *, on: datetime.date
    ) -> "ResidentQuerySet":
        own = Binding.objects.sighted().filter(user=user).values("resident")
        others = authorities.filter(agent=user).values("subject")
        seen = self.filter(Q(pk__in=own) | Q(pk__in=others))
        return seen.annotate(places_hidden=Exists(self.hidden(user, on=on)))

    def covered(self, *, on: datetime.date) -> "ResidentQuerySet":
        """Those under protection on that day, and the children in their households."""
        return self.filter(covered(on=on))

    def hidden(self, user: "User", *, on: datetime.date, by: str = "pk") -> "ResidentQuerySet":
        """The same, for the row of a query that names its person in the column `by`."""
        return Resident.objects.hidden_from(user, on=on).filter(pk=OuterRef(by))

    def hidden_from(self, user: "User", *, on: datetime.date) -> "ResidentQuerySet":
        """Whom a protection covers: nobody but the person sees a place of theirs."""
        own = Binding.objects.sighted().filter(user=user).values("resident")
        return self.covered(on=on).exclude(pk__in=own)

    def close_to(self, user: "User", *, on: datetime.date) -> "ResidentQuerySet":
        """Those about whom the user must not decide: oneself, whom one acts for, whom one says to be.

        Of somebody under protection also who acted for them before: that is who it is hidden from.
        """
        own = Binding.objects.current().filter(user=user).values("resident")
        others = Authority.objects.valid(on=on).filter(agent=user).values("subject")
        former = Q(pk__in=Authority.objects.filter(agent=user).values("subject")) & covered(on=on)
        claimed = Claim.objects.open().filter(user=user).values("resident")
        return self.filter(Q(pk__in=own) | Q(pk__in=others) | Q(pk__in=claimed) | former)


class Resident(models.Model):
    """A person in the resident register. The individual number is not here: see SealedNumber."""

    # whether the reader for whom it was found may see no place; see ResidentQuerySet.visible_to
    places_hidden: bool = False

    class Sex(models.TextChoices):
        MALE = "1", _("Male")
        FEMALE = "2", _("Female")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=20, unique=True, help_text="resident_code of the register")
    name = models.CharField(max_length=200)
    name_kana = models.CharField(max_length=200, blank=True)
    common_name = models.CharField(max_length=200, blank=True)
    former_surname = models.CharField(max_length=100, blank=True)
    birth_date = models.CharField(max_length=10, help_text="ISO 8601; 00 where month or day is not known")
    sex = models.CharField(max_length=1, blank=True, choices=Sex)
    postal_code = models.CharField(max_length=7, blank=True)
    address = models.CharField(max_length=1000)
    previous_address = models.CharField(max_length=1000, blank=True)
    moved_in_on = models.DateField(null=True, blank=True)
    household_code = models.CharField(max_length=50, blank=True, db_index=True)
    relationship = models.CharField(max_length=50, blank=True)
    residence_expires_on = models.DateField(null=True, blank=True)
    protected = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    described_on = models.DateField(
        help_text="the day that the register described when it last named this person"
    )

    objects: ClassVar[ResidentQuerySet] = ResidentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        # whose record it is that hangs on another number
        indexes = [models.Index(fields=["birth_date", "name_kana"], name="residents_by_birth_and_reading")]

    def __str__(self) -> str:
        return f"Resident {self.public_id}"

    @property
    def born_on(self) -> datetime.date:
        """The day of birth; an unknown month or day counts as the first, which makes nobody younger."""
        year, month, day = (int(part) for part in self.birth_date.split("-"))
        return datetime.date(year, month or 1, day or 1)

    @property
    def registered_name(self) -> str:
        """The name in the register's bracket form, with former surname and common name where registered."""
        name = self.name
        surname, separator, given = name.replace("　", " ").partition(" ")
        if self.former_surname and separator and not _in_brackets(self.former_surname, name):
            name = f"{surname}［{self.former_surname}］　{given}"
        return f"{name}（{self.common_name}）" if self.common_name else name

    def as_person(self) -> Person:
        """What the review compares: the five elements as the register has them."""
        return Person(
            name=self.registered_name,
            kana=self.name_kana,
            birth_date=self.birth_date,
            sex=self.sex,
            address=self.address,
            former_addresses=(self.previous_address,) if self.previous_address else (),
        )

    def age_on(self, day: datetime.date) -> int:
        """Full years of age on that day."""
        born = self.born_on
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @property
    def last_day_as_child(self) -> datetime.date:
        """The eve of the 15th birthday, at whose end that age is reached (Civil Code, article 143)."""
        return birthday(self.born_on, 15) - datetime.timedelta(days=1)


def birthday(born: datetime.date, age: int) -> datetime.date:
    """The day on which that age begins; for 29 February in other years, 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return datetime.date(born.year + age, 3, 1)


def _in_brackets(text: str, name: str) -> bool:
    """Whether the register wrote the text into the name already."""
    return any(f"{bracket}{text}" in name for bracket in "［[（(【〔")


class ResidentChange(models.Model):
    """What changed in the register about one person. Append-only."""

    resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, db_constraint=False, related_name="changes"
    )
    before = models.JSONField(
        default=dict, help_text="the fields that changed, as they were; empty for a new person"
    )
    after = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Change {self.pk} of the register"


class SealedNumber(models.Model):
    """The individual number of one resident, sealed; accounts.vault is the only module that opens it."""

    resident = models.OneToOneField(Resident, on_delete=models.PROTECT, related_name="sealed_number")
    sealed = models.BinaryField()
    fingerprint = models.BinaryField(
        max_length=32, unique=True, help_text="keyed; finds the row without opening it"
    )
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Sealed number {self.pk}"
