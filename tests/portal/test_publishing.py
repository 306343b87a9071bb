"""A broker that does not answer keeps nobody waiting for longer than a moment, and then nobody at all."""

import pytest
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from notices.actions import tell
from notices.models import Notice
from portal import publishing
from portal.publishing import Hints


class Clock:
    """Stands still until it is told."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(publishing, "time", found)
    return found


@pytest.fixture
def hints(monkeypatch) -> tuple[Hints, list[str]]:
    """An application whose broker is away, and the names of the tasks that it was asked to take."""
    asked: list[str] = []

    def away(_self, name: str, **_more) -> None:
        asked.append(name)
        raise OperationalError("away")

    monkeypatch.setattr(publishing.Celery, "send_task", away)
    return Hints("hints", set_as_current=False), asked


def test_a_broker_that_failed_is_left_alone_for_some_seconds(hints, clock) -> None:
    app, asked = hints

    for name in ("first", "second"):
        with pytest.raises(OperationalError):
            app.send_task(name)
    clock.now += publishing.LEFT_ALONE
    with pytest.raises(OperationalError):
        app.send_task("third")

    assert asked == ["first", "third"]


def test_a_broker_that_answers_is_asked_each_time(hints, clock, monkeypatch) -> None:
    app, _asked = hints
    taken: list[str] = []
    monkeypatch.setattr(publishing.Celery, "send_task", lambda _self, name, **_more: taken.append(name))

    app.send_task("first")
    app.send_task("second")

    assert taken == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_what_is_told_stands_though_the_broker_is_away(resident, now, monkeypatch) -> None:
    def away(**_what) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("notices.actions.deliver.delay", away)

    with transaction.atomic():
        tell(resident_id=resident.pk, kind="record.withheld", subject=("link", "one"), at=now)

    assert Notice.objects.filter(resident=resident, settled_at=None).count() == 1


def test_connecting_and_writing_to_the_broker_have_an_end() -> None:
    assert settings.CELERY_BROKER_CONNECTION_TIMEOUT <= 2
    assert settings.CELERY_TASK_PUBLISH_RETRY_POLICY["max_retries"] == 1
    assert publishing.transport("amqp://broker//")["write_timeout"] <= 5
    assert publishing.transport("sqla+sqlite:///file") == {}
