"""Reports without a record, made by the action that people use."""

import datetime

from django.utils import timezone

from accounts.models import Resident, User
from reports import actions
from reports.kinds import Kind
from reports.models import Report
from tests.reports.factories import do

MISSING = {
    "matter": "health_insurance",
    "office": "見本健康保険組合",
    "known_since": "week",
    "account": "4月に入りました。",
    "reach_by": "portal",
    "telephone": "",
}
PRINTED = {
    "matter": "residence",
    "office": "コンビニ 浦和店",
    "printed_on": datetime.date(2026, 11, 20),
    "hour": 9,
    "paper": "here",
}
SEEN = {"matter": "home"}
ANSWERS = {Kind.MISSING: MISSING, Kind.PRINTED: PRINTED, Kind.SAW_OTHER: SEEN}
CLOSING = {"cause": "not_linked", "reason": "The insurer sent it now.", "explanation": "It is there now."}


def other(resident: Resident, by: User, kind: Kind = Kind.MISSING, **answers: object) -> Report:
    """A report of that kind as the resident sends it."""
    told = ANSWERS[kind] | answers
    how = {"language": "ja", "simple": False, "by": by, "at": timezone.now()}
    return actions.file_other(resident=resident, kind=kind, answers=told, **how)


def closed(report: Report, support: User, supervisor: User, remedy: str = "done", **words: str) -> Report:
    """The report after two people closed it."""
    do("take", report, support)
    do("propose", report, support, remedy=remedy, **(CLOSING | words))
    return do("approve", report, supervisor)
