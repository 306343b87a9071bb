"""Figures for who watches: by route and queue, never by person, and not for everybody."""

import datetime

import pytest

from notices.tasks import deliver
from portal.celery import stand_again, stand_in_task
from tests.notices.factories import NoticeFactory

TOKEN = "t" * 32
METRICS = "/health/metrics"


@pytest.fixture
def figures(client, db, settings):  # noqa: ANN201
    """What Prometheus reads."""
    settings.METRICS_TOKEN = TOKEN

    def read() -> str:
        answer = client.get(METRICS, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def value(page: str, name: str) -> float:
    """One figure of the page; 0 where it was never counted."""
    return next((float(line.split()[-1]) for line in page.splitlines() if line.startswith(name)), 0.0)


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong", f"Bearer {TOKEN}x", "Bearer é"])
def test_for_everybody_else_there_is_nothing(client, settings, shown) -> None:
    settings.METRICS_TOKEN = TOKEN

    assert client.get(METRICS, headers={"Authorization": shown}).status_code == 404


def test_without_a_token_of_the_installation_there_is_nothing(client, settings) -> None:
    settings.METRICS_TOKEN = ""

    assert client.get(METRICS, headers={"Authorization": "Bearer "}).status_code == 404


def test_answers_are_counted_by_route_not_by_address(figures, reader, link) -> None:
    name = 'portal_web_seconds_count{method="GET",route="links:record",status="2xx"}'
    before = value(figures(), name)

    reader.get(link.get_absolute_url())
    page = figures()

    assert value(page, name) == before + 1
    assert link.public_id not in page
    assert link.resident.name not in page


def test_the_age_of_a_queue_is_that_of_its_oldest(figures, resident, now) -> None:
    then = now - datetime.timedelta(minutes=5)
    for due_at in (now, then):
        NoticeFactory.create(resident=resident, due_at=due_at)

    page = figures()

    assert value(page, 'portal_queue_depth{queue="notices"}') == 2
    assert value(page, 'portal_queue_age_seconds{queue="notices"}') == pytest.approx(300, abs=30)
    assert value(page, 'portal_queue_depth{queue="papers"}') == 0


def test_the_cost_of_reading_does_not_grow(figures, django_assert_max_num_queries, resident, now) -> None:
    with django_assert_max_num_queries(5):
        figures()


def test_deliveries_are_counted_by_what_came_of_them(figures, resident_user, resident, now) -> None:
    NoticeFactory.create(resident=resident)
    name = 'portal_deliveries_total{channel="email",state="accepted"}'
    before = value(figures(), name)

    deliver()

    assert value(figures(), name) == before + 1


def test_tasks_are_timed_by_name(figures) -> None:
    name = 'portal_task_seconds_count{state="SUCCESS",task="notices.tasks.deliver"}'
    before = value(figures(), name)

    stand_in_task(task_id="one")
    stand_again(task_id="one", task=deliver, state="SUCCESS")

    assert value(figures(), name) == before + 1
