"""The reports about one person, for the copy that the person may ask for: nothing that only staff see."""

import contextlib
from collections.abc import Iterator

import tink
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.files import store
from accounts.models import Resident, User
from notices.own_copy import Fact, Section
from reports.kinds import Kind, Reach, Since
from reports.models import AffectedPerson, Attachment, Call, Draft, Incident, Message, Proposal, Report

NOTES = _("Notes that support writes for itself are not in the copy.")
ANSWERS = {
    "kind": (_("What is wrong"), dict(Kind.choices)),
    "known_since": (_("Known since"), dict(Since.choices)),
    "account": (_("What happened"), {}),
    "reach_by": (_("How we reach you"), dict(Reach.choices)),
    "telephone": (_("Telephone number"), {}),
}


def sections(resident: Resident, user: User) -> list[Section]:
    """What was reported about the person's records, and what this sign-in began to write."""
    reports = Report.objects.about(resident).with_record().newest_first()
    reports = reports.prefetch_related("steps", "messages", "proposals", "attachments__file")
    drafts = Draft.objects.filter(user=user, resident=resident).select_related("link").order_by("pk")
    return [
        Section("reports", _("Your reports"), [facts(each, user) for each in reports], NOTES),
        Section("report_drafts", _("Reports that you began"), [draft_facts(each) for each in drafts]),
        Section("incidents", _("Incidents that concern your data"), incidents_of(resident)),
        Section("calls", _("Calls that you asked for"), [call_facts(each) for each in calls_of(user)]),
    ]


def facts(report: Report, user: User) -> list[Fact]:
    """One report with its history and the conversation."""
    told = [
        Fact("number", _("Number"), report.number),
        Fact("about", _("About"), report.link.category if report.link else report.matter, report.title),
        Fact("office", _("Office"), report.office_name),
        *answers({name: getattr(report, name) for name in ANSWERS}, own=report.filed_by_id == user.pk),
        Fact("own", _("You sent it"), report.filed_by_id == user.pk),
        Fact("state", _("State"), report.state, report.get_state_display()),
        Fact("received_at", _("Received"), report.received_at),
        Fact("next_step_by", _("Latest day for the next step"), report.next_step_by),
        Fact("closed_at", _("Finished"), report.closed_at),
    ]
    for step in sorted(report.steps.all(), key=lambda step: step.pk):
        value = {"at": step.at.isoformat(), "state": step.state}
        told.append(Fact("step", step.at, value, step.get_state_display()))
    for message in sorted(report.messages.all(), key=lambda message: message.pk):
        if message.audience != Message.Audience.STAFF:
            value = {"at": message.at.isoformat(), "audience": message.audience, "text": message.text}
            told.append(Fact("message", message.get_audience_display(), value, message.text))
    told += [
        Fact("explanation", _("Why we decided so"), each.explanation)
        for each in report.proposals.all()
        if each.state == Proposal.State.APPROVED and each.explanation
    ]
    names = [Fact("file", _("File"), name) for name in (name_of(each, report) for each in attached(report))]
    return told + names


def answers(given: dict[str, str], *, own: bool) -> list[Fact]:
    """What was answered, in words; the telephone number of somebody else is theirs."""
    return [
        Fact(name, label, given[name], choices.get(given[name]))
        for name, (label, choices) in ANSWERS.items()
        if given.get(name) and (own or name != "telephone")
    ]


def draft_facts(draft: Draft) -> list[Fact]:
    """One report that was not sent yet."""
    return [
        Fact("about", _("About"), draft.link.category if draft.link else draft.kind, about(draft)),
        *answers(draft.answers, own=True),
        Fact("changed_at", _("Last changed"), draft.changed_at),
    ]


def incidents_of(resident: Resident) -> list[list[Fact]]:
    """Each incident with the office, its cause and when the person was told."""
    people = AffectedPerson.objects.filter(resident=resident).select_related("incident__institution")
    return [
        [
            Fact("number", _("Number"), who.incident.number),
            Fact("office", _("Office"), who.incident.institution.name),
            Fact("cause", _("Cause"), who.incident.cause, who.incident.get_cause_display()),
            Fact("role", _("What it means for you"), who.role, who.get_role_display()),
            Fact("told_at", _("We told you"), who.told_at),
        ]
        for who in people.exclude(incident__state=Incident.State.DISMISSED).order_by("pk")
    ]


def calls_of(user: User) -> QuerySet[Call]:
    """Those that this sign-in asked for."""
    return Call.objects.filter(by=user).order_by("-asked_at", "-pk")


def call_facts(call: Call) -> list[Fact]:
    """One of them."""
    return [
        Fact("asked_at", _("When"), call.asked_at),
        Fact("telephone", _("Telephone number"), call.telephone),
        Fact("state", _("State"), call.state, call.get_state_display()),
        Fact("settled_at", _("Finished"), call.settled_at),
    ]


def about(draft: Draft) -> str:
    """What a draft is about, in words."""
    return str(draft.link.title if draft.link else draft.get_kind_display())


def attached(report: Report) -> list[Attachment]:
    """Its files in their order."""
    return sorted(report.attachments.all(), key=lambda each: each.place)


def name_of(attachment: Attachment, report: Report) -> str:
    """Under which name a file lies in the copy."""
    return f"files/{report.number}-{attachment.place}.{attachment.file.extension}"


def files(resident: Resident, *, most: int) -> Iterator[tuple[str, bytes]]:
    """Each file that was handed in with the reports, under its name there: the newest, `most` bytes in all.

    One that cannot be opened keeps nobody from the rest; each is named with its report anyhow.
    """
    reports = Report.objects.about(resident).newest_first().prefetch_related("attachments__file")
    for report in reports:
        for each in attached(report):
            if each.file.size > most:
                continue
            most -= each.file.size
            with contextlib.suppress(tink.TinkError, OSError):
                yield name_of(each, report), store.content_of(each.file)
