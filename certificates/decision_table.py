"""Who gets a certificate, as a table for people: `docs/eligibility.md`, made out of the pure function.

`manage.py write_eligibility` writes it; a test keeps it true.
"""

from datetime import date
from pathlib import Path
from typing import Any

from certificates.eligibility import RULES, Kind, Rule, never, verdict
from certificates.facts import Card, Facts, Paper, Registration
from certificates.schemes import Scheme

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "eligibility.md"
TODAY = date(2026, 11, 21)
ORDER = list(Scheme)
BORN = dict.fromkeys(ORDER, date(1980, 1, 1)) | {Scheme.LATE_STAGE: date(1948, 1, 1)}
WORDS = {
    Kind.POSTED: "posted",
    Kind.APPLY: "apply here",
    Kind.NOT_NEEDED: "not needed",
    Kind.HANDLED_ELSEWHERE: "elsewhere",
}
SITUATIONS: dict[str, dict[str, Any]] = {
    "no card": {"card": Card.NONE},
    "card returned": {"card": Card.RETURNED},
    "not registered": {"card": Card.VALID, "registration": Registration.NOT_REGISTERED},
    "registration cancelled": {"card": Card.VALID, "registration": Registration.CANCELLED},
    "certificate expired long ago": {"card": Card.VALID, "card_certificate_expires_on": date(2026, 5, 1)},
    "certificate expired lately": {"card": Card.VALID, "card_certificate_expires_on": date(2026, 11, 1)},
    "card lost": {"card": Card.LOST},
    "card being renewed": {"card": Card.RENEWING},
    "nobody knows if it works": {"card": Card.VALID, "registration": Registration.UNKNOWN},
    "needs a helper, card works": {"card": Card.VALID, "needs_helper": True},
    "needs a helper, no card": {"card": Card.NONE, "needs_helper": True},
    "paper lost, no card": {"card": Card.NONE, "paper": Paper.LOST},
    "paper damaged, card works": {"card": Card.VALID, "paper": Paper.DAMAGED},
    "paper works, no card": {"card": Card.NONE, "paper": Paper.GOOD},
    "card works": {"card": Card.VALID},
    "insurance under confirmation": {"card": Card.VALID, "insurance_held": True},
    "insurance ended": {"card": Card.NONE, "entitled_until": date(2026, 10, 31)},
    "stay over": {"card": Card.NONE, "residence_ends_on": date(2026, 10, 31)},
    "stay over, renewal pending": {
        "card": Card.NONE,
        "residence_ends_on": date(2026, 10, 31),
        "renewal_pending": True,
    },
}


HEAD = """# Who gets a certificate

Made from `certificates/eligibility.py` by `manage.py write_eligibility`, and kept true by a test.
On a day in November 2026, for somebody born in 1980 (late-stage: 1948). *Elsewhere* is the employer, or the
municipality where there is no insurance or no right to stay. Whoever gets it posted may also apply, to have
it sooner, but not where an employer stands in between.
"""
BELOW = """
## The rules, in their order: the first that holds decides

| rule | answer | who acts | reason of an application | has a day that decides |
|---|---|---|---|---|
"""


def person(situation: str, scheme: Scheme) -> Facts:
    """A person in that situation and scheme."""
    return Facts(today=TODAY, birth_on=BORN[scheme], scheme=scheme, **SITUATIONS[situation])


def document() -> str:
    """The whole document."""
    schemes = " | ".join(scheme.replace("_", " ") for scheme in ORDER)
    head = [f"| situation | {schemes} |", "|---" * (len(ORDER) + 1) + "|"]
    rows = [*head, *(row(situation) for situation in SITUATIONS)]
    return HEAD + "\n" + "\n".join(rows) + "\n" + BELOW + "\n".join(map(rule_row, RULES)) + "\n"


def row(situation: str) -> str:
    """One situation in every scheme."""
    cells = (WORDS[verdict(person(situation, scheme)).kind] for scheme in ORDER)
    return f"| {situation} | {' | '.join(cells)} |"


def rule_row(rule: Rule) -> str:
    """One rule as it stands in the code."""
    day = "" if rule.on is never else "yes"
    return f"| `{rule.code}` | {WORDS[rule.kind]} | {rule.by} | {rule.reason or ''} | {day} |"
