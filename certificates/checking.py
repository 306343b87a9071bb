"""Answers a clinic's question about a certificate: valid, not valid, not ours, or cannot be checked now."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import Error, transaction
from django.utils import timezone

from accounts import audit
from accounts.documents.coverage import clusters
from certificates.models import Certificate
from certificates.tokens import NoKey, NotOurs, load_key, verify

NUMBER = re.compile(r"C[0-9A-HJKMNP-TV-Z]{8}")
MISREAD = str.maketrans("ILOU", "110V")
LONGEST = 2000


class Answer(StrEnum):
    """The four answers; a failure of ours is never told as a fault of the certificate."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    NOT_OURS = "not_ours"
    UNAVAILABLE = "unavailable"


class Fault(StrEnum):
    """Why a certificate of ours is not valid."""

    EXPIRED = "expired"
    REPLACED = "replaced"
    RETURNED = "returned"
    FACTS_CHANGED = "facts_changed"


@dataclass(frozen=True)
class Checked:
    """The answer, why not, and of a valid certificate what the counter compares, in part."""

    answer: Answer
    fault: Fault | None = None
    name: str = ""
    month: int = 0
    day: int = 0
    valid_until: datetime.date | None = None


def check(text: str, *, at: datetime.datetime) -> Checked:
    """Answer for a number, a code or the address in a QR, and note in the trail that it was checked."""
    try:
        with transaction.atomic():
            certificate = find(text.strip()[:LONGEST])
            return told(certificate, at=at) if certificate else Checked(Answer.NOT_OURS)
    except NotOurs:
        return Checked(Answer.NOT_OURS)
    except (NoKey, Error, Certificate.DoesNotExist):
        return Checked(Answer.UNAVAILABLE)


def find(text: str) -> Certificate | None:
    """The certificate of a number (None if nobody has it) or of a signed code (DoesNotExist if lost)."""
    certificates = Certificate.objects.select_related("resident")
    number = typed_number(text)
    if number:
        return certificates.filter(number=number).first()
    code = verify(token_in(text), load_key(settings.CERTIFICATE_KEY), issuer=settings.BASE_URL)
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
    subject = ("certificate", certificate.public_id)
    audit.record("certificate.checked", by=None, at=at, resident=certificate.resident_id, subject=subject)
    return answer


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
    )


def partly(name: str) -> str:
    """The first character of a name, and a dot for each that follows."""
    first, *rest = clusters(name) or [""]
    return first + "".join(part if part.isspace() else "●" for part in rest)
