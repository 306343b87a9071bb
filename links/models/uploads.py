"""Files that staff send in from the browser, and the work on them that they watch."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from links.categories import CATEGORIES
from links.models.feeds import FeedImport
from links.models.institutions import CODE


class UploadQuerySet(models.QuerySet["Upload"]):
    """Sentences about uploads."""

    def open(self) -> "UploadQuerySet":
        """Those that somebody still has to decide about."""
        return self.filter(ended_at=None)


class Upload(models.Model):
    """One file on its way in: how it is to be read, and until it is imported or thrown away, its bytes."""

    class Kind(models.TextChoices):
        FEED = "feed", _("Feed of an institution")
        REGISTER = "register", _("Resident register")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    institution_code = models.CharField(max_length=32, blank=True, validators=[CODE])
    category = models.CharField(max_length=32, blank=True, choices=list(CATEGORIES.items()))
    format = models.CharField(max_length=10, default="csv")
    complete = models.BooleanField(default=False)
    max_removed = models.FloatField(
        default=0, validators=[MinValueValidator(0), MaxValueValidator(100)], help_text="percent"
    )
    as_of = models.DateField(null=True, blank=True, help_text="the day that the register describes")
    allow_number_change = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    file_name = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes, of the file as it was sent")
    stored_as = models.CharField(max_length=40, blank=True, help_text="name in the intake folder")
    key = models.BinaryField(max_length=1000, null=True, help_text="sealed key of the file while it is kept")
    received_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="when it was imported or thrown away")
    thrown_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty where it was imported, or left for a day",
    )

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="feed", as_of=None) & ~Q(institution_code="") & ~Q(category=""))
                | Q(kind="register", as_of__isnull=False, institution_code="", category=""),
                name="uploads_say_what_they_hold",
            ),
            models.CheckConstraint(
                condition=Q(key=None) | Q(received_at__isnull=False, ended_at=None),
                name="files_are_kept_until_the_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("created_at")),
                name="uploads_end_after_they_begin",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(ended_at=None), name="open_uploads")]

    def __str__(self) -> str:
        return f"Upload {self.public_id}"

    def get_absolute_url(self) -> str:
        """The page on which it is decided about."""
        return reverse("imports:upload", args=[self.public_id])

    @property
    def is_feed(self) -> bool:
        """Whether it is an institution's file."""
        return self.kind == self.Kind.FEED

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are still here."""
        return self.key is not None

    @property
    def title(self) -> "Promise | str":
        """What it holds, in words."""
        return CATEGORIES[self.category] if self.is_feed else self.Kind.REGISTER.label


class JobQuerySet(models.QuerySet["Job"]):
    """Sentences about jobs."""

    def live(self) -> "JobQuerySet":
        """Those that wait for a worker, or that one works on."""
        return self.filter(state__in=Job.LIVE)

    def asked_before(self, moment: datetime.datetime) -> "JobQuerySet":
        """Those that were asked for before that moment."""
        return self.filter(asked_at__lt=moment)

    def with_file(self) -> "JobQuerySet":
        """Those that left a file to be fetched."""
        return self.exclude(output_key=None)


class Job(models.Model):
    """Work that staff asked for and a worker does; this row is the truth about it, a message only a hint."""

    class Kind(models.TextChoices):
        TRY = "try", _("Check the file")
        IMPORT = "import", _("Import the file")
        ROLL_BACK = "roll_back", _("Roll the import back")
        EXPORT = "export", _("Write the findings")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting for its turn")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused, nothing stored")
        STOPPED = "stopped", _("Stopped in the middle, nothing stored")

    LIVE = (State.QUEUED, State.RUNNING)

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="jobs")
    feed_import = models.ForeignKey(
        FeedImport,
        null=True,
        on_delete=models.PROTECT,
        related_name="jobs",
        help_text="the one that it made, or that it undoes",
    )
    reason = models.TextField(blank=True, help_text="why an import is rolled back")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True, help_text="when a worker first took it")
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="figures, warnings, why it was refused; no person",
    )
    output_key = models.BinaryField(
        max_length=1000, null=True, help_text="sealed key of the file that it left"
    )

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["upload"], condition=Q(state__in=["queued", "running"]), name="one_live_job_an_upload"
            ),
            models.UniqueConstraint(
                fields=["upload"], condition=Q(kind="import", state="done"), name="an_upload_is_imported_once"
            ),
            models.UniqueConstraint(
                fields=["feed_import"],
                condition=Q(kind="roll_back", state__in=["queued", "running"]),
                name="one_live_roll_back_an_import",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="export", state__in=["queued", "running"]),
                name="one_live_export",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["try", "import"], upload__isnull=False)
                | Q(kind="roll_back", upload=None, feed_import__isnull=False)
                | Q(kind="export", upload=None, feed_import=None),
                name="jobs_say_on_what",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], finished_at=None)
                | Q(state__in=["done", "refused", "stopped"], finished_at__isnull=False),
                name="jobs_finish_once",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["queued", "running"]), name="live_jobs"),
            models.Index(fields=["finished_at"], condition=~Q(output_key=None), name="jobs_with_a_file"),
        ]

    def __str__(self) -> str:
        return f"Job {self.public_id}"

    def get_absolute_url(self) -> str:
        """The page on which it is watched."""
        return reverse("imports:job", args=[self.public_id])

    @property
    def is_live(self) -> bool:
        """Whether it waits for a worker, or one works on it."""
        return self.state in self.LIVE

    @property
    def is_done(self) -> bool:
        """Whether it did what was asked."""
        return self.state == self.State.DONE

    @property
    def left_a_file(self) -> bool:
        """Whether there is a file to fetch."""
        return self.output_key is not None
