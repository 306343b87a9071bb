"""Imports: which file said what, and when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from links.categories import CATEGORIES
from links.models.clients import ApiClient
from links.models.institutions import Institution


class FeedImportQuerySet(models.QuerySet["FeedImport"]):
    """Sentences about imports."""

    def done(self) -> "FeedImportQuerySet":
        """Those that were applied."""
        return self.filter(state=FeedImport.State.DONE)

    def of_files(self) -> "FeedImportQuerySet":
        """Those of whole files, latest first: what machines send row by row would bury them."""
        return self.filter(client=None).order_by("-pk")

    def refused(self) -> "FeedImportQuerySet":
        """Those of which nothing was stored."""
        return self.filter(state=FeedImport.State.REFUSED)


class FeedImport(models.Model):
    """One file of one institution and category, applied whole or not at all."""

    class State(models.TextChoices):
        OPEN = "open", _("Running")
        DONE = "done", _("Applied")
        REFUSED = "refused", _("Refused, nothing stored")
        ROLLED_BACK = "rolled_back", _("Rolled back")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="imports")
    category = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    file_name = models.CharField(max_length=255)
    encoding = models.CharField(max_length=20, blank=True)
    complete = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    client = models.ForeignKey(
        ApiClient,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imports",
        help_text="whose request it was; empty for a file",
    )
    rolled_back_at = models.DateTimeField(null=True, blank=True)
    rolled_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refusal = models.TextField(blank=True, help_text="why it was refused, fit to show")
    rows = models.PositiveBigIntegerField(default=0)
    created = models.PositiveBigIntegerField(default=0)
    changed = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    removed = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    broken_rules = models.JSONField(
        default=dict, help_text="by code of links.registration: how many rows do not keep the rule"
    )

    objects: ClassVar[FeedImportQuerySet] = FeedImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "category"], condition=Q(state="open"), name="one_open_import_a_feed"
            ),
            models.CheckConstraint(
                condition=Q(state="open", finished_at=None)
                | (~Q(state="open") & Q(finished_at__isnull=False)),
                name="import_finishes_once",
            ),
            models.CheckConstraint(
                condition=Q(state="rolled_back", rolled_back_at__isnull=False)
                | (~Q(state="rolled_back") & Q(rolled_back_at=None)),
                name="rolled_back_says_when",
            ),
        ]
        # what waits for staff: few, however many were applied
        indexes = [
            models.Index(fields=["id"], condition=Q(state="refused"), name="refused_imports"),
            # the list of files
            models.Index(fields=["id"], condition=Q(client=None), name="imports_of_files"),
        ]

    def __str__(self) -> str:
        return f"FeedImport {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page, for staff."""
        return reverse("imports:feed_import", args=[self.public_id])

    @property
    def title(self) -> Promise:
        """What it holds, in words."""
        return CATEGORIES[self.category]

    @property
    def is_done(self) -> bool:
        """Whether it was applied, and is so still."""
        return self.state == self.State.DONE
