"""What the review found, and its runs."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Resident
from links.models.institutions import Institution
from links.models.links import Link


class ReviewRunQuerySet(models.QuerySet["ReviewRun"]):
    """Sentences about runs."""

    def finished(self) -> "ReviewRunQuerySet":
        """Those that reached their end."""
        return self.filter(state=ReviewRun.State.FINISHED)

    def open(self) -> "ReviewRunQuerySet":
        """The one that goes on, or that a kill left."""
        return self.filter(state=ReviewRun.State.OPEN)

    def whole(self) -> "ReviewRunQuerySet":
        """Finished runs over every link there is."""
        return self.finished().filter(institution=None, category="", changed_only=False)

    def last_whole_at(self) -> datetime.datetime | None:
        """When every link was last checked: the end of the last run over all of them."""
        last: datetime.datetime | None = self.whole().aggregate(at=Max("finished_at"))["at"]
        return last

    def stopped_feeds(self) -> dict[tuple[str, str], tuple[int, int]]:
        """By code and category: how many of how many records the last run over all of them would withhold."""
        last = self.finished().filter(institution=None, category="").order_by("-pk").first()
        return {(code, kind): (new, size) for code, kind, new, size in last.stopped_feeds} if last else {}

    def covering(self, link: Link) -> "ReviewRunQuerySet":
        """Finished runs over all links, or over this link's institution and category."""
        return self.finished().filter(
            Q(institution=None) | Q(institution=link.institution_id),
            category__in=["", link.category],
            changed_only=False,
        )


class ReviewRun(models.Model):
    """One walk over all links, or those of an institution or category, or only the changed ones."""

    class State(models.TextChoices):
        OPEN = "open", _("Running")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped by the brake")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Failed")

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="runs"
    )
    category = models.CharField(max_length=32, blank=True)
    changed_only = models.BooleanField(default=False)
    rules_version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    reached = models.PositiveBigIntegerField(
        default=0, help_text="key of the last link whose verdict is stored"
    )
    register_seen = models.PositiveBigIntegerField(
        default=0, help_text="key of the last change of the register that this run took into account"
    )
    total = models.PositiveBigIntegerField(
        null=True,
        help_text="how many links there were to check when it began; unknown where only changes are",
    )
    checked = models.PositiveBigIntegerField(default=0)
    verdicts = models.JSONField(default=dict, help_text="how many of those checked have each verdict")
    withheld = models.PositiveBigIntegerField(default=0)
    released = models.PositiveBigIntegerField(default=0)
    stopped_feeds = models.JSONField(
        default=list, help_text="[institution code, category, would be withheld, records]"
    )
    incidents = models.JSONField(
        default=list,
        help_text="[institution code, who entered it, linked on, mismatches, records], worst first",
    )

    standing = models.JSONField(
        default=list,
        help_text="[institution code, category, verdict, records] at its end; empty where only changes are",
    )

    objects: ClassVar[ReviewRunQuerySet] = ReviewRunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="open"), name="one_open_review_run"),
        ]

    def __str__(self) -> str:
        return f"ReviewRun {self.pk}"

    def get_absolute_url(self) -> str:
        """The run's page for staff."""
        return reverse("review:run", args=[self.public_id])

    def rate(self, *, at: datetime.datetime) -> float:
        """Links checked a second, until that moment or its end."""
        seconds = ((self.finished_at or at) - self.started_at).total_seconds()
        return self.checked / seconds if seconds > 0 else 0.0

    def time_left(self, *, at: datetime.datetime) -> datetime.timedelta | None:
        """How long it still takes at this rate; None where nobody can say."""
        rate = self.rate(at=at)
        if self.state != self.State.OPEN or self.total is None or not rate:
            return None
        return datetime.timedelta(seconds=max(self.total - self.checked, 0) / rate)


class ReviewPart(models.Model):
    """A stretch of keys of one run, judged and stored in one transaction by whoever takes it."""

    run = models.ForeignKey(ReviewRun, on_delete=models.CASCADE, related_name="parts", db_index=False)
    first = models.PositiveBigIntegerField(help_text="lowest key")
    last = models.PositiveBigIntegerField(help_text="highest key")
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # each part once; and the next one that nobody has taken
            models.UniqueConstraint(fields=["run", "first"], name="one_part_a_stretch"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="parts_begin_before_they_end"),
        ]

    def __str__(self) -> str:
        return f"ReviewPart {self.pk}"


class Finding(models.Model):
    """A verdict on one link with its reasons; a new row only when it differs from the last one."""

    # written by the review only, out of rows that it has locked: three look-ups a row would prove it again
    link = models.ForeignKey(
        Link, on_delete=models.PROTECT, db_constraint=False, related_name="findings", db_index=False
    )
    resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, db_constraint=False, related_name="findings", db_index=False
    )
    run = models.ForeignKey(
        ReviewRun,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        related_name="findings",
        db_index=False,
    )
    verdict = models.CharField(max_length=12, choices=Link.Verdict)
    reasons = models.JSONField(
        default=list, help_text="codes of links.review.reasons, the deciding one first"
    )
    elements = models.JSONField(
        default=dict, help_text="level by element: name, kana, birth_date, sex, address"
    )
    owner = models.ForeignKey(
        Resident,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="whose record it probably is instead; for staff only",
    )
    conceals = models.BooleanField(
        default=False, help_text="details must be hidden although the verdict is review"
    )
    rules_version = models.CharField(max_length=20)
    found_at = models.DateTimeField()

    class Meta:
        # a run writes a row for each new link, and every index of it: what is not asked has none
        indexes = [
            models.Index(fields=["link", "-id"], name="latest_finding_of_a_link"),
            # the report of a run
            models.Index(fields=["run"], name="findings_of_a_run"),
            # the few links that were ever doubted: what a person must look at, what waits to be withheld
            models.Index(
                fields=["link"], condition=Q(verdict="review") | Q(conceals=True), name="findings_of_doubt"
            ),
        ]

    def __str__(self) -> str:
        return f"Finding {self.pk}"
