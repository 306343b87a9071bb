"""What people do with applications and certificates."""

from certificates.actions.applying import (
    ANSWERED_WITHIN,
    Sent,
    answer,
    answer_together,
    apply,
    apply_together,
)
from certificates.actions.deciding import (
    ISSUED,
    OWN_AFFAIR,
    SENT_BACK,
    issue,
    propose,
    return_application,
)
from certificates.actions.describing import describe_insurer
from certificates.actions.holding import ENDED, download, print_letter, report_lost, revoke, take_letter_back
from certificates.actions.looking import look_at, look_at_certificate, look_at_names, look_into

__all__ = [
    "ANSWERED_WITHIN",
    "ENDED",
    "ISSUED",
    "OWN_AFFAIR",
    "SENT_BACK",
    "Sent",
    "answer",
    "answer_together",
    "apply",
    "apply_together",
    "describe_insurer",
    "download",
    "issue",
    "look_at",
    "look_at_certificate",
    "look_at_names",
    "look_into",
    "print_letter",
    "propose",
    "report_lost",
    "return_application",
    "revoke",
    "take_letter_back",
]
