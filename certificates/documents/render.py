"""A certificate's page as PDF/UA-1: the same bytes for the same input."""

import json
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path

import segno
import typst

from accounts.documents.days import on_paper
from accounts.documents.faces import Face, preferred_face, refuse_missing
from accounts.documents.typesetting import set_as_pdf
from certificates.documents.printed import Printed

PAGE = Path(__file__).parent / "page.typ"
LARGEST_QR = 22  # what clinics' readers take


class CodeTooLong(ValueError):
    """The address would need a QR larger than clinics' readers take."""


class PageTooFull(ValueError):
    """What is to be printed does not fit on one sheet."""


def render(printed: Printed, check_url: str, *, phone: str, face: Face | None = None) -> bytes:
    """Return the PDF (A4, one page); MissingGlyph rather than a blank box, PageTooFull."""
    face = face or preferred_face()
    page = on_page(printed, check_url, phone)
    refuse_missing(face, list(page.values()))
    inputs = {"page": json.dumps(page), "code": qr(check_url), "family": face.family}
    return _pdf(face, inputs, datetime.combine(printed.issued_on, time.min, UTC))


def _pdf(face: Face, inputs: dict[str, str], stamp: datetime) -> bytes:
    try:
        return set_as_pdf(PAGE, face, inputs, stamp=stamp)
    except typst.TypstError as problem:
        if "more than one page" in str(problem):
            raise PageTooFull("The certificate does not fit on one page.") from problem
        raise


def on_page(printed: Printed, check_url: str, phone: str) -> dict[str, str]:
    """Return every text that varies, in the form in which it is printed."""
    return {
        "scheme": printed.scheme_in_words,
        "name": printed.name,
        "kana": printed.kana,
        "birth_date": printed.birth_in_words,
        "sex": printed.sex_in_words,
        "symbol": printed.symbol,
        "member_number": printed.member_number,
        "branch_number": printed.branch_number,
        "insurer_number": printed.insurer_number,
        "insurer_name": printed.insurer_name,
        "insured_name": printed.insured_name,
        "qualified_on": on_paper(printed.qualified_on) if printed.qualified_on else "",
        "share": printed.share_in_words,
        "issued_on": on_paper(printed.issued_on),
        "valid_until": on_paper(printed.valid_until),
        "number": printed.number,
        "check_site": check_url.partition("#")[0].partition("?")[0].partition("://")[2],
        "phone": phone,
    }


def qr(text: str) -> str:
    """Return a QR of error level M as SVG without its margin; CodeTooLong past version 22."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    if int(code.version) > LARGEST_QR:
        raise CodeTooLong(f"Version {code.version}, but clinics read at most {LARGEST_QR}.")
    out = BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True)
    return out.getvalue().decode()
