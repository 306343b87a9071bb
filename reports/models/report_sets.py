"""Sentences about reports: which ones, for whom, in which order."""

import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, Q, Value

from accounts.models import Resident, User, permitted
from accounts.scopes import Deed
from links.categories import area_of
from reports.kinds import CLOSED, LEAKS, Remedy, State

if TYPE_CHECKING:
    from reports.models.reports import Report


class ReportQuerySet(models.QuerySet["Report"]):
    """Sentences about reports."""

    def open(self) -> "ReportQuerySet":
        """Those that are not closed."""
        return self.exclude(state__in=CLOSED)

    def leaks(self) -> "ReportQuerySet":
        """Those in which somebody saw another person's data: candidates for an incident."""
        return self.filter(kind__in=LEAKS)

    def like(self, report: "Report") -> "ReportQuerySet":
        """Those of the same resident about the same record, or where there is none about the same matter."""
        if report.link_id:
            return self.filter(link=report.link_id, resident=report.resident_id)
        return self.filter(
            link=None,
            resident=report.resident_id,
            kind=report.kind,
            matter=report.matter,
            office=report.office,
        )

    def unanswered(self, *, on: datetime.date) -> "ReportQuerySet":
        """Those whose resident was asked and did not answer until the day before."""
        return self.filter(state=State.AWAITING_RESIDENT, next_step_by__lt=on)

    def unconfirmed(self, *, on: datetime.date) -> "ReportQuerySet":
        """Those made without signing in that nobody confirmed until the day before."""
        return self.filter(unconfirmed_until__lt=on)

    def about(self, resident: Resident) -> "ReportQuerySet":
        """Those about one resident's records."""
        found = self.filter(resident=resident)
        hidden = Value(True, output_field=models.BooleanField())
        return found.annotate(places_hidden=hidden) if resident.places_hidden else found

    def visible_to(self, user: User, *, on: datetime.date) -> "ReportQuerySet":
        """Those about oneself, and about records that the user may report for somebody else."""
        hidden = Exists(Resident.objects.hidden(user, on=on, by="resident"))  # type: ignore[attr-defined]
        seen = self.alias(area=area_of("link__category")).filter(permitted(user, Deed.REPORT, on=on))
        return seen.annotate(places_hidden=hidden)  # type: ignore[no-redef]

    def with_record(self) -> "ReportQuerySet":
        """With record, institution and person at hand: a page about it asks no more for them."""
        return self.select_related("link__institution", "institution", "resident", "printout")

    def out_of_step(self) -> "ReportQuerySet":
        """Those whose record left the person's number, or came back to it, and nobody noted it yet.

        Open ones, and closed ones by which an institution was to move the record to its owner.
        """
        here = Q(link__resident=F("resident"))
        news = Q(link__isnull=False) & (
            ~here & Q(record_left_at=None) | here & Q(record_left_at__isnull=False)
        )
        moves = Q(proposals__remedy=Remedy.MOVE, proposals__state="approved", record_left_at=None)
        return self.filter(news).filter(~Q(state__in=CLOSED) | moves).distinct()

    def overdue(self, *, on: datetime.date) -> "ReportQuerySet":
        """Open ones whose clock ran out before that day, and nobody noted it yet."""
        return self.open().filter(next_step_by__lt=on, overdue_since=None)

    def to_remind(self, *, by: datetime.date) -> "ReportQuerySet":
        """Those whose resident was asked, was not reminded yet, and has until that day at the latest."""
        waiting = self.filter(state=State.AWAITING_RESIDENT, reminded_at=None)
        return waiting.filter(next_step_by__lte=by)

    def untold(self) -> "ReportQuerySet":
        """Open ones that are overdue and of which no supervisor was told since."""
        since = Q(supervisors_told_at=None) | Q(supervisors_told_at__date__lte=F("overdue_since"))
        return self.open().filter(since, overdue_since__isnull=False)

    def running_out(self, *, on: datetime.date) -> "ReportQuerySet":
        """Open ones whose clock ends on that day, and of which no supervisor was told."""
        return self.open().filter(next_step_by=on, overdue_since=None, supervisors_told_at=None)

    def newest_first(self) -> "ReportQuerySet":
        """The last one that was sent first."""
        return self.order_by("-received_at", "-id")

    def behind(self, report: "Report") -> "ReportQuerySet":
        """Those that come after it where the worst is first."""
        later = Q(next_step_by__gt=report.next_step_by) | Q(
            next_step_by=report.next_step_by, id__gt=report.pk
        )
        return self.filter(Q(urgency__lt=report.urgency) | Q(urgency=report.urgency) & later)

    def ahead_of(self, report: "Report") -> "ReportQuerySet":
        """Those that come before it where the worst is first."""
        sooner = Q(next_step_by__lt=report.next_step_by) | Q(
            next_step_by=report.next_step_by, id__lt=report.pk
        )
        return self.filter(Q(urgency__gt=report.urgency) | Q(urgency=report.urgency) & sooner)

    def worst_first(self) -> "ReportQuerySet":
        """The grave ones first, an overdue one a step graver, then the clock that runs out next."""
        return self.order_by("-urgency", "next_step_by", "id")
