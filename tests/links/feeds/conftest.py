"""These tests read sentences in English, whatever the language of the installation."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from accounts.models import Resident
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER, registered


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English."""
    with translation.override("en"):
        yield


@pytest.fixture
def hanako(db: None) -> Resident:
    """The person with the number that most rows name."""
    return registered(NUMBER)


@pytest.fixture
def taro(db: None) -> Resident:
    """Somebody else in the register."""
    return registered(OTHER_NUMBER)
