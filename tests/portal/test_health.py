"""What starts and stops processes asks whether they can serve."""

import pytest
from django.db import OperationalError

from portal import health


def test_in_order_all_answer(client, db, settings, tmp_path) -> None:
    settings.CELERY_BROKER_URL = f"sqla+sqlite:///{tmp_path / 'broker.sqlite3'}"

    answer = client.get("/health/ready/")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "cache": True, "broker": True}


def failing() -> None:
    """A server that does not answer."""
    raise OperationalError("the server closed the connection: password=hunter2")


@pytest.mark.parametrize(("name", "status"), [("database", 503), ("cache", 503), ("broker", 200)])
def test_each_is_named_and_only_what_is_needed_stops_the_service(
    client, db, monkeypatch, name, status
) -> None:
    monkeypatch.setitem(health.ASKED, name, failing)

    answer = client.get("/health/ready/")

    assert answer.status_code == status
    assert answer.json()[name] is False
    assert b"hunter2" not in answer.content
