"""What is over in this room: the words and files of cases that were closed long ago; their course stays."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from reports import drafts
from reports.kinds import Reach
from reports.models import Attachment, Call, Inquiry, Message, Proposal, Report

NO_WORDS = {"reason": "", "explanation": "", "request": "", "answer": "", "before": {}, "after": {}}


def closed(*, before: datetime.datetime) -> QuerySet[Report]:
    """Those that still hold words or files."""
    return Report.objects.filter(closed_at__lt=before, emptied_at=None)


def calls(*, before: datetime.datetime) -> QuerySet[Call]:
    """Those whose result was entered then."""
    return Call.objects.filter(settled_at__lt=before)


def empty(ids: list[int]) -> int:
    """Remove what people wrote and handed in; number, kind, course and result stay with the record."""
    for attachment in Attachment.objects.filter(report__in=ids).select_related("file"):
        drafts.drop(attachment)
    Message.objects.filter(report__in=ids).delete()
    Proposal.objects.filter(report__in=ids).update(**NO_WORDS)
    Inquiry.objects.filter(report__in=ids).update(text="", answer="")
    nothing = {"account": "", "telephone": "", "reach_by": Reach.PORTAL}
    return Report.objects.filter(pk__in=ids).update(**nothing, emptied_at=timezone.now())
