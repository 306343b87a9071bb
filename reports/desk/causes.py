"""What probably caused a wrong link: read out of the engine's reasons, for staff to confirm or change."""

from links.models import Finding
from links.review.outcomes import BESIDE, IN_HOUSEHOLD
from reports.kinds import Cause

# the first of these codes that the engine names says the cause
SIGNS: dict[str, Cause] = {
    "number_slip": Cause.TRANSCRIPTION,
    BESIDE: Cause.TRANSCRIPTION,
    "shared_number": Cause.REUSED_CERTIFICATE,
    "several_insurances": Cause.SEVERAL_INSURANCES,
    "three_items_only": Cause.THREE_ITEM_LOOKUP,
    "moved_or_namesake": Cause.ADDRESS_NOT_USED,
    "name_and_address": Cause.ADDRESS_NOT_USED,
    "name_and_birth_date": Cause.SAME_NAME,
    "same_name_other_birth_date": Cause.SAME_NAME,
    "birth_date_slip": Cause.WRONG_ATTRIBUTE,
    "pen_slip": Cause.WRONG_ATTRIBUTE,
    "sex_conflict": Cause.WRONG_ATTRIBUTE,
}


def probable(finding: Finding | None, category: str) -> Cause | None:
    """The cause that the reasons speak for; None where they speak for none."""
    reasons = finding.reasons if finding else []
    if IN_HOUSEHOLD in reasons:
        return Cause.FAMILY_ACCOUNT if category == "bank_account" else Cause.FAMILY_NUMBER
    return next((cause for code, cause in SIGNS.items() if code in reasons), None)
