"""What is done with a certificate that was issued: fetched, printed, lost, given back."""

import datetime
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, gates
from accounts.models import Resident, User
from accounts.posting.returning import doubt
from accounts.scopes import Area, Deed
from accounts.subjects import is_own_affair, may
from certificates.actions.deciding import ANOTHER_S, OWN_AFFAIR
from certificates.documents.render import PageTooFull, Size
from certificates.ending import end
from certificates.letters import letter_of
from certificates.models import Certificate
from certificates.paper import signed_pdf_of
from certificates.refusal import CertificateError
from certificates.signing.signer import NoSigner
from certificates.telling import code_of

logger = logging.getLogger(__name__)

ENDED = _("The certificate ended. Its holder was told.")
CANNOT_SIGN = _(
    "The certificate cannot be signed now. The fault is ours, and it stays valid. "
    "Please try again in some minutes."
)
TOO_SMALL = _("What is printed does not fit on this size. Please choose a larger one.")
NOT_TO_YOU = _("You cannot download this certificate. The person can, or gets it at a counter.")


@transaction.atomic
def report_lost(*, certificate: Certificate, by: User, at: datetime.datetime) -> None:
    """The holder says that the paper is lost or stolen: it ends at once, here and at every clinic."""
    today = timezone.localdate(at)
    if not may(by, Deed.APPLY, certificate.resident_id, area=Area.HEALTH, on=today):
        raise CertificateError(_("You may not act for this person any more."))
    if not end(certificate, why=Certificate.Revocation.LOST, by=by, at=at):
        raise CertificateError(_("This certificate was ended before."))


@transaction.atomic
def print_letter(*, certificate: Certificate, by: User, at: datetime.datetime) -> bytes:
    """Address sheet and paper for the posting office, noted in the trail; CertificateError if not valid."""
    require_right(certificate, by=by, at=at)
    if not Certificate.objects.valid(on=timezone.localdate(at)).filter(pk=certificate.pk).exists():
        raise CertificateError(_("This certificate is not valid any more."))
    asked = certificate.application
    letter = letter_of(certificate, at=at, size=Size.LARGE if asked and asked.in_large_print else Size.A4)
    subject = ("certificate", certificate.public_id)
    person, why = certificate.resident_id, certificate.number
    Certificate.objects.filter(pk=certificate.pk, posted_at=None).update(posted_at=at)
    audit.record(
        "certificate.printed",
        by=by,
        at=at,
        resident=person,
        subject=subject,
        purpose=why,
        institution=code_of(certificate.link),
    )
    return letter


def require_right(certificate: Certificate, *, by: User, at: datetime.datetime) -> None:
    """CertificateError unless this member of staff may deal with the certificate."""
    if not by.may("certificates.issue"):
        raise CertificateError(_("Only staff who issue certificates may decide on an application."))
    if not Certificate.objects.within(by).filter(pk=certificate.pk).exists():
        raise CertificateError(ANOTHER_S)
    if is_own_affair(by, certificate.resident_id, on=timezone.localdate(at)):
        raise CertificateError(OWN_AFFAIR)


@transaction.atomic
def revoke(*, certificate: Certificate, why: Certificate.Revocation, by: User, at: datetime.datetime) -> None:
    """End a certificate before its last day and tell its holder."""
    require_right(certificate, by=by, at=at)
    if not end(certificate, why=why, by=by, at=at):
        raise CertificateError(_("This certificate was ended before."))
    if why == Certificate.Revocation.LETTER_BACK:
        doubt(certificate.resident, by=by, at=at)


def take_letter_back(*, number: str, by: User, at: datetime.datetime) -> None:
    """The letter with this certificate came back; CertificateError where there is none, or it is over."""
    certificate = Certificate.objects.within(by).filter(number=number).first()
    if certificate is None:
        raise CertificateError(_("There is no certificate with this number."))
    revoke(certificate=certificate, why=Certificate.Revocation.LETTER_BACK, by=by, at=at)


def download(*, certificate: Certificate, size: Size = Size.A4, by: User, at: datetime.datetime) -> bytes:
    """The signed PDF, noted in the trail; CertificateError if not valid, not to be signed, or closed."""
    if found := gates.closed(by, at=at, about=certificate.resident_id):
        raise CertificateError(found.words)
    today = timezone.localdate(at)
    if Resident.objects.hidden_from(by, on=today).filter(pk=certificate.resident_id).exists():
        raise CertificateError(NOT_TO_YOU)
    if not Certificate.objects.valid(on=today).filter(pk=certificate.pk).exists():
        raise CertificateError(_("This certificate is not valid any more."))
    subject = ("certificate", certificate.public_id)
    try:
        pdf = signed_pdf_of(certificate, size)
    except PageTooFull as problem:
        raise CertificateError(TOO_SMALL) from problem
    except NoSigner as problem:
        logger.error("A certificate cannot be signed now.", exc_info=problem)
        raise CertificateError(CANNOT_SIGN) from problem
    office, holder = code_of(certificate.link), certificate.resident_id
    audit.record("certificate.downloaded", by=by, at=at, resident=holder, subject=subject, institution=office)
    return pdf
