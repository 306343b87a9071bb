"""Figures for whoever watches the service: counts and seconds by route, queue and state, nobody's data."""

import datetime
import hmac
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily

from links.models import Job, ReviewRun
from notices.models import Notice
from portal.models import Export
from portal.queues import NOTICES, PAPERS, RECORDS
from portal.task_figures import SECONDS, counted

ANSWERS = Histogram(
    "portal_web_seconds",
    "From taking a request to its answer",
    ["route", "method", "status"],
    buckets=SECONDS,
)
WAITING = Histogram("portal_web_wait_seconds", "From the proxy to a free process", buckets=SECONDS)
TURNED_AWAY = Counter("portal_web_turned_away", "Requests answered with the page that asks to wait")


def count_answers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Measure each answer under the name of its route: an address could hold whose page it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        route = match.view_name if match and match.view_name else "none"
        method = request.method if request.method in ("GET", "POST", "HEAD") else "other"
        seconds = time.perf_counter() - begun
        ANSWERS.labels(route, method, f"{response.status_code // 100}xx").observe(seconds)
        return response

    return middleware


@require_GET
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, for who shows the token; for everybody else there is nothing here."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    return HttpResponse(page(), content_type=CONTENT_TYPE_LATEST)


def page() -> bytes:
    """What all processes of this machine counted, and what the database says now."""
    registry = CollectorRegistry()
    registry.register(Waiting())
    return generate_latest(registry) + generate_latest(counted())


class Waiting:
    """What waits in the database: the state is there, a broker's messages are hints."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """How many, and how long the oldest has waited past its time."""
        depth = GaugeMetricFamily("portal_queue_depth", "What waits to be done", labels=["queue"])
        age = GaugeMetricFamily(
            "portal_queue_age_seconds", "How long the oldest is overdue", labels=["queue"]
        )
        now = timezone.now()
        for queue, (rows, column) in waiting(now).items():
            found = rows.aggregate(rows=Count("pk"), oldest=Min(column))
            depth.add_metric([queue], found["rows"])
            age.add_metric([queue], (now - found["oldest"]).total_seconds() if found["oldest"] else 0)
        yield from (depth, age, connections())


def waiting(now: datetime.datetime) -> dict[str, tuple[QuerySet, str]]:
    """Of each queue what is due, and since when; each is read from a small index."""
    return {
        NOTICES: (Notice.objects.due(at=now), "due_at"),
        RECORDS: (Job.objects.live(), "asked_at"),
        PAPERS: (Export.objects.due(at=now), "due_at"),
        "reviews": (ReviewRun.objects.filter(state=ReviewRun.State.OPEN), "started_at"),
    }


def connections() -> GaugeMetricFamily:
    """How many connections PostgreSQL serves, and how many it can."""
    family = GaugeMetricFamily("portal_database_connections", "Connections", labels=["what"])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity")
            used, most = cursor.fetchone()
        family.add_metric(["used"], used)
        family.add_metric(["most"], most)
    return family
