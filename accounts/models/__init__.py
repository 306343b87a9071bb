"""Everything that this room keeps."""

from accounts.models.audit import AuditEvent
from accounts.models.authority import ASSURANCE, Authority, AuthorityScope, Binding, permitted
from accounts.models.cards import Card
from accounts.models.claims import Claim, ClaimProposal
from accounts.models.clearances import Clearance
from accounts.models.doubtful import DoubtfulAddress
from accounts.models.files import StoredFile
from accounts.models.invitations import Invitation
from accounts.models.locks import Lock
from accounts.models.mandates import Mandate, MandatePaper, MandateProposal
from accounts.models.protection import Protection
from accounts.models.register import Resident, ResidentChange, SealedNumber
from accounts.models.sealing import Emptying, MonthSecret, Seal, SealMark, TrailHead
from accounts.models.sessions import KnownDevice, Session
from accounts.models.telephones import Telephone
from accounts.models.users import User

__all__ = [
    "ASSURANCE",
    "AuditEvent",
    "Authority",
    "AuthorityScope",
    "Binding",
    "Claim",
    "ClaimProposal",
    "Clearance",
    "Card",
    "DoubtfulAddress",
    "Invitation",
    "KnownDevice",
    "Mandate",
    "MandatePaper",
    "MandateProposal",
    "Emptying",
    "Lock",
    "MonthSecret",
    "Protection",
    "Resident",
    "ResidentChange",
    "Seal",
    "SealMark",
    "SealedNumber",
    "Session",
    "StoredFile",
    "Telephone",
    "TrailHead",
    "User",
    "permitted",
]
