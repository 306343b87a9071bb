"""Where a report stands, in words for the resident: who does what, by when."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise

from links.evidence import AGREEING, LABELS, levels
from links.models import Finding
from reports.kinds import OWN_RECORD, UNTAKEN, Kind, State
from reports.models import Proposal, Report, Step
from reports.models.reports import REOPENED_WITHIN
from reports.wording import (
    BEGINNINGS,
    BY_CODE,
    DONE,
    GOES_ON,
    HIDDEN,
    HISTORY,
    HISTORY_WITHOUT_RECORD,
    ISSUER_IS_TOLD,
    RECORD_LEFT,
    SOME_ISSUER_IS_TOLD,
    THE_OFFICE,
    TOLD,
    WITHOUT_RECORD,
    WORDS,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The one thing to say first. `kind` as in components/headline.html; `next_on` is None once finished."""

    kind: str
    text: str
    next_step: str
    next_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the report's history."""

    title: str
    at: datetime.datetime | None
    state: str


# where the resident has to do nothing
ON_OUR_SIDE = (State.RECEIVED, State.REOPENED, State.TRIAGED, State.WITH_INSTITUTION, State.PROPOSED)


def standing(report: Report) -> Standing:
    """What is said first about a report whose record and offices are at hand; no query."""
    kind, text, next_step = (WITHOUT_RECORD if is_neutral(report, report.state) else WORDS)[report.state]
    if report.state in ON_OUR_SIDE and report.record_left:
        text, next_step = RECORD_LEFT
    elif report.kind == Kind.PRINTED and report.state == State.RECEIVED:
        next_step = ISSUER_IS_TOLD if addressee(report) else SOME_ISSUER_IS_TOLD
    next_on = report.next_step_by if report.is_open else None
    return Standing(kind, named(text, report), named(next_step, report), next_on)


def timeline(report: Report) -> list[Event]:
    """What happened, oldest first, and while it is open what comes next; one query."""
    steps = list(report.steps.order_by("at", "id"))
    events = [
        Event(named(happened(report, steps[: number + 1]), report), step.at, "done")
        for number, step in enumerate(steps)
    ]
    if not report.is_open or not events:
        return events
    last = events.pop()
    return [*events, Event(last.title, last.at, "now"), Event(standing(report).next_step, None, "todo")]


def happened(report: Report, steps: list[Step]) -> Promise:
    """The last of these steps in words: one that comes again is told differently."""
    state, before = steps[-1].state, [step.state for step in steps[:-1]]
    if not before:
        return beginning(report)
    if state == State.TRIAGED and before[-1] not in UNTAKEN:
        return GOES_ON
    return (HISTORY_WITHOUT_RECORD if is_neutral(report, state) else HISTORY)[state]


def is_neutral(report: Report, state: str) -> bool:
    """Whether nothing is said of taking a record off: there is none, or its detail may have been wrong."""
    return report.link is None or (state == State.CORRECTED and report.kind in OWN_RECORD)


def beginning(report: Report) -> Promise:
    """How it came to us, and what was done at once."""
    if report.filed_by_id is None:
        return BY_CODE
    if report.link is None:
        return HISTORY_WITHOUT_RECORD[State.RECEIVED]
    return BEGINNINGS.get(report.kind, HISTORY[State.RECEIVED])


def done_at_once(report: Report) -> Promise:
    """What happened at the moment in which it was sent."""
    if report.link is None:
        return TOLD
    return DONE.get(report.kind, HIDDEN)


def named(words: Promise, report: Report) -> str:
    """The sentence with the name of the office that has to do something."""
    return str(words) % {"institution": addressee(report) or THE_OFFICE}


def addressee(report: Report) -> str:
    """Who has to put it right: for a printed certificate who issued it; empty where nobody knows."""
    if report.kind == Kind.PRINTED and not report.places_hidden:
        return report.institution.name if report.institution else report.printout.municipality
    return report.office_name


def changed_elements(report: Report) -> list[Promise]:
    """Which elements did not fit when it was corrected; never a value: it may be another person's."""
    if report.state != State.CORRECTED or report.link is None:
        return []
    findings = Finding.objects.filter(
        link=report.link_id, resident=report.resident_id, found_at__lte=report.closed_at
    )
    finding = findings.order_by("-id").first()
    compared = levels(finding) if finding else []
    return [LABELS[element] for element, level in compared if level not in (*AGREEING, "missing")]


def decision(report: Report) -> Proposal | None:
    """The last approved proposal; none while a report that was opened again is being checked."""
    if report.is_open:
        return None
    return report.proposals.filter(state=Proposal.State.APPROVED).order_by("-id").first()


def reopen_until(report: Report, *, at: datetime.datetime) -> datetime.datetime | None:
    """Until when the resident may say that it is still wrong; None where that is not possible any more."""
    if report.closed_at is None or not report.may_be_reopened(at=at):
        return None
    return report.closed_at + REOPENED_WITHIN
