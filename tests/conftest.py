"""People and things that many tests share."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from accounts import append_only
from accounts.models import Resident, User
from links.models import Institution, Link
from tests import factories


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Leave the name of the test database to tests/settings.py."""


@pytest.fixture(scope="session", autouse=True)
def flushable_trail(django_db_setup: None, django_db_blocker) -> Iterator[None]:  # noqa: ANN001
    """Lift the append-only triggers, or Django could not flush; a test puts them back and proves them."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for table in append_only.PROTECTED:
            append_only.remove(editor, table)
    yield


@pytest.fixture
def now() -> datetime.datetime:
    """The moment at which things are done."""
    return timezone.now()


@pytest.fixture
def today() -> datetime.date:
    """The day in Japan."""
    return timezone.localdate()


@pytest.fixture
def resident(db: None) -> Resident:
    """The person this is about."""
    return factories.ResidentFactory.create()


@pytest.fixture
def resident_user(resident: Resident) -> User:
    """The resident's sign-in."""
    return factories.bound_user(resident)


@pytest.fixture
def neighbour(db: None) -> Resident:
    """Somebody else, with the same rights and other records."""
    return factories.ResidentFactory.create()


@pytest.fixture
def neighbour_user(neighbour: Resident) -> User:
    """The neighbour's sign-in."""
    return factories.bound_user(neighbour)


@pytest.fixture
def support(db: None) -> User:
    """A support agent."""
    return factories.UserFactory.create(role="support")


@pytest.fixture
def supervisor(db: None) -> User:
    """The second pair of eyes."""
    return factories.UserFactory.create(role="supervisor")


@pytest.fixture
def institution(db: None) -> Institution:
    """A sender of feeds."""
    return factories.InstitutionFactory.create()


@pytest.fixture
def link(resident: Resident, institution: Institution) -> Link:
    """A checked record of the resident that matches."""
    return factories.LinkFactory.create(resident=resident, institution=institution)
