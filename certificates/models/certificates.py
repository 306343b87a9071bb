"""The certificates as they were issued, and which of them are valid."""

import datetime
import secrets
from functools import partial
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Q, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id, speakable
from accounts.models import Resident, User, permitted
from accounts.scopes import Area, Deed
from certificates import sources
from certificates.models.applications import Application
from certificates.models.insurers import Insurer
from certificates.revoked import PLACES
from links.models import Link

ARRIVES_WITHIN = datetime.timedelta(days=14)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Sentences about certificates."""

    def visible_to(self, user: User, *, on: datetime.date, to: Deed = Deed.SEE) -> "CertificateQuerySet":
        """One's own, and of those for whom the user may do this with the health insurance."""
        hidden = Exists(Resident.objects.hidden(user, on=on, by="resident"))  # type: ignore[attr-defined]
        seen = self.alias(area=Value(Area.HEALTH.value)).filter(permitted(user, to, on=on))
        return seen.annotate(places_hidden=hidden)  # type: ignore[no-redef]

    def within(self, user: User) -> "CertificateQuerySet":
        """Those that this member of staff deals with: an officer their insurer's own only, others all."""
        if user.may("certificates.everywhere"):
            return self
        insurer = Insurer.objects.employing(user)
        return self.filter(facts__printed__insurer_number=insurer.number) if insurer else self.none()

    def running(self, *, on: datetime.date) -> "CertificateQuerySet":
        """Those neither revoked nor expired; whether their facts still hold, `valid` says."""
        return self.filter(revoked_at=None, valid_until__gte=on)

    def valid(self, *, on: datetime.date) -> "CertificateQuerySet":
        """Those that run on that day and whose printed facts equal the present ones in the database."""
        standing = self.running(on=on).filter(
            resident__died_on=None, link__resident=F("resident"), link__status=Link.Status.ACTIVE
        )
        facts = [_unchanged("register", field, F(f"resident__{field}")) for field in sources.REGISTER]
        facts += [
            _unchanged("insurance", field, KeyTextTransform(field, F("link__details")))
            for field in (*sources.INSURANCE, *sources.OPTIONAL)
        ]
        return standing.exclude(link__settled_as=Link.Settlement.UNLINKED).filter(*facts)

    def arrived(self, *, on: datetime.date) -> "CertificateQuerySet":
        """Those that were posted so long ago that they have arrived, while the one before still counts."""
        return self.filter(replaces__isnull=False, revoked_at=None, issued_on__lte=on - ARRIVES_WITHIN)

    def to_be_printed(self) -> "CertificateQuerySet":
        """Those that somebody asked for on paper and that were not printed yet."""
        asked = Q(application__applicant=None) | Q(application__stated__delivery__in=["post", "counter"])
        return self.filter(asked, application__isnull=False, revoked_at=None, posted_at=None)

    def in_list(self, *, on: datetime.date) -> "CertificateQuerySet":
        """Those that the list of revoked certificates names: revoked, and not over anyway."""
        return self.filter(revoked_at__isnull=False, valid_until__gte=on, place__isnull=False)

    def free_place(self) -> int:
        """A place in the list of revoked certificates that nobody has, by chance: it tells no order."""
        while self.filter(place=(place := secrets.randbelow(PLACES))).exists():
            pass
        return place

    def outdated(self, *, on: datetime.date) -> "CertificateQuerySet":
        """Those that are not revoked yet although a fact they printed no longer holds."""
        return self.running(on=on).exclude(pk__in=Certificate.objects.valid(on=on).values("pk"))


def _unchanged(group: str, field: str, present: F | KeyTextTransform) -> Exact:
    """A printed fact equals the present one; what was not printed does not count."""
    now = Coalesce(present, Value(""), output_field=models.TextField())
    printed = KeyTextTransform(field, KeyTransform(group, "facts"))
    return Exact(Coalesce(printed, now, output_field=models.TextField()), now)


class Certificate(models.Model):
    """A certificate as it was issued. Valid only while the facts it printed equal the present ones."""

    # whether the reader for whom it was found may see no place of its person: then not the paper either
    places_hidden: bool = False

    class Revocation(models.TextChoices):
        FACTS_CHANGED = "facts_changed", _("A printed fact changed")
        REPLACED = "replaced", _("Replaced by a new one")
        RETURNED = "returned", _("Given back")
        LOST = "lost", _("Lost or stolen")
        LETTER_BACK = "letter_back", _("The letter came back")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    number = models.CharField(max_length=20, unique=True, default=partial(speakable, "C"), editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="certificates")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="certificates")
    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="certificate"
    )
    facts = models.JSONField(help_text="printed: as on paper; register, insurance: the values it came from")
    token = models.TextField(help_text="the signed code in its QR")
    place = models.PositiveIntegerField(
        null=True,
        unique=True,
        help_text="its bit in the list of revoked ones; none before that list was",
    )
    issued_on = models.DateField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="nobody: the service itself, by what sources say",
    )
    replaces = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the one that stays valid until this one has arrived by post",
    )
    posted_at = models.DateTimeField(null=True, help_text="when it was printed to be posted or handed out")
    valid_until = models.DateField()
    valid_until_rule = models.CharField(
        max_length=30, help_text="the rule of certificates.validity that decided"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation = models.CharField(max_length=20, blank=True, choices=Revocation)

    objects: ClassVar[CertificateQuerySet] = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link"],
                condition=Q(revoked_at=None, replaces=None),
                name="one_certificate_a_link",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revocation="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation="")),
                name="revocation_has_a_reason",
            ),
            models.CheckConstraint(condition=Q(valid_until__gte=F("issued_on")), name="valid_from_its_issue"),
        ]

    def __str__(self) -> str:
        return f"Certificate {self.number}"

    @property
    def shows_optional(self) -> bool:
        """Whether it prints what is printed on request only."""
        return any(field in self.facts.get("insurance", {}) for field in sources.OPTIONAL)

    def get_absolute_url(self) -> str:
        """Where the holder finds it."""
        return reverse("certificates:certificate", args=[self.public_id])
