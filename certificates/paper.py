"""From a person and their insurance to what is printed, its signed code and its PDF."""

from django.conf import settings
from django.urls import reverse

from accounts.models import Resident
from certificates.documents.printed import Printed
from certificates.documents.render import Size, render
from certificates.keys import load_keys
from certificates.known import day_or_none
from certificates.models import Certificate
from certificates.schemes import full_number
from certificates.signing.sealing import signed
from certificates.sources import snapshot
from certificates.tokens import Code, sign
from links.models import Link

DEPENDANT = "2"


def fill(certificate: Certificate, *, optional: bool = False) -> None:
    """Write into an unsaved certificate what it prints and its signed code; UnknownInsurer, NoKey."""
    resident, link = certificate.resident, certificate.link
    sources = snapshot(resident, link.details, age=resident.age_on(certificate.issued_on), optional=optional)
    printed = printed_for(certificate, sources["insurance"], resident)
    certificate.facts = {"printed": printed.as_json(), **sources}
    certificate.place = Certificate.objects.free_place()
    certificate.token = sign(code_of(certificate), load_keys(settings.CERTIFICATE_KEY).signing)


def printed_for(certificate: Certificate, insurance: dict[str, str], resident: Resident) -> Printed:
    """The print of a certificate from the values of register and insurance."""
    return Printed(
        number=certificate.number,
        name=resident.name,
        kana=resident.name_kana,
        birth_date=resident.birth_date,
        sex=resident.sex,
        symbol=insurance["symbol"],
        member_number=insurance["number"],
        branch_number=insurance["branch_number"],
        insurer_number=full_number(insurance["insurer_number"]),
        insurer_name=insurance["insurer_name"],
        insured_name=insurance["insured_name"] if insurance["relation"] == DEPENDANT else "",
        qualified_on=day_or_none(insurance["qualified_on"]),
        copay_ratio=insurance.get("copay_ratio", ""),
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        limit_category=insurance.get("limit_category", ""),
        long_stay_on=day_or_none(insurance.get("long_stay_on")),
        specific_disease=insurance.get("specific_disease", ""),
    )


def code_of(certificate: Certificate) -> Code:
    """What the certificate's code says."""
    return Code(
        issuer=settings.BASE_URL,
        certificate=certificate.public_id,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        place=certificate.place,
    )


def check_url(token: str) -> str:
    """The address in the QR: the public page with the code."""
    return f"{settings.BASE_URL}{reverse('certificates:check')}?code={token}"


def pdf_of(certificate: Certificate, size: Size = Size.A4) -> bytes:
    """The certificate as PDF, the same bytes each time; MissingGlyph where the face lacks a character."""
    printed = Printed.from_json(certificate.facts["printed"])
    return render(printed, check_url(certificate.token), phone=settings.SUPPORT_PHONE, size=size)


def signed_pdf_of(certificate: Certificate, size: Size = Size.A4) -> bytes:
    """The certificate as PDF with our signature and the time of now; NoSigner where nobody can sign."""
    return signed(pdf_of(certificate, size))


def complete(link: Link) -> bool:
    """Whether the insurer sent everything that no certificate can do without."""
    needed = ("insurer_number", "insurer_name", "number", "qualified_on")
    return all(link.details.get(key) for key in needed)
