"""Notices on paper: which go out, what stands on each sheet, and what the letter shop is given."""

import csv
import datetime
import hashlib
import io
import json
import zipfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.documents.days import on_paper
from accounts.documents.faces import MissingGlyph, preferred_face, refuse_missing
from accounts.documents.typesetting import set_as_pdf
from accounts.identity.letters import fits_envelope
from accounts.models import DoubtfulAddress, Resident, User
from accounts.refusal import NOT_ALLOWED, AccountError
from notices import letters
from notices.codes import code_of
from notices.models import Delivery, LetterBatch
from notices.wording import paper

PAGE = Path(__file__).parent / "letter.typ"
AT_ONCE = 200
SECOND_LANGUAGE = "en"
NOTHING = _("There is no letter to print.")
# no personal data: why a letter was not printed
PROTECTED, DEAD = "Under protection: staff reach this person.", "This person died."
DOUBTFUL, UNDRAWN = "The address is doubtful.", "Address or name cannot be printed."


@transaction.atomic
def print_batch(*, by: User, at: datetime.datetime) -> LetterBatch:
    """Take the letters that wait, each under a number; who cannot be written to is left to staff.

    AccountError where there is none.
    """
    if not by.may("letters.work"):
        raise AccountError(NOT_ALLOWED)
    waiting = letters.waiting(most=AT_ONCE)
    obstacles = {letter.pk: obstacle(letter.resident, on=localdate(at)) for letter in waiting}
    for letter in waiting:
        if reason := obstacles[letter.pk]:
            letters.end(letter, Delivery.State.GIVEN_UP, at=at, reason=reason)
    sound = [letter for letter in waiting if not obstacles[letter.pk]]
    if not sound and not waiting:
        raise AccountError(NOTHING)
    return letters.number_them(sound, by=by, at=at)


def obstacle(resident: Resident, *, on: datetime.date) -> str:
    """Why nothing can be posted to this person, for the operator; empty where it can."""
    if resident.died_on:
        return DEAD
    if Resident.objects.covered(on=on).filter(pk=resident.pk).exists():
        return PROTECTED
    if DoubtfulAddress.objects.standing().filter(resident=resident).exists():
        return DOUBTFUL
    try:
        refuse_missing(preferred_face(), [resident.address, resident.name])
    except MissingGlyph:
        return UNDRAWN
    return "" if fits_envelope(resident) else UNDRAWN


@transaction.atomic
def bundle(*, batch: LetterBatch, by: User, at: datetime.datetime) -> bytes:
    """A ZIP of letters.pdf, a sheet each, and manifest.csv; the register is read anew each time.

    AccountError where no sheet is in it. Each person whose address was read finds that in the trail.
    """
    if not by.may("letters.work"):
        raise AccountError(NOT_ALLOWED)
    found = [letter for letter in letters.of_batch(batch) if not obstacle(letter.resident, on=localdate(at))]
    if not found:
        raise AccountError(NOTHING)
    audit.record_many(
        audit.event("notice.letter_printed", resident=letter.resident, subject=subject(letter), by=by, at=at)
        for letter in found
    )
    inputs = {"sheets": json.dumps([sheet(letter) for letter in found]), "family": preferred_face().family}
    pdf = set_as_pdf(PAGE, preferred_face(), inputs, stamp=batch.printed_at.replace(microsecond=0))
    return zipped({"letters.pdf": pdf, "manifest.csv": manifest(found, pdf)}, at=batch.printed_at)


def subject(letter: Delivery) -> tuple[str, str]:
    """What the trail says that it is about."""
    return ("notice", letter.notice.public_id)


def sheet(letter: Delivery) -> dict[str, str]:
    """Every text of one sheet that varies."""
    resident, notice = letter.resident, letter.notice
    return {
        "number": letter.reference,
        "postal_code": postal_code(resident),
        "address": resident.address,
        "name": resident.name,
        "posted_on": on_paper(localdate(letter.changed_at)),
        "code": code_of(notice.public_id) if notice.code_digest else "",
        "site": settings.BASE_URL.partition("://")[2],
        "phone": settings.SUPPORT_PHONE,
        **paper(notice.kind, first=settings.LANGUAGE_CODE, second=SECOND_LANGUAGE),
    }


def postal_code(resident: Resident) -> str:
    """As it is written on an envelope."""
    return "-".join(filter(None, (resident.postal_code[:3], resident.postal_code[3:])))


def manifest(found: list[Delivery], pdf: bytes) -> bytes:
    """Which letter is on which page and where it goes, by postal code only; and the PDF's SHA-256."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["letter", "page", "pages", "postal_code", "pdf_sha256"])
    digest = hashlib.sha256(pdf).hexdigest()
    for page, letter in enumerate(found, start=1):
        writer.writerow([letter.reference, page, 1, postal_code(letter.resident), digest])
    return text.getvalue().encode()


def zipped(files: dict[str, bytes], *, at: datetime.datetime) -> bytes:
    """The files as a ZIP that is the same for the same input."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
