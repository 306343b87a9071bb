"""An institution's officer, and what the institution is asked."""

import pytest

from accounts.models import User
from links.models import Institution, Officer
from reports.models import Inquiry, Report
from tests import factories
from tests.reports.factories import asked, do, proposed

MOVE = {
    "remedy": "move",
    "cause": "same_name",
    "reason": "The bank's holder is somebody else.",
    "explanation": "別の方の口座でした。",
    "request": "Please move it to its holder's number.",
}


def officer_of(institution: Institution) -> User:
    """Somebody who works there."""
    user = factories.UserFactory.create(role="officer")
    Officer.objects.create(user=user, institution=institution)
    return user


@pytest.fixture
def officer(institution) -> User:
    """An officer of the institution of the record."""
    return officer_of(institution)


@pytest.fixture
def stranger(db) -> User:
    """An officer of another institution."""
    return officer_of(factories.InstitutionFactory.create())


@pytest.fixture
def inquiry(link, resident_user, support) -> Inquiry:
    """A question about the resident's record."""
    return asked(link, resident_user, support)


@pytest.fixture
def moving(link, resident_user, support, supervisor) -> Report:
    """A report by which the institution is to move the record: proposed and approved."""
    return do("approve", proposed(link, resident_user, support, **MOVE), supervisor)
