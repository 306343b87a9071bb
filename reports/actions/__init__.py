"""What people do with reports: one module a verb, named here for everyone outside."""

from reports.actions.answering import answer_inquiry
from reports.actions.assigning import assign
from reports.actions.attaching import attach, detach
from reports.actions.claiming import claim
from reports.actions.conversation import answer, ask_institution, ask_resident, note, reply
from reports.actions.correcting import approve, propose, send_back
from reports.actions.disavowing import confirm, disavow
from reports.actions.drafting import discard, discard_other, keep, keep_other
from reports.actions.filing import file, file_other
from reports.actions.looking import (
    compare_owner,
    open_case,
    open_draft_file,
    open_file,
    open_inquiries,
    open_inquiry,
    open_list,
    open_report,
)
from reports.actions.reopening import reopen
from reports.actions.returning import take_paper_back
from reports.actions.searching import keep_search
from reports.actions.taking import take
from reports.actions.withdrawing import withdraw
from reports.moving import ReportError

__all__ = [
    "ReportError",
    "answer",
    "answer_inquiry",
    "approve",
    "ask_institution",
    "ask_resident",
    "assign",
    "attach",
    "claim",
    "compare_owner",
    "confirm",
    "detach",
    "disavow",
    "discard",
    "discard_other",
    "file",
    "file_other",
    "keep",
    "keep_other",
    "keep_search",
    "note",
    "open_case",
    "open_draft_file",
    "open_file",
    "open_inquiries",
    "open_inquiry",
    "open_list",
    "open_report",
    "propose",
    "reopen",
    "reply",
    "send_back",
    "take",
    "take_paper_back",
    "withdraw",
]
