"""The answer of the rules about one person, with what was stated, and by what sources say alone."""

import datetime

from accounts.models import Resident
from certificates import answers as answering
from certificates.eligibility import Verdict, verdict
from certificates.known import insurance_of, known_of


def verdict_on(resident: Resident, answers: answering.Answers, *, today: datetime.date) -> Verdict:
    """The answer of the rules to what is known and what was stated."""
    known = known_of(resident, insurance_of(resident), today=today)
    return verdict(answering.facts(known, answers))


def sources_suffice(resident: Resident, *, today: datetime.date) -> bool:
    """Whether the answer would be the same if the applicant had stated nothing in their own favour."""
    return verdict_on(resident, answering.NOTHING_SAID, today=today).may_apply
