"""People at the desk."""

import pytest

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def auditor(db) -> User:
    """Reads everything, changes nothing."""
    return UserFactory.create(role="auditor")


@pytest.fixture
def as_support(client, support):
    """A support agent's browser."""
    client.force_login(support)
    return client


@pytest.fixture
def as_supervisor(client, supervisor):
    """A supervisor's browser."""
    client.force_login(supervisor)
    return client
