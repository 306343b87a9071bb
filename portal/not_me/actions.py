"""What a code of a notice sets off, in every room that it concerns."""

import datetime

from django.db import transaction

from accounts import audit
from accounts.actions import end_sessions
from accounts.models import Binding, Resident, Session
from links.models import Link
from notices.codes import digest_of
from notices.models import Notice
from portal.models import Export
from portal.privacy.making import end
from reports import actions as reports
from reports.models import Report

# what touches single records; everything else is a deed of whoever got in, and concerns all of them
OF_RECORD = ("link", "report")
OF_CERTIFICATE = ("application", "certificate")


@transaction.atomic
def disavow(*, code: str, language: str, simple: bool, at: datetime.datetime) -> Report | None:
    """The case; None, after the same look, for a code that is unknown, used or too old."""
    notice = Notice.objects.opened_by(digest_of(code), at=at).select_related("resident").first()
    if notice is None or not claimed(notice, at=at):
        return None
    if notice.subject_kind not in (*OF_RECORD, *OF_CERTIFICATE):
        sign_out_everywhere(notice.resident, at=at)
        throw_copies_away(notice.resident, at=at)
    link, held = concerned(notice)
    return reports.disavow(
        resident=notice.resident,
        notice_kind=notice.kind,
        link=link,
        held=held,
        language=language,
        simple=simple,
        at=at,
    )


def claimed(notice: Notice, *, at: datetime.datetime) -> bool:
    """Whether this call used the code up: of two at once, one."""
    unused = Notice.objects.just(notice).filter(code_used_at=None)
    return bool(unused.update(code_used_at=at))


def sign_out_everywhere(resident: Resident, *, at: datetime.datetime) -> None:
    """End every session of the person's sign-in, and write that in the trail where there was one."""
    users = Binding.objects.current().filter(resident=resident).values("user")
    if end_sessions(Session.objects.filter(user__in=users)):
        audit.record("session.ended", by=None, at=at, resident=resident)


def throw_copies_away(resident: Resident, *, at: datetime.datetime) -> None:
    """Whoever it was does not fetch a copy of the person's data any more."""
    for export in Export.objects.open().filter(resident=resident):
        end(export, Export.State.OVER, at=at)


def concerned(notice: Notice) -> tuple[Link | None, list[Link]]:
    """The record that the notice tells of, if it stands, and every record that is to be withheld."""
    records = Link.objects.of(notice.resident)
    if notice.subject_kind == "link":
        link = records.filter(public_id=notice.subject_id).first()
        return link, [link] if link else []
    if notice.subject_kind == "report":
        return None, list(records.filter(reports__public_id=notice.subject_id))
    if notice.subject_kind in OF_CERTIFICATE:
        return None, list(records.filter(category="health_insurance"))
    return None, list(records)
