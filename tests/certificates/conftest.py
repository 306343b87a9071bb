"""What the tests of this room share."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Refusals in the words of the code; pages still choose their language by the request."""
    with translation.override("en"):
        yield
