"""What staff do with an incident as a whole; a worker does the long part."""

import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.refusal import NOT_ALLOWED
from accounts.subjects import is_own_affair
from links.models import Institution
from reports import tasks
from reports.incidents.listing import Role, add, add_people
from reports.models import AffectedRecord, Incident, Plan, Report
from reports.moving import OWN_CASE, ReportError

State, Scope = Incident.State, Incident.Scope
OPEN_ALREADY = _("There is an open incident of this office, day and cause already.")
MEANWHILE = _("Somebody changed this incident meanwhile. Please look at it again.")
PLAN_RUNS = _("A plan is waiting or being applied. Please end it first.")
NO_DAY = _("Please say on which day the records were linked, or choose that staff add the cases.")
STILL_TO_DO = _("Before it can be finished, the public must be told, and the final report must be sent.")


@transaction.atomic
def begin(
    *,
    institution: Institution,
    office: str,
    day: datetime.date | None,
    category: str,
    cause: str,
    scope: str,
    by: User,
    at: datetime.datetime,
) -> Incident:
    """Begin an incident; everybody affected is listed by a worker. ReportError where it is there already."""
    require("incidents.work", by)
    if day is None and scope != Scope.CASES:
        raise ReportError(NO_DAY)
    try:
        with transaction.atomic():
            incident = Incident.objects.create(
                institution=institution,
                office=office,
                day=day,
                category=category,
                cause=cause,
                scope=scope,
                found_by=by,
                discovered_at=at,
                worked_at=at,
            )
    except IntegrityError as second:
        raise ReportError(OPEN_ALREADY) from second
    note(incident, "incident.opened", by=by, at=at)
    queue(incident)
    return incident


@transaction.atomic
def add_case(*, incident: Incident, report: Report, by: User, at: datetime.datetime) -> AffectedRecord:
    """Add a case with its record and its person; the same case twice is once."""
    require("incidents.work", by)
    if is_own_affair(by, report.resident_id, on=localdate(at)):
        raise ReportError(OWN_CASE)
    incident = locked(incident, {State.OPEN, State.LISTING})
    if report.link and not report.record_left:
        add(incident, [report.link])
        incident.records.filter(link=report.link, report=None).update(report=report)
        record = incident.records.get(link=report.link)
    else:
        known = {"resident_id": report.resident_id}
        record, _new = incident.records.get_or_create(report=report, defaults=known)
        add_people(incident, [(report.resident_id, "")], Role.NUMBER)
    audit.record(
        "incident.case_added",
        by=by,
        at=at,
        resident=report.resident_id,
        subject=("report", report.public_id),
        purpose=report.number,
    )
    return record


@transaction.atomic
def list_again(*, incident: Incident, by: User, at: datetime.datetime) -> None:
    """Look once more through the records of that office and day: others may have come since."""
    require("incidents.work", by)
    move(incident, {State.OPEN}, State.LISTING, "incident.listed_again", by=by, at=at, reached=0)


@transaction.atomic
def dismiss(*, incident: Incident, by: User, at: datetime.datetime) -> None:
    """It was none; nothing was done to a record."""
    require("incidents.approve", by)
    if incident.plans.exclude(phase__in=[Plan.Phase.DROPPED, Plan.Phase.UNDONE]).exists():
        raise ReportError(PLAN_RUNS)
    ended = {"closed_at": at, "closed_by": by}
    move(incident, {State.OPEN, State.LISTING}, State.DISMISSED, "incident.dismissed", by=by, at=at, **ended)


@transaction.atomic
def close(*, incident: Incident, by: User, at: datetime.datetime) -> None:
    """Finish it: its plan stands for good, and the cases whose records it settled are closed by a worker."""
    require("incidents.approve", by)
    running = (*Plan.AT_WORK, Plan.Phase.CHECKED, Plan.Phase.STOPPED)
    if incident.plans.filter(phase__in=running).exists():
        raise ReportError(PLAN_RUNS)
    told = any(each.texts["ja"]["changed"] for each in incident.statements.published())
    if not told or not incident.leak_reports.filter(stage="final", sent_at__isnull=False).exists():
        raise ReportError(STILL_TO_DO)
    move(incident, {State.OPEN}, State.CLOSING, "incident.closed", by=by, at=at, reached=0, closed_by=by)


def move(
    incident: Incident,
    of: set[Incident.State],
    to: Incident.State,
    verb: str,
    *,
    by: User,
    at: datetime.datetime,
    **fields: object,
) -> None:
    """From one state to another, once; whoever comes second is told."""
    moved = Incident.objects.filter(pk=incident.pk, state__in=of).update(state=to, worked_at=at, **fields)
    if not moved:
        raise ReportError(MEANWHILE)
    note(incident, verb, by=by, at=at)
    if to in Incident.AT_WORK:
        queue(incident)


def locked(incident: Incident, of: set[Incident.State]) -> Incident:
    """Its present row, locked; ReportError where it is in another state by now."""
    found = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if found.state not in of:
        raise ReportError(MEANWHILE)
    return found


def require(right: str, by: User) -> None:
    """ReportError for whoever's role lacks the right."""
    if not by.may(right):
        raise ReportError(NOT_ALLOWED)


def note(incident: Incident, verb: str, *, by: User, at: datetime.datetime) -> None:
    """Write the deed into the trail of the service: it is about no single person."""
    audit.record(verb, by=by, at=at, subject=("incident", incident.public_id), purpose=incident.number)


def queue(incident: Incident) -> None:
    """A message is a hint: the sweep repeats what got lost."""
    transaction.on_commit(partial(tasks.carry_on_incident.delay, incident_id=incident.pk), robust=True)
