"""What is done about an incident: a plan with its steps, each with the record's state before and after."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import public_id
from accounts.models import Resident
from accounts.models.proposals import DECIDED_BY_TWO, TwoPeople
from links.models import Link
from reports.models.incidents import Incident


class PlanQuerySet(models.QuerySet["Plan"]):
    """Sentences about plans."""

    def at_work(self) -> "PlanQuerySet":
        """Those on which a worker works, or for which one is waited."""
        return self.filter(phase__in=Plan.AT_WORK)


class Plan(TwoPeople):
    """One deed on every record of an incident: tried dry, decided by a second person, applied in batches."""

    class Remedy(models.TextChoices):
        WITHHOLD = "withhold", _("Stop the records")
        UNLINK = "unlink", _("Remove the records from these numbers")
        RELEASE = "release", _("Release the records: they are right")
        PUT_BACK = "put_back", _("Put the records back as they were before a plan")

    class Phase(models.TextChoices):
        CHECKING = "checking", _("Dry run")
        CHECKED = "checked", _("Dry run done, nothing was changed")
        APPLYING = "applying", _("Being applied")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Applied")
        UNDONE = "undone", _("Taken back")
        DROPPED = "dropped", _("Not applied")

    AT_WORK = (Phase.CHECKING, Phase.APPLYING)

    public_id = models.CharField(max_length=22, unique=True, default=public_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="plans")
    remedy = models.CharField(max_length=10, choices=Remedy)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.CHECKING)
    reached = models.BigIntegerField(default=0, help_text="the key of the last record that was tried dry")
    worked_at = models.DateTimeField(help_text="a worker's last sign of life")
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=DECIDED_BY_TWO, name="two_people_decide_about_a_plan"),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(phase__in=["checking", "checked", "applying"]),
                name="one_plan_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(remedy="put_back") ^ Q(undoes=None), name="put_back_names_what_it_undoes"
            ),
            models.CheckConstraint(
                condition=Q(state="approved") | Q(phase__in=["checking", "checked", "dropped"]),
                name="nothing_is_applied_without_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"

    @property
    def is_at_work(self) -> bool:
        """Whether a worker works on it, or is waited for."""
        return self.phase in self.AT_WORK

    @property
    def is_undo(self) -> bool:
        """Whether it puts back what another plan did."""
        return self.undoes_id is not None


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    """Sentences about the steps of a plan."""

    def waiting(self) -> "PlanStepQuerySet":
        """Those that were only tried dry."""
        return self.filter(state=PlanStep.State.WAITING)

    def done(self) -> "PlanStepQuerySet":
        """Those that changed their record."""
        return self.filter(state=PlanStep.State.DONE)


class PlanStep(models.Model):
    """What a plan does to one record. A batch of steps and their records change in one transaction."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Left out")

    class Why(models.TextChoices):
        SAME = "same", _("Nothing to change: it is so already")
        DECIDED = "decided", _("Two people decided about this record already")
        CHANGED = "changed", _("Somebody changed the record meanwhile")
        MOVED = "moved", _("The record hangs on another number now")
        OWN = "own", _("An affair of the two who decide, or of their family: a colleague must do it")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=10, blank=True, choices=Why)
    before = models.JSONField(default=dict, help_text="links.review.states.state_of: codes, keys and digests")
    after = models.JSONField(default=dict, help_text="as it was left; for a step that puts back, as it was")

    objects: ClassVar[PlanStepQuerySet] = PlanStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "link"], name="a_record_once_in_a_plan"),
            models.CheckConstraint(condition=Q(state="skipped") ^ Q(why=""), name="left_out_for_a_reason"),
        ]
        indexes = [
            models.Index(fields=["plan", "id"], condition=Q(state="waiting"), name="steps_to_do"),
            models.Index(fields=["plan", "state"], name="steps_by_state"),
        ]

    def __str__(self) -> str:
        return f"Plan step {self.pk}"
