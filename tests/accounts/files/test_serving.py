"""A file is answered so that no browser takes it for a page of ours."""

import pytest

from accounts.files.serving import answer
from accounts.models import StoredFile


@pytest.mark.parametrize(
    ("content_type", "disposition"),
    [
        ("image/jpeg", 'inline; filename="R-1.jpg"'),
        ("image/png", 'inline; filename="R-1.png"'),
        ("application/pdf", 'attachment; filename="R-1.pdf"'),
    ],
)
def test_a_picture_is_shown_and_a_paper_is_saved(content_type, disposition) -> None:
    response = answer(StoredFile(content_type=content_type), b"content", name="R-1")

    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["Content-Type"] == content_type
    assert response.content == b"content"


def test_the_browser_is_told_to_trust_nothing_in_it() -> None:
    response = answer(StoredFile(content_type="image/png"), b"content", name="R-1")

    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
