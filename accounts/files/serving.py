"""Answers with a file that somebody was permitted to open."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from accounts.models import StoredFile

# whatever it is, the browser gives it no script, no form and no origin of ours; the style is the browser's
# own, which it puts around a picture
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def answer(file: StoredFile, content: bytes, *, name: str) -> HttpResponse:
    """The content under that name: pictures are shown; papers are saved, for no sandbox shows a PDF."""
    disposition = content_disposition_header(not file.is_picture, f"{name}.{file.extension}")
    headers = {
        "Content-Disposition": str(disposition),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
    }
    return HttpResponse(content, content_type=file.content_type, headers=headers)
