"""Which database answers, and how long it lets others wait."""

import pytest
from django.conf import settings

from links.models import Institution
from portal import databases
from portal.databases import Router, postgresql_options, reading_from_replica


@pytest.fixture
def router() -> Router:
    """Where it sends what."""
    return Router()


def test_without_a_copy_everything_comes_from_the_one_database(router) -> None:
    with reading_from_replica():
        assert router.db_for_read(Institution) == "default"


def test_only_what_says_so_is_read_from_the_copy(router, monkeypatch) -> None:
    monkeypatch.setitem(settings.DATABASES, "replica", {})

    before = router.db_for_read(Institution)
    with reading_from_replica():
        within = [router.db_for_read(Institution), router.db_for_write(Institution)]
    after = router.db_for_read(Institution)

    assert [before, *within, after] == ["default", "replica", "default", "default"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/figures/", "/figures/figures.csv", "/figures/figures.json"])
def test_public_figures_are_read_from_the_copy(client, monkeypatch, path) -> None:
    asked: list[bool] = []
    usual = Router.db_for_read

    def noted(router: Router, model: object, **hints: object) -> str:
        asked.append(databases.from_replica.get())
        return usual(router, model, **hints)

    monkeypatch.setattr(Router, "db_for_read", noted)
    client.get(path)

    assert any(asked)


def test_a_copy_is_not_migrated(router) -> None:
    assert [router.allow_migrate(db, "links") for db in ("default", "replica")] == [True, False]


def test_limits_are_told_to_postgresql_in_milliseconds(monkeypatch) -> None:
    monkeypatch.setenv("STATEMENT_SECONDS", "30")
    monkeypatch.setenv("LOCK_SECONDS", "10")
    monkeypatch.delenv("IDLE_SECONDS", raising=False)

    said = postgresql_options()["options"]

    assert "-c statement_timeout=30000" in said
    assert "-c lock_timeout=10000" in said
    assert "-c idle_in_transaction_session_timeout=600000" in said


def test_a_pooler_is_told_none_and_no_cursor_outlives_a_transaction(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@pooler/portal")
    monkeypatch.setenv("REPLICA_URL", "postgres://portal@copy/portal")
    monkeypatch.setenv("DATABASE_POOLED", "1")

    found = databases.databases(tmp_path)

    assert set(found) == {"default", "replica"}
    assert all("options" not in database["OPTIONS"] for database in found.values())
    assert all(database["DISABLE_SERVER_SIDE_CURSORS"] for database in found.values())
