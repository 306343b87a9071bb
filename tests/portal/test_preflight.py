"""What is checked before the portal starts: each problem is one sentence."""

import errno
import socket

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from accounts.vault import finder, sealer
from portal.preflight import check_database, check_keys, check_port, check_surroundings, chosen_port, refuse


@pytest.fixture
def taken_port():
    """A port at which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def fresh_vault():
    """The vault reads its keys again, now and after the test."""
    sealer.cache_clear()
    finder.cache_clear()
    yield
    sealer.cache_clear()
    finder.cache_clear()


@pytest.fixture
def cache_table(db, settings):
    """The cache is in the database and its table is there."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kept"}
    }
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (id integer)")


def test_a_portal_in_order_passes(cache_table, settings, tmp_path, taken_port):
    settings.CELERY_BROKER_URL = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    check_surroundings(free)
    check_database()


def test_a_port_in_use_is_named(taken_port):
    with pytest.raises(ImproperlyConfigured, match=f"port {taken_port} is in use by another program"):
        check_port(taken_port)


def test_a_port_that_another_program_has_on_ipv6_only_counts_too():
    with socket.socket(socket.AF_INET6) as other:
        other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        other.bind(("::1", 0))
        other.listen()

        with pytest.raises(ImproperlyConfigured, match="is in use"):
            check_port(other.getsockname()[1])


def test_a_port_for_administrators_is_named_as_such():
    with pytest.raises(ImproperlyConfigured, match="port 80 may only be opened by the administrator"):
        refuse(80, PermissionError(errno.EACCES, "Permission denied"))


def test_a_machine_without_ipv6_is_no_problem():
    refuse(8000, OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address"))


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("8001", 8001), ("65535", 65535)])
def test_the_port_comes_from_the_environment(text, port, monkeypatch):
    monkeypatch.setenv("PORT", text)

    assert chosen_port() == port


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80", "８０００"])
def test_a_port_that_is_none_is_refused(text, monkeypatch):
    monkeypatch.setenv("PORT", text)

    with pytest.raises(ImproperlyConfigured, match="no number from 1 to 65535"):
        chosen_port()


def test_a_table_that_was_not_migrated_is_found(cache_table):
    MigrationRecorder(connection).record_unapplied("contenttypes", "0002_remove_content_type_name")

    with pytest.raises(ImproperlyConfigured, match="the database lacks 1 changes of its tables"):
        check_database()


def test_a_missing_table_of_the_cache_is_found(db, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "none"}
    }

    with pytest.raises(ImproperlyConfigured, match="createcachetable"):
        check_database()


@pytest.mark.parametrize(
    "name", ["VAULT_KEYSET", "VAULT_INDEX_KEYSET", "CERTIFICATE_KEY", "API_KEY", "TRAIL_KEY"]
)
def test_a_key_that_cannot_be_read_is_named_and_not_repeated(name, settings, fresh_vault):
    setattr(settings, name, "not-a-key-at-all")

    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not") as refusal:
        check_keys()

    assert "not-a-key-at-all" not in str(refusal.value)
