"""No individual number gets into what is written down."""

import logging

import pytest

from portal.logs import WithoutNumbers
from tests.accounts.intake.files import NUMBER


def record(message: str, *arguments: object) -> logging.LogRecord:
    """Something to write down."""
    return logging.LogRecord("django.request", logging.WARNING, "", 0, message, arguments, None)


@pytest.mark.parametrize("path", [f"/x/{NUMBER}", f"/x/{NUMBER[:4]}-{NUMBER[4:8]}-{NUMBER[8:]}"])
def test_a_number_is_hidden(path) -> None:
    written = record("%s: %s", "Not Found", path)

    assert WithoutNumbers().filter(written)
    assert written.getMessage().startswith("Not Found: /x/□")


def test_everything_else_is_written_as_it_is() -> None:
    written = record("%s: %s", "Not Found", "/x/123456789012/2026-10-01")

    assert WithoutNumbers().filter(written)
    assert (written.msg, written.args) == ("%s: %s", ("Not Found", "/x/123456789012/2026-10-01"))
