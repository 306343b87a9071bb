"""People and things that many tests share."""

import datetime
import secrets
from collections.abc import Iterator

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone, translation

from accounts import append_only
from accounts.models import Resident, User
from certificates.signing.authority import make_authority
from links.models import Institution, Link
from notices.partitions import parts
from tests import factories
from tests.readers import sign_in

# properties are about answers, not about time: a busy machine must not fail them
hypothesis.settings.register_profile("without clock", deadline=None)
hypothesis.settings.load_profile("without clock")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with processes run one file after another in one worker; all of an installation share it."""
    for item in items:
        if item.get_closest_marker("process") or item.get_closest_marker("kill"):
            folder = item.path.parent
            together = folder if folder.name == "deploy" else item.path
            item.add_marker(pytest.mark.xdist_group(str(together)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Leave the name of the test database to tests/settings.py."""


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker,  # noqa: ANN001
) -> Iterator[None]:
    """A database where a test uses one, be it through a world made once for its module: the plugin's own
    fixture sees only tests that ask for `db`.
    """
    if not any(uses_database(item) for item in request.session.items):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def uses_database(item: pytest.Item) -> bool:
    """Whether the test asks for it in one of these ways."""
    wanted = {"db", "transactional_db", "live_server", "settled", "schema"}
    return item.get_closest_marker("django_db") is not None or not wanted.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session", autouse=True)
def flushable_trail(django_db_setup: None, django_db_blocker) -> set[str]:  # noqa: ANN001
    """Lift the append-only triggers, or Django could not flush; which tables the migrations had guarded."""
    if connection.settings_dict["NAME"] != connection.settings_dict["TEST"]["NAME"]:
        return set()  # no test of this run uses a database, and pytest-django made none
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        guarded = {
            table
            for table in append_only.PROTECTED
            if all(triggers_of(each) for each in (table, *parts(connection, table)))
        }
        for table in append_only.PROTECTED:
            append_only.remove(editor, table)
    return guarded


@pytest.fixture(scope="session", autouse=True)
def _alone_at_the_end(django_db_setup: None, django_db_blocker) -> Iterator[None]:  # noqa: ANN001
    """End what a last request or a thread still holds open: PostgreSQL drops no database in use."""
    yield
    if connection.vendor == "postgresql" and connection.settings_dict["NAME"].startswith("test_"):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def triggers_of(table: str) -> list[str]:
    """The names of the triggers on a table."""
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = %s::regclass",
    }
    with connection.cursor() as cursor:
        cursor.execute(listing[connection.vendor], [table])
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture(scope="session", autouse=True)
def _trial_authority() -> None:
    """An authority that signs papers, for this run only."""
    make_authority(settings.TRIAL_AUTHORITY, at=timezone.now())


@pytest.fixture(autouse=True)
def _own_cache() -> None:
    """Each test counts and remembers for itself: Redis does not roll back with the database."""
    caches["default"].key_prefix = secrets.token_hex(4)


@pytest.fixture(autouse=True)
def _in_japanese() -> Iterator[None]:
    """Each test begins in the service's language, whatever the one before it switched to."""
    with translation.override("ja"):
        yield


@pytest.fixture
def now() -> datetime.datetime:
    """The moment at which things are done."""
    return timezone.now()


@pytest.fixture
def one_minute(time_machine: time_machine.TimeMachineFixture) -> None:
    """The clock stands still: what may be tried so often a minute is counted within one minute."""
    time_machine.move_to(timezone.now(), tick=False)


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
def reader(client: Client, resident_user: User) -> Client:
    """The resident at a browser that reads English."""
    return sign_in(client, resident_user)


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
