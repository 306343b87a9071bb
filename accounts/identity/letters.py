"""Letters with a code: printed for the posting office, the code kept by nobody but the paper."""

import datetime
import json
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import vault
from accounts.documents.days import on_paper
from accounts.documents.faces import MissingGlyph, preferred_face, refuse_missing
from accounts.documents.typesetting import set_as_pdf
from accounts.identity.connecting import note
from accounts.identity.matching import may_bind_alone
from accounts.models import Claim, DoubtfulAddress, Resident, User
from accounts.models.claims import CODE_VALID_FOR, ClaimQuerySet
from accounts.refusal import NOT_ALLOWED, AccountError
from notices.actions import tell

PAGE = Path(__file__).parent / "letter.typ"
AT_ONCE = 50
DIGITS = 10
LONGEST_ADDRESS, LONGEST_NAME = 100, 50
NOTHING = _("There is no letter to print.")


@transaction.atomic
def print_letters(*, claims: ClaimQuerySet, by: User, at: datetime.datetime) -> bytes:
    """The letters as one PDF, a sheet each, each with a fresh code: an earlier one of the same claim is void.

    Everyone who is told about the person is told. What cannot be posted is left to a counter.
    """
    if not by.may("identity.work"):
        raise AccountError(NOT_ALLOWED)
    sheets = []
    for claim in claims.select_for_update(of=("self",)).select_related("resident")[:AT_ONCE]:
        sheet, code = sheet_of(claim, at=at)
        if not sheet:
            leave_to_counter(claim)
            continue
        claim.code_digest, claim.posted_at = vault.code_digest(code, claim=claim.public_id), at
        claim.state = Claim.State.POSTED
        claim.save()
        note(claim, "sign_in.letter_printed", by=by, at=at)
        tell_of_letter(claim, at=at)
        sheets.append(sheet)
    if not sheets:
        return b""
    inputs = {"sheets": json.dumps(sheets), "family": preferred_face().family}
    return set_as_pdf(PAGE, preferred_face(), inputs, stamp=at.replace(microsecond=0))


def leave_to_counter(claim: Claim) -> None:
    """No letter goes out: whoever asked learns nothing, and staff find out at a counter who it is."""
    claim.resident, claim.state = None, Claim.State.ASKED
    claim.code_digest, claim.posted_at = None, None
    claim.save()


def sheet_of(claim: Claim, *, at: datetime.datetime) -> tuple[dict[str, str], str]:
    """Every text of the letter that varies, and its code; empty where it cannot be posted or drawn."""
    resident = claim.resident
    if resident is None or not may_bind_alone(resident) or not fits_envelope(resident):
        return {}, ""
    if DoubtfulAddress.objects.standing().filter(resident=resident).exists():
        return {}, ""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    sheet = {
        "number": claim.number,
        "postal_code": "-".join(filter(None, (resident.postal_code[:3], resident.postal_code[3:]))),
        "address": resident.address,
        "name": resident.name,
        "code": f"{code[:5]} {code[5:]}",
        "posted_on": on_paper(localdate(at)),
        "valid_until": on_paper(localdate(at + CODE_VALID_FOR) - datetime.timedelta(days=1)),
        "site": settings.BASE_URL.partition("://")[2] + reverse("accounts:code"),
        "phone": settings.SUPPORT_PHONE,
    }
    try:
        refuse_missing(preferred_face(), list(sheet.values()))
    except MissingGlyph:
        return {}, ""
    return sheet, code


def fits_envelope(resident: Resident) -> bool:
    """Whether address and name stand in the window, nothing cut off."""
    return 0 < len(resident.address) <= LONGEST_ADDRESS and len(resident.name) <= LONGEST_NAME


def tell_of_letter(claim: Claim, *, at: datetime.datetime) -> None:
    """Every other known contact is told; the claimant is not: they would learn who was found."""
    if claim.resident:
        subject = ("binding", claim.resident.public_id)
        tell(resident_id=claim.resident.pk, kind="sign_in.letter", subject=subject, at=at)


def require_some(pdf: bytes) -> bytes:
    """The PDF; AccountError where no letter was in it."""
    if not pdf:
        raise AccountError(NOTHING)
    return pdf
