"""Files a report: with it the hold, the history, the trail and the notice, or none of them."""

import datetime
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from links import actions as links
from links.models import Link
from reports import drafts
from reports.clocks import next_step_by
from reports.kinds import State, severity_of
from reports.models import Report, Step
from reports.moving import note_down, tell_resident


@transaction.atomic
def file(
    *, link: Link, answers: Mapping[str, str], language: str, simple: bool, by: User, at: datetime.datetime
) -> Report:
    """The report that these answers make; where one about the record is open already, that one, unchanged."""
    severity = severity_of(link.category)
    report = Report(
        link=link,
        resident_id=link.resident_id,
        filed_by=by,
        **answers,
        language=language,
        simple=simple,
        severity=severity,
        next_step_by=next_step_by(State.RECEIVED, severity, on=localdate(at)),
        received_at=at,
    )
    first = saved_or_first(report)
    if first is not report:
        return first
    Step.objects.create(report=report, resident_id=report.resident_id, state=report.state, by=by, at=at)
    links.hold_for_report(link=link, report=report.public_id, by=by, at=at)
    note_down(report, "report.filed", by=by, at=at)
    tell_resident(report, "report.received", at=at)
    drafts.become(report, by=by)
    return report


def saved_or_first(report: Report) -> Report:
    """The report, saved; or the open one that came first: the constraint decides, so that two never race."""
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        first = Report.objects.open().filter(link=report.link_id, resident=report.resident_id).first()
        if first is None:
            raise
        return first
    return report
