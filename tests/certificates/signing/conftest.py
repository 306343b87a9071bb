"""A paper of an invented person, drawn and signed once for all tests that only look at it."""

import pytest

from certificates.documents.render import Size, render
from certificates.signing import signer
from certificates.signing.sealing import signed
from tests.certificates.documents.papers import PHONE, PRINTED, URL


@pytest.fixture(scope="session")
def drawn() -> dict[Size, bytes]:
    """The unsigned paper in each size."""
    return {size: render(PRINTED, URL, phone=PHONE, size=size) for size in Size}


@pytest.fixture(scope="session")
def papers(drawn, _trial_authority) -> dict[Size, bytes]:
    """The signed paper in each size."""
    signer.forget()
    return {size: signed(pdf) for size, pdf in drawn.items()}


@pytest.fixture
def paper(papers) -> bytes:
    """The signed paper on A4."""
    return papers[Size.A4]


@pytest.fixture
def own_signer(settings):
    """Settings of its own for one test: read before and after it."""
    signer.forget()
    yield settings
    signer.forget()
