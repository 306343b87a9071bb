"""Records that institutions linked to a number."""

import datetime
import hashlib
from typing import ClassVar

from django.db import models
from django.db.models import Exists, Q, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Resident, User, permitted
from accounts.scopes import Deed
from links.categories import AREA_OF, CATEGORIES, HIDDEN_OFFICE, KIND_OF, PLACELESS, area_of
from links.models.feeds import FeedImport
from links.models.institutions import Institution
from links.models.numbers import OwnNumber
from links.review.rules import Person

HIDDEN = Value(True, output_field=models.BooleanField())


class LinkQuerySet(models.QuerySet["Link"]):
    """Sentences about links."""

    def standing(self) -> "LinkQuerySet":
        """Those that hang on a number: neither removed by the institution nor unlinked by a decision."""
        return self.filter(
            status__in=(Link.Status.ACTIVE, Link.Status.ENDED),
            settled_as__in=(Link.Settlement.NONE, Link.Settlement.RIGHT),
        )

    def of(self, resident: Resident) -> "LinkQuerySet":
        """What hangs on this resident's number."""
        hung = self.standing().filter(resident=resident)
        return hung.annotate(places_hidden=HIDDEN) if resident.places_hidden else hung  # type: ignore[no-redef]

    def visible_to(self, user: User, *, on: datetime.date, to: Deed = Deed.SEE) -> "LinkQuerySet":
        """Records with which the user may do this: one's own, and within authority; removed ones included."""
        hidden = Exists(Resident.objects.hidden(user, on=on, by="resident"))
        seen = self.alias(area=area_of()).filter(permitted(user, to, on=on))
        return seen.annotate(places_hidden=hidden)  # type: ignore[no-redef]

    def of_feed(self, feed_import: FeedImport) -> "LinkQuerySet":
        """All records of the institution and category of an import."""
        return self.filter(institution=feed_import.institution_id, category=feed_import.category)

    def unreviewed(self) -> "LinkQuerySet":
        """Those without a verdict on their present data."""
        return self.filter(verdict="")


class Link(models.Model):
    """One record of one institution, attached to one resident's number."""

    # whether the reader for whom it was found may see no place of its person
    places_hidden: bool = False

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        ENDED = "ended", _("Ended")
        REMOVED = "removed", _("Removed by the institution")

    class Verdict(models.TextChoices):
        UNREVIEWED = "", _("Not checked yet")
        MATCH = "match", _("Matches")
        UNVERIFIABLE = "unverifiable", _("Cannot be checked")
        REVIEW = "review", _("A person is checking it")
        MISMATCH = "mismatch", _("Points to another person")

    class Settlement(models.TextChoices):
        NONE = "", _("Not decided")
        RIGHT = "right", _("Decided: it is this person's")
        UNLINKED = "unlinked", _("Decided: it is not this person's")

    public_id = models.CharField(max_length=22, default=public_id, editable=False)
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="links", db_index=False)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="links", db_index=False
    )
    category = models.CharField(max_length=32, choices=list(CATEGORIES.items()))
    reference = models.CharField(max_length=1000, help_text="the institution's own key, exactly as it came")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)

    holder_name = models.CharField(max_length=1000, blank=True)
    holder_kana = models.CharField(max_length=1000, blank=True)
    holder_birth_date = models.CharField(max_length=50, blank=True)
    holder_sex = models.CharField(max_length=20, blank=True)
    holder_address = models.CharField(max_length=1000, blank=True)
    details = models.JSONField(default=dict, blank=True, help_text="the category's columns that were sent")

    linked_on = models.DateField()
    obtained_by = models.CharField(max_length=20, default="unknown")
    entered_by = models.CharField(max_length=1000, blank=True)
    feed_import = models.ForeignKey(
        FeedImport, null=True, on_delete=models.PROTECT, related_name="links", db_index=False
    )
    line = models.PositiveBigIntegerField(null=True, help_text="physical line in that import's file")
    row_digest = models.BinaryField(
        max_length=32, help_text="digest of the row as last sent, without its number"
    )
    sent_digest = models.BinaryField(
        max_length=32,
        null=True,
        help_text="digest of its cells as they came, but the number: such a row is not read again",
    )
    recorded_at = models.DateTimeField(help_text="when the portal first had this record")
    changed_at = models.DateTimeField(help_text="when a feed or a decision last changed it")

    verdict = models.CharField(max_length=12, blank=True, choices=Verdict, default=Verdict.UNREVIEWED)
    concealed = models.BooleanField(
        default=False, help_text="the last finding points to another person; written with the verdict"
    )
    basis = models.BigIntegerField(
        null=True,
        help_text="digest of the row, the register's facts and the rules of the verdict; PostgreSQL makes it",
    )
    held = models.BooleanField(
        default=False, help_text="a Hold stands; written with it, by links.review.settle only"
    )
    settled_as = models.CharField(max_length=10, blank=True, choices=Settlement, default=Settlement.NONE)
    settled_digest = models.BinaryField(
        max_length=32, null=True, help_text="row_digest of the row that was decided"
    )
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="when the resident said: this is mine"
    )

    objects: ClassVar[LinkQuerySet] = LinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        # every index is paid for by each imported row: each says which question it answers
        constraints = [
            # a feed's row beside its link, and all links of one feed
            models.UniqueConstraint(
                fields=["institution", "category", "reference"], name="one_link_a_reference"
            ),
            # a record's page
            models.UniqueConstraint(fields=["public_id"], name="link_by_public_id"),
            models.CheckConstraint(
                condition=Q(settled_as="", settled_digest=None)
                | (~Q(settled_as="") & Q(settled_digest__isnull=False)),
                name="settlement_names_its_row",
            ),
        ]
        indexes = [
            # a resident's home page, and the signals across one person's records
            models.Index(fields=["resident"], name="links_of_a_resident"),
            # the beginnings of their history, warnings to its sender; the rows beside one in its file
            models.Index(fields=["feed_import", "line"], name="links_of_an_import"),
            # what changed since a review; what the review itself writes stands in no index: see decision 35
            models.Index(fields=["changed_at"], name="links_changed_since"),
            # the same account or certificate on two people
            models.Index(OwnNumber("details"), name="links_by_own_number"),
        ]

    def __str__(self) -> str:
        return f"Link {self.public_id}"

    def get_absolute_url(self) -> str:
        """The record's page."""
        return reverse("links:record", args=[self.public_id])

    @property
    def row_and_person(self) -> bytes:
        """A digest of the row as last sent and of whose it is: equal as long as neither changed."""
        return hashlib.sha256(b"%d:" % self.resident_id + bytes(self.row_digest)).digest()

    @property
    def stands(self) -> bool:
        """Whether it hangs on the number: neither removed by the institution nor unlinked by a decision."""
        return self.status != self.Status.REMOVED and not self.was_unlinked

    @property
    def was_unlinked(self) -> bool:
        """Whether staff decided that it is not this person's."""
        return self.settled_as == self.Settlement.UNLINKED

    @property
    def was_checked(self) -> bool:
        """Whether there is a verdict on its present data."""
        return bool(self.verdict)

    @property
    def is_doubted(self) -> bool:
        """Whether the check points to another person and no person decided otherwise."""
        points_elsewhere = self.concealed or self.verdict == self.Verdict.MISMATCH
        return points_elsewhere and self.settled_as != self.Settlement.RIGHT

    @property
    def shows_details(self) -> bool:
        """Whether its details may be seen: checked, standing, and nothing withholds or conceals it."""
        return self.was_checked and self.stands and not self.held and not self.is_doubted

    @property
    def opens_details(self) -> bool:
        """Whether what is masked may be opened too: not while a person still has to look at it."""
        under_review = self.verdict == self.Verdict.REVIEW and self.settled_as != self.Settlement.RIGHT
        return self.shows_details and not under_review

    @property
    def kind(self) -> str:
        """The group of the home page under which it stands."""
        return KIND_OF[self.category]

    @property
    def area(self) -> str:
        """The area of life in which helpers may be let at it."""
        return AREA_OF[self.category]

    @property
    def title(self) -> Promise:
        """What it is, in words."""
        return CATEGORIES[self.category]

    @property
    def office(self) -> "str | Promise":
        """The institution's name, unless its reader may see no place: it can tell where somebody lives."""
        return HIDDEN_OFFICE if self.places_hidden else self.institution.name

    @property
    def masked_reference(self) -> str:
        """The last four characters of the reference, nothing while its details are hidden."""
        return f"•••{self.reference[-4:]}" if self.shows_details and not self.places_hidden else ""

    @property
    def readable_details(self) -> dict[str, str]:
        """Its details with the reference, as its reader may open them."""
        details = {"reference": self.reference, **self.details}
        return {key: details[key] for key in details if not self.places_hidden or key in PLACELESS}

    def claimed_person(self) -> Person:
        """What the review compares: the holder as the institution has them."""
        return Person(
            name=self.holder_name,
            kana=self.holder_kana,
            birth_date=self.holder_birth_date,
            sex=self.holder_sex,
            address=self.holder_address,
        )
