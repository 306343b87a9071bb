"""Photos and papers that residents hand in."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.files.kinds import MOST_FILES
from accounts.models import Resident, StoredFile, User
from links.models import Link
from reports.models.drafts import Draft
from reports.models.reports import Report


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Sentences about attachments."""

    def kept_by(self, user: User, link: Link) -> "AttachmentQuerySet":
        """Those of the user's draft about the record."""
        return self.filter(draft__user=user, draft__link=link)

    def in_order(self) -> "AttachmentQuerySet":
        """By place, each with its file at hand."""
        return self.select_related("file").order_by("place")


class Attachment(models.Model):
    """A file handed in with a report, or with the draft of one: whoever may see that may open it."""

    draft = models.ForeignKey(Draft, null=True, on_delete=models.PROTECT, related_name="attachments")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="attachments")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(help_text="from 1 to 5")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draft=None) ^ Q(report=None), name="attached_to_a_draft_or_a_report"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_FILES), name="no_more_than_five_places"
            ),
            models.UniqueConstraint(fields=["draft", "place"], name="one_file_a_place_of_a_draft"),
            models.UniqueConstraint(fields=["report", "place"], name="one_file_a_place_of_a_report"),
        ]

    def __str__(self) -> str:
        return f"Attachment {self.pk}"
