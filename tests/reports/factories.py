"""Reports in each state, made by the same actions that people use."""

import datetime

from django.utils import timezone

from accounts.files.cleaning import Clean
from accounts.models import User
from links.models import Link
from reports import actions
from reports.actions import attaching
from reports.models import Attachment, Inquiry, Report
from tests import handed_in
from tests.factories import UserFactory

ANSWERS = {
    "kind": "not_mine",
    "known_since": "week",
    "account": "この口座に覚えがありません。",
    "reach_by": "portal",
    "telephone": "",
}
CORRECTION = {
    "remedy": "unlink",
    "cause": "family_account",
    "reason": "The holder is the father.",
    "explanation": "この口座は別の方のものです。",
}
RELEASE = {
    "remedy": "release",
    "cause": "not_an_error",
    "reason": "The bank confirmed the holder.",
    "explanation": "銀行が、あなたの口座だと確かめました。",
}


def filed(link: Link, by: User, *, at: datetime.datetime | None = None, **answers: str) -> Report:
    """A report as the resident sends it."""
    at = at or timezone.now()
    return actions.file(link=link, answers=ANSWERS | answers, language="ja", simple=False, by=by, at=at)


def attached(link: Link, by: User, *, name: str = "photo.jpg") -> Attachment:
    """A photo in the draft about the record, already decoded."""
    fresh = Clean(handed_in.jpeg(), "image/jpeg")
    return attaching.place(fresh, name=name, link=link, by=by, at=timezone.now())


def do(verb: str, report: Report, by: User, **words: str) -> Report:
    """One step of staff on the case as it stands now."""
    version = Report.objects.get(pk=report.pk).version
    return getattr(actions, verb)(report=report, version=version, by=by, at=timezone.now(), **words)


def taken(link: Link, by: User, agent: User) -> Report:
    """A report that support is checking."""
    return do("take", filed(link, by), agent)


def proposed(link: Link, by: User, agent: User, **correction: str) -> Report:
    """A report whose correction waits for a second person."""
    return do("propose", taken(link, by, agent), agent, **(CORRECTION | correction))


def asked(link: Link, by: User, agent: User) -> Inquiry:
    """What the record's institution is asked."""
    return do("ask_institution", taken(link, by, agent), agent, text="Whose account is it?").inquiries.get()


def corrected(link: Link, by: User, agent: User, **correction: str) -> Report:
    """A report that two people closed."""
    return do("approve", proposed(link, by, agent, **correction), UserFactory.create(role="supervisor"))
