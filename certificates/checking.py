"""Answers a clinic's question about a certificate: valid, not valid, not ours, or cannot be checked now."""

import datetime
import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone

from accounts import audit
from accounts.documents.coverage import clusters
from accounts.files.kinds import Kind, kind_of
from certificates.keys import NoKey, load_keys
from certificates.models import Certificate
from certificates.offline import Answer
from certificates.photos import code_in_photo
from certificates.signing.reading import CannotRead, code_in
from certificates.signing.signer import NoSigner
from certificates.telling import code_of
from certificates.tokens import NotOurs, verify

logger = logging.getLogger(__name__)

NUMBER = re.compile(r"C[0-9A-HJKMNP-TV-Z]{8}")
MISREAD = str.maketrans("ILOU", "110V")
LONGEST = 2000


class Fault(StrEnum):
    """Why a certificate of ours is not valid."""

    EXPIRED = "expired"
    REPLACED = "replaced"
    RETURNED = "returned"
    FACTS_CHANGED = "facts_changed"
    LOST = "lost"
    LETTER_BACK = "letter_back"


@dataclass(frozen=True)
class Checked:
    """The answer, why not, and of a valid certificate what the counter compares, in part."""

    answer: Answer
    fault: Fault | None = None
    name: str = ""
    month: int = 0
    day: int = 0
    birth_on: datetime.date | None = None  # told with the whole name to those who know it
    valid_until: datetime.date | None = None
    number: str = ""


def check(text: str, *, at: datetime.datetime) -> Checked:
    """Answer for a number, a code or the address in a QR, and note in the trail that it was checked."""
    return answered(lambda: text, at=at)


def check_file(content: bytes, *, at: datetime.datetime) -> Checked:
    """Answer for a PDF that we signed or a photo of the paper; CertificateError where no code can be read."""
    return answered(lambda: code_in_file(content), at=at)


def answered(text_of: Callable[[], str], *, at: datetime.datetime) -> Checked:
    """One of the four answers, whatever goes wrong on the way to it."""
    try:
        text = text_of().strip()[:LONGEST]
        with transaction.atomic():
            certificate = find(text, at=at)
            return told(certificate, at=at) if certificate else Checked(Answer.NOT_OURS)
    except NotOurs:
        return Checked(Answer.NOT_OURS)
    except (NoKey, NoSigner, CannotRead, Error, Certificate.DoesNotExist) as problem:
        logger.error("A certificate cannot be checked now.", exc_info=problem)
        return Checked(Answer.UNAVAILABLE)


def code_in_file(content: bytes) -> str:
    """The code in a PDF of ours, NotOurs if altered; or in a photo, CertificateError if none can be read."""
    return code_in(content) if kind_of(content) is Kind.PDF else code_in_photo(content)


def find(text: str, *, at: datetime.datetime) -> Certificate | None:
    """The certificate of a number (None if nobody has it) or of a signed code (DoesNotExist if lost)."""
    certificates = Certificate.objects.select_related("resident", "link__institution")
    number = typed_number(text)
    if number:
        return certificates.filter(number=number).first()
    keys = load_keys(settings.CERTIFICATE_KEY).standing(at)
    code = verify(token_in(text), keys, issuer=settings.BASE_URL)
    return certificates.get(public_id=code.certificate)


def typed_number(text: str) -> str:
    """The number as we write it, from one typed in any case or width, with hyphens or without; else empty."""
    plain = re.sub(r"[\s\-‐−ー]", "", unicodedata.normalize("NFKC", text)).upper()
    read = plain[:1] + plain[1:].translate(MISREAD)
    return f"C-{read[1:5]}-{read[5:]}" if NUMBER.fullmatch(read) else ""


def token_in(text: str) -> str:
    """The signed code itself, from the address that a QR holds; NotOurs for one that is no address."""
    try:
        query = parse_qs(urlsplit(text).query) if "://" in text else {}
    except ValueError as problem:
        raise NotOurs("The address cannot be read.") from problem
    return query.get("code", [text])[0]


def told(certificate: Certificate, *, at: datetime.datetime) -> Checked:
    """The answer about a certificate of ours, noted in its trail."""
    today = timezone.localdate(at)
    valid = Certificate.objects.valid(on=today).filter(pk=certificate.pk).exists()
    answer = in_part(certificate) if valid else Checked(Answer.NOT_VALID, fault_of(certificate, today))
    note(certificate, "certificate.checked", at=at)
    return answer


def note(certificate: Certificate, verb: str, *, at: datetime.datetime) -> None:
    """Write into the holder's trail that somebody checked it: the insurer's name, nothing of who asked."""
    audit.record(
        verb,
        by=None,
        at=at,
        resident=certificate.resident_id,
        subject=("certificate", certificate.public_id),
        institution=code_of(certificate.link),
    )


def fault_of(certificate: Certificate, today: datetime.date) -> Fault:
    """Why it is not valid: revoked, else expired, else a printed fact changed a moment ago."""
    if certificate.revocation:
        return Fault(certificate.revocation)
    return Fault.EXPIRED if certificate.valid_until < today else Fault.FACTS_CHANGED


def in_part(certificate: Certificate) -> Checked:
    """What may be shown of a valid certificate: enough to compare with the paper, no more."""
    printed = certificate.facts["printed"]
    return Checked(
        Answer.VALID,
        name=partly(printed["name"]),
        month=int(printed["birth_date"][5:7]),
        day=int(printed["birth_date"][8:]),
        valid_until=certificate.valid_until,
        number=certificate.number,
    )


def partly(name: str) -> str:
    """The first character of a name, and a dot for each that follows."""
    first, *rest = clusters(name) or [""]
    return first + "".join(part if part.isspace() else "●" for part in rest)
