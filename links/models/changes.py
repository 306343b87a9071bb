"""Each change of a record: its history."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident
from links.models.feeds import FeedImport
from links.models.links import Link


class Change(models.Model):
    """One change of one link, by whom or what. Append-only; a resident reads it as the record's history."""

    class Kind(models.TextChoices):
        CREATED = "created", _("Linked to the number")
        UPDATED = "updated", _("Changed by the institution")
        REMOVED = "removed", _("Removed by the institution")
        ROLLED_BACK = "rolled_back", _("Put back as it was before an import")
        VERDICT = "verdict", _("Checked")
        HELD = "held", _("Withheld")
        RELEASED = "released", _("Released")
        CONFIRMED = "confirmed", _("Confirmed by the resident")
        UNLINKED = "unlinked", _("Removed from the number by a decision")
        ARRIVED = "arrived", _("Came from another number")
        SETTLED_RIGHT = "settled_right", _("Decided to be right")
        PUT_BACK = "put_back", _("Put back as it was before a decision")

    link = models.ForeignKey(
        Link, on_delete=models.PROTECT, db_constraint=False, related_name="changes", db_index=False
    )
    resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, db_constraint=False, related_name="link_changes"
    )
    kind = models.CharField(max_length=15, choices=Kind)
    before = models.JSONField(default=dict, help_text="the fields that changed, as they were")
    after = models.JSONField(default=dict)
    undo = models.JSONField(
        null=True, help_text="what a roll-back of the import needs beside `before`; shown to nobody"
    )
    feed_import = models.ForeignKey(
        FeedImport,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="+",
        db_index=False,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="+",
        db_index=False,
    )
    at = models.DateTimeField()

    class Meta:
        # a review writes a row for each new verdict, and every index of it: what is not asked has none
        indexes = [
            models.Index(fields=["link", "at"], name="history_of_a_link"),
            # what an import changed, to roll it back
            models.Index(
                fields=["feed_import"], condition=Q(feed_import__isnull=False), name="changes_of_an_import"
            ),
        ]

    def __str__(self) -> str:
        return f"Change {self.pk} of a link"
