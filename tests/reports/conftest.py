"""Reports that many tests share."""

import pytest

from accounts.models import User
from links.models import Link
from reports.models import Report
from tests import factories
from tests.reports.factories import filed, proposed, taken


@pytest.fixture
def insurance(resident, institution) -> Link:
    """A health insurance of the resident."""
    return factories.LinkFactory.create(
        resident=resident, institution=institution, category="health_insurance", details={"number": "345"}
    )


@pytest.fixture
def neighbours_link(neighbour, institution) -> Link:
    """A record of somebody else."""
    return factories.LinkFactory.create(resident=neighbour, institution=institution)


@pytest.fixture
def report(link, resident_user) -> Report:
    """A report that nobody took yet."""
    return filed(link, resident_user)


@pytest.fixture
def taken_report(link, resident_user, support) -> Report:
    """A report that support is checking."""
    return taken(link, resident_user, support)


@pytest.fixture
def proposed_report(link, resident_user, support) -> Report:
    """A report whose correction waits for a second person."""
    return proposed(link, resident_user, support)


@pytest.fixture
def colleague(db) -> User:
    """Another support agent."""
    return factories.UserFactory.create(role="support")
