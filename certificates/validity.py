"""Until when a certificate is valid, and which rule decides it.  Pure: dates in, a date out."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from certificates.calendars import birthday, end_of_month, last_day, months_later
from certificates.schemes import Scheme

MOST_YEARS = 5
COPAY_CHANGES_AT = 70
LATE_STAGE_AT = 75
RENEWAL_MONTHS = 2
TERM_ENDS = (7, 31)
YEARLY_TERM = frozenset({Scheme.NATIONAL, Scheme.NATIONAL_SOCIETY, Scheme.LATE_STAGE})


class Limit(StrEnum):
    """What can end a certificate, the more telling one first where two fall on one day."""

    RECORDED_END = "recorded_end"
    RESIDENCE = "residence"
    RENEWAL_PENDING = "renewal_pending"
    AGE_75 = "age_75"
    AGE_70 = "age_70"
    INSURER = "insurer"
    FIVE_YEARS = "five_years"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What decides the end of a certificate; the recorded end is the last day of entitlement."""

    issued_on: date
    birth_on: date
    scheme: Scheme
    insurer_until: date | None = None
    residence_ends_on: date | None = None
    renewal_pending: bool = False
    entitled_until: date | None = None
    follows: date | None = None  # the last day of the certificate that this one renews

    @property
    def begins_on(self) -> date:
        """The day from which it is needed: of its issue, or the one after the last day of the one before."""
        return self.follows + timedelta(days=1) if self.follows else self.issued_on


@dataclass(frozen=True)
class Validity:
    """The last day of a certificate and the rule that set it."""

    until: date
    rule: Limit


class NothingLeft(ValueError):
    """A certificate issued today would already be over."""


def residence_limit(ends_on: date, *, renewal_pending: bool) -> date:
    """Return the day after the period of stay; two months later while a renewal is pending."""
    day_after = ends_on + timedelta(days=1)
    return months_later(day_after, RENEWAL_MONTHS) if renewal_pending else day_after


def valid_until(terms: Terms) -> Validity:
    """Return the earliest of all limits, or raise NothingLeft where that is before the day it is needed."""
    order = list(Limit)
    rule, until = min(limits(terms).items(), key=lambda item: (item[1], order.index(item[0])))
    if until < terms.begins_on:
        raise NothingLeft(f"{rule.value}: {until:%Y-%m-%d}")
    return Validity(until, rule)


def limits(terms: Terms) -> dict[Limit, date]:
    """Return every limit that applies, each with its last day."""
    found = {
        Limit.FIVE_YEARS: last_day(terms.issued_on, years=MOST_YEARS),
        Limit.INSURER: terms.insurer_until or _term_end(terms),
        Limit.AGE_70: _copay_change(terms),
        Limit.AGE_75: _eve_of_late_stage(terms),
        Limit.RECORDED_END: terms.entitled_until,
    }
    if terms.residence_ends_on:
        rule = Limit.RENEWAL_PENDING if terms.renewal_pending else Limit.RESIDENCE
        found[rule] = residence_limit(terms.residence_ends_on, renewal_pending=terms.renewal_pending)
    return {rule: day for rule, day in found.items() if day}


def own_limit(begins_on: date, most_years: int | None, term_ends: str) -> date | None:
    """Return the last day by an insurer's own rule: years from the first day, a month and day; ValueError."""
    years = last_day(begins_on, years=most_years) if most_years else None
    this_year = date.fromisoformat(f"{begins_on.year}-{term_ends}") if term_ends else None
    if this_year and this_year < begins_on:
        this_year = date.fromisoformat(f"{begins_on.year + 1}-{term_ends}")
    return min(filter(None, (years, this_year)), default=None)


def _term_end(terms: Terms) -> date | None:
    """The next 31 July, on which municipal and late-stage insurers end their year."""
    if terms.scheme not in YEARLY_TERM:
        return None
    this_year = date(terms.begins_on.year, *TERM_ENDS)
    return this_year if terms.begins_on <= this_year else date(terms.begins_on.year + 1, *TERM_ENDS)


def _copay_change(terms: Terms) -> date | None:
    """The end of the month of the 70th birthday; of the month before for those born on the 1st."""
    last = end_of_month(last_day(terms.birth_on, years=COPAY_CHANGES_AT))
    return last if last >= terms.begins_on else None


def _eve_of_late_stage(terms: Terms) -> date | None:
    """The eve of the 75th birthday, on which every other scheme ends."""
    if terms.scheme == Scheme.LATE_STAGE:
        return None
    return birthday(terms.birth_on, LATE_STAGE_AT) - timedelta(days=1)
