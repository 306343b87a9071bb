"""What one case page shows: both sides, the engine's reasons, the history, the words that were exchanged."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from accounts.models import User
from links import details
from links.evidence import rows_for_staff
from links.models import Change, Finding, Link
from links.provenance import OBTAINED_BY
from links.review.reasons import SENTENCES
from notices.channels import WORDS
from notices.kinds import KINDS
from notices.languages import whole
from notices.models import Notice, Preference
from reports import knowledge
from reports.attachments import of_case
from reports.desk.causes import probable
from reports.desk.clock import clock_of
from reports.desk.forms import NoteForm, ReplyForm
from reports.desk.queue import severity_tone
from reports.desk.steps import buttons
from reports.kinds import State
from reports.models import Inquiry, Message, Proposal, Report, Step
from reports.progress import addressee


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the case's history; `who` is empty where the service itself acted."""

    at: datetime.datetime
    title: str
    who: str


def page(report: Report, *, user: User, today: datetime.date) -> dict[str, Any]:
    """Everything that the page shows; ten queries however long the case is."""
    finding = None if report.record_left or report.link is None else last_finding(report)
    said = list(report.messages.select_related("by").order_by("at", "id"))
    proposals = list(report.proposals.select_related("proposed_by", "decided_by").order_by("id"))
    waiting = next((each for each in proposals if each.state == Proposal.State.WAITING), None)
    steps = list(report.steps.select_related("by"))
    working = report.is_open and user.may("desk.work")
    return {
        "report": report,
        "link": report.link,
        "clock": clock_of(report, today=today),
        "severity_tone": severity_tone(report),
        "language_name": get_language_info(report.language)["name_local"],
        "age": report.resident.age_on(today),
        "rows": rows_for_staff(report.link, finding) if finding and report.link else [],
        "finding": finding,
        "reasons": reasons(finding),
        "cause": probable(finding, report.link.category) if report.link else None,
        "working": working,
        "has_owner": working and finding is not None and finding.owner_id is not None,
        "addressee": addressee(report),
        **(of_record(report.link) if report.link else {}),
        "files": [] if report.places_hidden else of_case(report),
        "knowledge": knowledge.of_case(report),
        "history": history(report, steps),
        "told": told(report),
        "talk": [message for message in said if message.audience != Message.Audience.STAFF],
        "notes": [message for message in said if message.audience == Message.Audience.STAFF],
        "inquiries": inquiries(report, steps),
        "proposals": proposals,
        "own_proposal": waiting is not None and waiting.proposed_by_id == user.pk,
        "buttons": buttons(report, user, waiting),
        "reply_form": ReplyForm(initial={"version": report.version}, auto_id="reply_%s") if working else None,
        "note_form": NoteForm(auto_id="note_%s") if working else None,
    }


def of_record(link: Link) -> dict[str, Any]:
    """What the institution sent, and how it had the number."""
    return {
        "details": details.rows(link.readable_details),
        "origin": OBTAINED_BY.get(link.obtained_by, OBTAINED_BY["unknown"]),
    }


def last_finding(report: Report) -> Finding | None:
    """What the engine last found about the record."""
    return Finding.objects.filter(link=report.link_id).order_by("-id").first()


def reasons(finding: Finding | None) -> list[str]:
    """Why the engine decided so, the deciding reason first, in sentences for staff."""
    codes = finding.reasons if finding else []
    return [_(SENTENCES[code].staff) for code in codes if code in SENTENCES]


def inquiries(report: Report, steps: list[Step]) -> list[Inquiry]:
    """What the institution was asked, and its answers; no query where nobody asked."""
    if not any(step.state == State.WITH_INSTITUTION for step in steps):
        return []
    asked = Inquiry.objects.filter(report=report).select_related("institution", "answered_by")
    return list(asked.order_by("id"))


def history(report: Report, steps: list[Step]) -> list[Event]:
    """Each change of the person's record and each step of the report, in the order in which they happened."""
    changes = Change.objects.filter(link=report.link_id, resident=report.resident_id).select_related("by")
    events = [
        *(Event(step.at, step.get_state_display(), step.by.name if step.by else "") for step in steps),
        *(Event(change.at, changed(change), change.by.name if change.by else "") for change in changes),
    ]
    return sorted(events, key=lambda event: event.at)


def changed(change: Change) -> str:
    """One change of the record in words; a verdict says which."""
    if change.kind == Change.Kind.VERDICT:
        return f"{change.get_kind_display()}: {Link.Verdict(change.after['verdict']).label}"
    return change.get_kind_display()


def told(report: Report) -> list[dict[str, Any]]:
    """What the resident was told about this report and its record, newest first, and whether it arrived."""
    subjects = Q(subject_kind="report", subject_id=report.public_id)
    if report.link:
        subjects |= Q(subject_kind="link", subject_id=report.link.public_id)
    notices = Notice.objects.filter(subjects, resident=report.resident_id).prefetch_related("deliveries")
    latest = list(notices.order_by("-created_at", "-id")[:50])
    languages = languages_of(latest)
    return [
        {"notice": notice, "title": KINDS[notice.kind].title, "ways": ways(notice, languages)}
        for notice in latest
    ]


def ways(notice: Notice, languages: dict[int, str]) -> list[str]:
    """Each way by which the notice went out, in words, in which language, and how far it came."""
    told = []
    for delivery in notice.deliveries.all():
        words = f"{WORDS.get(delivery.channel, delivery.channel)}: {delivery.get_state_display()}"
        spoken = languages.get(delivery.recipient_id or 0)
        told.append(f"{words} ({get_language_info(spoken)['name_local']})" if spoken else words)
    return told


def languages_of(notices: Iterable[Notice]) -> dict[int, str]:
    """The language in which each recipient is written to, by the key of their sign-in; one query."""
    people = {
        each.recipient_id for notice in notices for each in notice.deliveries.all() if each.recipient_id
    }
    chosen = dict(Preference.objects.filter(user__in=people).values_list("user", "language"))
    return {key: whole(chosen.get(key, "ja")) for key in people}
