"""Sets a Typst page as PDF/UA-1: the same bytes for the same input."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

import typst

from accounts.documents.faces import Face

_one_at_a_time = Lock()  # a Typst compiler is not to be used from two threads


def set_as_pdf(page: Path, face: Face, inputs: dict[str, str], *, stamp: datetime) -> bytes:
    """The PDF; TypstError where the page itself refuses its inputs."""
    with _one_at_a_time:
        pdf = _compiler(page, face.path).compile(
            format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=stamp
        )
    if not isinstance(pdf, bytes):
        raise TypeError("Typst did not return one document.")
    return pdf


@lru_cache(maxsize=12)
def _compiler(page: Path, font: Path) -> typst.Compiler:
    """One warm compiler a page and face: it keeps the parsed font and template."""
    return typst.Compiler(
        str(page), root=str(page.parent), font_paths=[str(font.parent)], ignore_system_fonts=True
    )
