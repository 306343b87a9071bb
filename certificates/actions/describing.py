"""An insurer is described: what it leaves to this service, by which rules, and who works for it here."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from certificates.models import Insurer, Seat
from certificates.refusal import CertificateError
from certificates.schemes import UnknownInsurer, full_number, scheme_of
from certificates.validity import own_limit

A_COMMON_YEAR = datetime.date(2027, 1, 1)


@transaction.atomic
def describe_insurer(
    *,
    number: str,
    issuing: str,
    by_itself: bool,
    most_years: int | None,
    term_ends: str,
    officers: Iterable[str],
    at: datetime.datetime,
) -> Insurer:
    """Describe one insurer anew, with exactly these officers; CertificateError where that cannot be."""
    rules = {"issuing": issuing, "by_itself": by_itself, "most_years": most_years, "term_ends": term_ends}
    try:
        scheme_of(number)
        own_limit(A_COMMON_YEAR, most_years, term_ends)  # 29 February is no day for every year
        insurer = Insurer(number=full_number(number), **rules)
        insurer.clean_fields()
    except (UnknownInsurer, ValueError) as problem:
        raise CertificateError(_("The number, the years or the day cannot be an insurer's.")) from problem
    except ValidationError as problem:
        raise CertificateError("; ".join(problem.messages)) from problem
    insurer, _made = Insurer.objects.update_or_create(number=insurer.number, defaults=rules)
    _seat(insurer, list(officers))
    subject = ("insurer", insurer.number)
    audit.record("insurer.described", by=None, at=at, subject=subject, purpose=issuing)
    return insurer


def _seat(insurer: Insurer, addresses: list[str]) -> None:
    people = list(User.objects.filter(email__in=[each.lower() for each in addresses], role="officer"))
    if len(people) != len(set(addresses)):
        raise CertificateError(_("An officer is not known here, or has another role."))
    insurer.seats.exclude(user__in=people).delete()
    for user in people:
        Seat.objects.update_or_create(user=user, defaults={"insurer": insurer})
