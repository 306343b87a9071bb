"""A certificate's page as PDF/UA-1: the same bytes for the same input."""

import json
import re
from datetime import UTC, datetime, time
from enum import StrEnum
from pathlib import Path

import typst
import zxingcpp

from accounts.documents.days import on_paper
from accounts.documents.faces import Face, preferred_face, refuse_missing
from accounts.documents.typesetting import set_as_pdf
from certificates.documents.printed import Printed

FOLDER = Path(__file__).parent
LARGEST_QR = 22  # what clinics' readers take
DARK = re.compile(b"\x00+")


class Size(StrEnum):
    """The sizes in use; the large print has two sides of A4, the card two of its own."""

    A4 = "a4"
    LARGE = "large"
    POSTCARD = "postcard"
    CARD = "card"


class CodeTooLong(ValueError):
    """The address would need a QR larger than clinics' readers take."""


class PageTooFull(ValueError):
    """What is to be printed does not fit on the sides that this size has."""


def render(
    printed: Printed, check_url: str, *, phone: str, face: Face | None = None, size: Size = Size.A4
) -> bytes:
    """Return the PDF; MissingGlyph rather than a blank box, PageTooFull."""
    face = face or preferred_face()
    page = on_page(printed, check_url, phone)
    refuse_missing(face, list(page.values()))
    inputs = {"page": json.dumps(page), "code": qr(check_url), "family": face.family}
    return _pdf(size, face, inputs, datetime.combine(printed.issued_on, time.min, UTC))


def _pdf(size: Size, face: Face, inputs: dict[str, str], stamp: datetime) -> bytes:
    try:
        return set_as_pdf(FOLDER / f"{size}.typ", face, inputs, stamp=stamp)
    except typst.TypstError as problem:
        if "too many pages" in str(problem):
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
        "limit_category": printed.limit_category,
        "long_stay_on": on_paper(printed.long_stay_on) if printed.long_stay_on else "",
        "specific_disease": printed.specific_disease,
        "issued_on": on_paper(printed.issued_on),
        "valid_until": on_paper(printed.valid_until),
        "number": printed.number,
        "check_site": check_url.partition("#")[0].partition("?")[0].partition("://")[2],
        "address": check_url,
        "phone": phone,
    }


def qr(text: str) -> str:
    """Return a QR of error level M as SVG without its margin; CodeTooLong past version 22."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    side, modules = image.shape[0], bytes(memoryview(image).cast("B"))  # type: ignore[arg-type]  # its stubs hide the buffer
    if side > 17 + 4 * LARGEST_QR:
        raise CodeTooLong(f"Version {(side - 17) // 4}, but clinics read at most {LARGEST_QR}.")
    path = "".join(_row(modules[row * side : (row + 1) * side], row) for row in range(side))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def _row(modules: bytes, row: int) -> str:
    """The dark runs of one row as boxes, for a path is drawn once where boxes are drawn each."""
    return "".join(
        f"M{run.start()} {row}h{run.end() - run.start()}v1H{run.start()}z" for run in DARK.finditer(modules)
    )
