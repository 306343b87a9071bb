"""Shows the name on a certificate to a clinic that knows the birth date, which may be tried a few times."""

import datetime
import hmac
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.limits import has_place
from certificates.checking import Checked, in_part, note, typed_number
from certificates.models import Certificate
from certificates.refusal import CertificateError

TRIES, WITHIN_SECONDS = 5, 3600
WRONG = _("This is not the birth date on the certificate. Please ask the person again.")
TOO_OFTEN = _("The birth date was tried too often. Please try again in an hour, or call us.")


def compare(number: str, birth_on: datetime.date, *, at: datetime.datetime) -> Checked:
    """Name and birth date of a certificate that is valid now; CertificateError, the same for any other."""
    if not has_place(TRIES, what="birth-date", who=typed_number(number), at=at, seconds=WITHIN_SECONDS):
        # counted before the transaction: one that is taken back would forget the try
        raise CertificateError(TOO_OFTEN)
    return _seen(number, birth_on, at=at)


@transaction.atomic
def _seen(number: str, birth_on: datetime.date, *, at: datetime.datetime) -> Checked:
    valid = Certificate.objects.valid(on=timezone.localdate(at)).select_related("link__institution")
    certificate = valid.filter(number=typed_number(number)).first()
    printed = certificate.facts["printed"] if certificate else {"birth_date": ""}
    if not hmac.compare_digest(printed["birth_date"], birth_on.isoformat()) or certificate is None:
        raise CertificateError(WRONG)
    note(certificate, "certificate.compared", at=at)
    return replace(in_part(certificate), name=printed["name"], birth_on=birth_on)
