"""Which insurer a record names, and what follows for a certificate of it."""

import datetime

from certificates.models import Insurer
from certificates.schemes import UnknownInsurer, full_number
from certificates.validity import own_limit
from links.models import Link


def insurer_of(link: Link) -> Insurer | None:
    """The insurer by the number in the record; None where that is wrong, or nobody described it."""
    number = number_in(link)
    return Insurer.objects.filter(number=number).first() if number else None


def number_in(link: Link) -> str:
    """The insurer's number in eight digits; empty where the record has none that an insurer can have."""
    try:
        return full_number(link.details.get("insurer_number") or "")
    except UnknownInsurer:
        return ""


def limit_of(insurer: Insurer | None, *, begins_on: datetime.date) -> datetime.date | None:
    """The last day by the insurer's own rule; None where it has none, and its scheme's counts."""
    return own_limit(begins_on, insurer.most_years, insurer.term_ends) if insurer else None
