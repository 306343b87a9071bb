"""Who gets a certificate, and how: a pure function over what is known, with its rules as one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from certificates.calendars import birthday
from certificates.facts import Card, Facts, Registration, is_past
from certificates.schemes import Scheme

Holds = Callable[[Facts], bool]
Day = Callable[[Facts], date | None]

POSTED_TO_AGE = 85
POSTED_BY_AGE_ON = date(2026, 8, 1)


class Kind(StrEnum):
    """The four answers, given before any form."""

    POSTED = "posted"
    APPLY = "apply"
    NOT_NEEDED = "not_needed"
    HANDLED_ELSEWHERE = "handled_elsewhere"


class By(StrEnum):
    """Who acts next."""

    INSURER = "insurer"
    APPLICANT = "applicant"
    EMPLOYER = "employer"
    MUNICIPALITY = "municipality"
    NOBODY = "nobody"


class Reason(StrEnum):
    """The reason that an application states, as on real forms."""

    LOST = "lost"
    RENEWING = "renewing"
    EXPIRED = "expired"
    NOT_REGISTERED = "not_registered"
    NO_CARD = "no_card"
    RETURNED = "returned"
    HELPER = "helper"
    DAMAGED = "damaged"
    UNDER_CONFIRMATION = "under_confirmation"


@dataclass(frozen=True)
class Verdict:
    """One of four answers, who acts, the reason for an application, and the rule with its day."""

    kind: Kind
    by: By
    reason: Reason | None
    rule: str
    rule_on: date | None
    may_apply: bool  # also where it is posted anyway: insurers learn of it once a month only


def never(_facts: Facts) -> None:
    return None


@dataclass(frozen=True)
class Rule:
    """One row: in which case, what answer, who acts, with which reason, and on which day it turns."""

    code: str
    holds: Holds
    kind: Kind
    by: By
    reason: Reason | None = None
    on: Day = never


def _posted_by_age(f: Facts) -> bool:
    return f.scheme is Scheme.LATE_STAGE and birthday(f.birth_on, POSTED_TO_AGE) <= POSTED_BY_AGE_ON


def _left_for_late_stage(f: Facts) -> bool:
    return f.scheme is not Scheme.LATE_STAGE and f.late_stage_from <= f.today


def _unregistered(f: Facts) -> bool:
    return f.registration in (Registration.NOT_REGISTERED, Registration.CANCELLED)


def _registration_unclear(f: Facts) -> bool:
    return f.registration is Registration.UNKNOWN


def _spoilt(f: Facts) -> bool:
    return f.paper_spoilt and (f.needs_helper or not f.card_usable)


def _beside_card(f: Facts) -> bool:
    return f.needs_helper and f.in_employees_scheme and f.card_usable


def _elsewhere(code: str, holds: Holds, by: By, on: Day = never) -> Rule:
    return Rule(code, holds, Kind.HANDLED_ELSEWHERE, by, None, on)


def _posted(code: str, holds: Holds, reason: Reason, on: Day = never) -> Rule:
    return Rule(code, holds, Kind.POSTED, By.INSURER, reason, on)


def _apply(code: str, holds: Holds, reason: Reason, on: Day = never) -> Rule:
    return Rule(code, holds, Kind.APPLY, By.APPLICANT, reason, on)


def _unneeded(code: str, holds: Holds, on: Day = never) -> Rule:
    return Rule(code, holds, Kind.NOT_NEEDED, By.NOBODY, None, on)


# The first row that holds decides.  A row that asks for an application goes through the employer in
# the employees' schemes (see `verdict`), except while the insurance itself is under confirmation.
RULES: tuple[Rule, ...] = (
    _elsewhere(
        "stay_over", lambda f: is_past(f.stay_limit, f.today), By.MUNICIPALITY, lambda f: f.stay_limit
    ),
    _unneeded("running", lambda f: f.has_running, lambda f: f.running_until),
    _apply("under_confirmation", lambda f: f.insurance_held, Reason.UNDER_CONFIRMATION),
    _elsewhere("no_insurance", lambda f: f.scheme is None, By.MUNICIPALITY),
    _elsewhere(
        "insurance_ended",
        lambda f: is_past(f.entitled_until, f.today),
        By.MUNICIPALITY,
        lambda f: f.entitled_until,
    ),
    _elsewhere("late_stage", _left_for_late_stage, By.MUNICIPALITY, lambda f: f.late_stage_from),
    _apply("paper_spoilt", _spoilt, Reason.DAMAGED),
    _posted("aged_85", _posted_by_age, Reason.HELPER, lambda f: POSTED_BY_AGE_ON),
    _posted("no_card", lambda f: f.card is Card.NONE, Reason.NO_CARD),
    _posted("card_returned", lambda f: f.card is Card.RETURNED, Reason.RETURNED),
    _apply("card_lost", lambda f: f.card is Card.LOST, Reason.LOST),
    _apply("card_renewing", lambda f: f.card is Card.RENEWING, Reason.RENEWING),
    _posted("not_registered", _unregistered, Reason.NOT_REGISTERED),
    _posted(
        "certificate_expired",
        lambda f: is_past(f.grace_until, f.today),
        Reason.EXPIRED,
        lambda f: f.grace_until,
    ),
    _apply("registration_unknown", _registration_unclear, Reason.NOT_REGISTERED),
    _elsewhere("not_beside_card", _beside_card, By.EMPLOYER),
    _apply("needs_helper", lambda f: f.needs_helper, Reason.HELPER),
    _unneeded(
        "card_in_grace", lambda f: is_past(f.card_certificate_expires_on, f.today), lambda f: f.grace_until
    ),
    _unneeded("card_works", lambda f: f.card_usable),
)


def verdict(facts: Facts) -> Verdict:
    """Return the answer of the first rule that holds; together the rules cover every case."""
    rule = next(rule for rule in RULES if rule.holds(facts))
    kind, by = rule.kind, rule.by
    own = not _through_employer(facts)
    if kind is Kind.APPLY and not own:
        kind, by = Kind.HANDLED_ELSEWHERE, By.EMPLOYER
    may_apply = own and kind in (Kind.APPLY, Kind.POSTED)
    return Verdict(kind, by, rule.reason, rule.code, rule.on(facts), may_apply)


def without_applying(facts: Facts) -> Reason | None:
    """Why somebody gets one without applying, if so: posted anyway, or a helper goes on being needed."""
    found = verdict(facts)
    renewed_by_itself = found.rule == "needs_helper" and found.may_apply
    return found.reason if found.kind is Kind.POSTED or renewed_by_itself else None


def _through_employer(f: Facts) -> bool:
    """In the employees' schemes the application goes through the employer (with two exceptions)."""
    return f.in_employees_scheme and not (f.without_employer or f.insurance_held)
