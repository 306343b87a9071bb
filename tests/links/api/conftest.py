"""Whose machines call, and who is in the register."""

import pytest

from accounts.models import Resident
from links import importing
from links.models import Institution
from tests import factories
from tests.links.api.calling import Machine, machine
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER, registered


@pytest.fixture
def hanako(db: None) -> Resident:
    """The person with the number that most requests name."""
    return registered(NUMBER)


@pytest.fixture
def taro(db: None) -> Resident:
    """Somebody else in the register."""
    return registered(OTHER_NUMBER)


@pytest.fixture
def pensions(db: None) -> Institution:
    """The institution whose machine calls."""
    return factories.InstitutionFactory.create(code="PN0001")


@pytest.fixture
def pension_machine(pensions: Institution) -> Machine:
    """A machine that may do everything, with a token."""
    return machine(pensions)


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reviews that were handed to the broker."""
    reviews: list[str] = []
    monkeypatch.setattr(importing.review_changed, "delay", lambda: reviews.append("review"))
    return reviews
