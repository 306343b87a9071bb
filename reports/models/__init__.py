"""Everything that this room keeps."""

from reports.models.attachments import Attachment
from reports.models.calls import Call
from reports.models.drafts import Draft
from reports.models.incidents import AffectedPerson, AffectedRecord, Incident
from reports.models.inquiries import Inquiry
from reports.models.messages import Message
from reports.models.plans import Plan, PlanStep
from reports.models.printouts import Printout
from reports.models.proofs import Proof
from reports.models.proposals import Proposal
from reports.models.reports import Report, Step
from reports.models.searches import Search
from reports.models.statements import LeakReport, Statement

__all__ = [
    "AffectedPerson",
    "AffectedRecord",
    "Attachment",
    "Call",
    "Draft",
    "Incident",
    "Inquiry",
    "LeakReport",
    "Message",
    "Plan",
    "PlanStep",
    "Printout",
    "Proof",
    "Proposal",
    "Report",
    "Search",
    "Statement",
    "Step",
]
