"""Where a report stands, in words for the resident: who does what, by when."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from links.evidence import AGREEING, LABELS, levels
from links.models import Finding
from reports.kinds import State
from reports.models import Proposal, Report


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


WORDS: dict[str, tuple[str, Promise, Promise]] = {
    State.RECEIVED: (
        "fixing",
        _("We received your report."),
        _("Our support begins to check it."),
    ),
    State.TRIAGED: (
        "fixing",
        _("Our support is checking the record."),
        _("We tell you what we found."),
    ),
    State.WITH_INSTITUTION: (
        "fixing",
        _("We asked %(institution)s."),
        _("%(institution)s answers us, and we tell you."),
    ),
    State.AWAITING_RESIDENT: (
        "needs",
        _("We need your answer."),
        _("Please answer our question on this page."),
    ),
    State.PROPOSED: (
        "fixing",
        _("We have a result. A second member of staff checks it."),
        _("We tell you the result."),
    ),
    State.CORRECTED: ("ok", _("The record was removed from your number."), _("Nothing more is to be done.")),
    State.NOT_AN_ERROR: ("ok", _("We checked it: the record is yours."), _("Nothing more is to be done.")),
    State.WITHDRAWN: ("ok", _("The report was withdrawn."), _("Nothing more is to be done.")),
}

# where the resident has to do nothing
ON_OUR_SIDE = (State.RECEIVED, State.TRIAGED, State.WITH_INSTITUTION, State.PROPOSED)

HISTORY: dict[str, Promise] = {
    State.RECEIVED: _("You sent the report. We stopped the use of the record."),
    State.TRIAGED: _("Our support began to check."),
    State.WITH_INSTITUTION: _("We asked %(institution)s."),
    State.AWAITING_RESIDENT: _("We asked you a question."),
    State.PROPOSED: _("We had a result. A second member of staff began to check it."),
    State.CORRECTED: _("Two members of staff decided: the record was removed from your number."),
    State.NOT_AN_ERROR: _("Two members of staff decided: the record is yours."),
    State.WITHDRAWN: _("The report was withdrawn."),
}
CLAIMED = _("You said that the record is yours. It stays stopped until two members of our staff decide.")
GOES_ON = _("Our support went on checking.")
RECORD_LEFT = (
    _("%(institution)s moved the record to another number. It is not on yours any more."),
    _("Our support checks whether everything is right now, and tells you."),
)


def standing(report: Report) -> Standing:
    """What is said first about a report whose link and institution are at hand; no query."""
    kind, text, next_step = WORDS[report.state]
    if report.state in ON_OUR_SIDE and report.record_left:
        text, next_step = RECORD_LEFT
    names = {"institution": report.link.institution.name}
    next_on = report.next_step_by if report.is_open else None
    return Standing(kind, str(text) % names, str(next_step) % names, next_on)


def timeline(report: Report) -> list[Event]:
    """What happened, oldest first, and while it is open what comes next; one query."""
    steps = list(report.steps.order_by("at", "id"))
    again = {step.pk for number, step in enumerate(steps) if number > 1 and step.state == State.TRIAGED}
    names = {"institution": report.link.institution.name}
    said = [CLAIMED if report.is_claim else HISTORY[State.RECEIVED]] if steps else []
    said += [GOES_ON if step.pk in again else HISTORY[step.state] for step in steps[1:]]
    told = zip(said, steps, strict=True)
    events = [Event(str(words) % names, step.at, "done") for words, step in told]
    if not report.is_open or not events:
        return events
    last = events.pop()
    return [*events, Event(last.title, last.at, "now"), Event(standing(report).next_step, None, "todo")]


def changed_elements(report: Report) -> list[Promise]:
    """Which elements did not fit when it was corrected; never a value: it may be another person's."""
    if report.state != State.CORRECTED:
        return []
    findings = Finding.objects.filter(
        link=report.link_id, resident=report.resident_id, found_at__lte=report.closed_at
    )
    finding = findings.order_by("-id").first()
    compared = levels(finding) if finding else []
    return [LABELS[element] for element, level in compared if level not in (*AGREEING, "missing")]


def decision(report: Report) -> Proposal | None:
    """The approved proposal of a closed report."""
    return report.proposals.filter(state=Proposal.State.APPROVED).first()
