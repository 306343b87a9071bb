"""Files a report: with it the hold, the history, the trail and the notice, or none of them."""

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import Resident, User
from links import actions as links
from links.models import Institution, Link
from reports import drafts
from reports.clocks import next_step_by
from reports.issuing import municipality_of, office_called
from reports.kinds import Kind, State, severity_of
from reports.models import Printout, Report, Step
from reports.moving import note_down, tell_resident

PRINTOUT = ("printed_on", "hour", "paper")


@transaction.atomic
def file(
    *, link: Link, answers: Mapping[str, str], language: str, simple: bool, by: User, at: datetime.datetime
) -> Report:
    """The report that these answers make; where one about the record is open already, that one, unchanged."""
    report = Report(
        link=link,
        resident_id=link.resident_id,
        filed_by=by,
        **answers,
        language=language,
        simple=simple,
        severity=severity_of(answers["kind"], link.category),
    )
    first = entered(report, notice="report.received", by=by, at=at)
    if first is not report:
        return first
    links.hold_for_report(link=link, report=report.public_id, by=by, at=at)
    if report.is_leak:
        # what was typed or photographed before may be about the stranger
        drafts.forget(by=by, link=link)
    else:
        drafts.become(report, by=by)
    return report


@transaction.atomic
def file_other(
    *,
    resident: Resident,
    kind: Kind,
    answers: Mapping[str, str],
    language: str,
    simple: bool,
    by: User,
    at: datetime.datetime,
) -> Report:
    """The report of what is no record; where the same is open already, that one, unchanged."""
    told = {name: value for name, value in answers.items() if name not in PRINTOUT}
    report = Report(
        resident=resident,
        filed_by=by,
        kind=kind,
        **told,
        language=language,
        simple=simple,
        severity=severity_of(kind, told["matter"]),
        institution=addressee(resident, kind, told),
    )
    first = entered(report, notice="report.noted", by=by, at=at)
    if first is report and kind == Kind.PRINTED:
        paper = {name: answers[name] for name in PRINTOUT}
        Printout.objects.create(
            report=report, resident=resident, municipality=municipality_of(resident), **paper
        )
    drafts.forget(by=by, link=None, resident=resident, kind=kind)
    return first


def addressee(resident: Resident, kind: Kind, told: Mapping[str, str]) -> Institution | None:
    """Whom it goes to: the office that was named, or who issues the person's certificates; if it is known."""
    if kind == Kind.MISSING:
        return office_called(told["office"])
    return office_called(municipality_of(resident)) if kind == Kind.PRINTED else None


def entered(report: Report, *, notice: str, by: User | None, at: datetime.datetime) -> Report:
    """The report with its clock, saved, its first step, trail and notice; or the open one that came first."""
    report.received_at = at
    report.next_step_by = next_step_by(State.RECEIVED, report.severity, on=localdate(at))
    first = saved_or_first(report)
    if first is report:
        Step.objects.create(report=report, resident_id=report.resident_id, state=report.state, by=by, at=at)
        note_down(report, "report.filed", by=by, at=at)
        tell_resident(report, notice, at=at)
    return first


def saved_or_first(report: Report) -> Report:
    """The report, saved; or the open one that came first: the constraint decides, so that two never race."""
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        first = Report.objects.open().like(report).first()
        if first is None:
            raise
        return first
    return report
