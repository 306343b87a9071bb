"""The letter with a certificate: an address sheet, then the paper, for the posting office."""

import datetime
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.documents.days import on_paper
from accounts.documents.faces import MissingGlyph, preferred_face, refuse_missing
from accounts.documents.typesetting import set_as_pdf
from accounts.models import Resident
from certificates.documents.render import FOLDER, Size
from certificates.models import Certificate
from certificates.paper import pdf_of
from certificates.refusal import CertificateError

COVER: Path = FOLDER / "cover.typ"
NO_ADDRESS = _("The register has no address to which this could be posted.")
NOT_DRAWN = _("The address cannot be printed: %(what)s")


def letter_of(certificate: Certificate, *, at: datetime.datetime, size: Size = Size.A4) -> bytes:
    """Both sheets as one PDF for the printer; CertificateError where it cannot be posted."""
    resident = certificate.resident
    if not resident.address:
        raise CertificateError(NO_ADDRESS)
    with pikepdf.open(BytesIO(cover_of(certificate, resident, at=at))) as letter:
        with pikepdf.open(BytesIO(pdf_of(certificate, size))) as paper:
            letter.pages.extend(paper.pages)
        out = BytesIO()
        letter.save(out, deterministic_id=True)
    return out.getvalue()


def cover_of(certificate: Certificate, resident: Resident, *, at: datetime.datetime) -> bytes:
    """The address sheet; CertificateError where the face lacks a character or it does not fit."""
    code, face = resident.postal_code, preferred_face()
    page = {
        "number": certificate.number,
        "insurer_name": certificate.facts["printed"]["insurer_name"],
        "postal_code": "-".join(filter(None, (code[:3], code[3:]))),
        "address": resident.address,
        "name": resident.name,
        "posted_on": on_paper(timezone.localdate(at)),
        "phone": settings.SUPPORT_PHONE,
    }
    inputs = {"page": json.dumps(page), "family": face.family}
    try:
        refuse_missing(face, list(page.values()))
        return set_as_pdf(COVER, face, inputs, stamp=at.replace(microsecond=0))
    except (MissingGlyph, typst.TypstError) as problem:
        raise CertificateError(NOT_DRAWN % {"what": problem}) from problem
