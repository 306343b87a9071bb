"""The whole installation as it is shipped, of plain processes: proxy, two web processes, workers, servers."""

import pytest

from tests.deploy.visitors import ask
from tests.scratch.portal import wait_until

pytestmark = [pytest.mark.process, pytest.mark.kill]

UNSETTLED = b"SELECT count(*) FROM notices_notice WHERE settled_at IS NULL"
FACTS = """
from tests import factories
from notices.actions import tell
from django.utils import timezone
# another process counted from the beginning too
factories.ResidentFactory.reset_sequence(700)
factories.UserFactory.reset_sequence(700)
resident = factories.ResidentFactory.create()
factories.bound_user(resident)
for place in range(20):
    subject = ("link", f"fact-{place}")
    tell(resident_id=resident.pk, kind="record.withheld", subject=subject, at=timezone.now())
"""


def test_pages_come_through_the_proxy_from_both_processes(installation) -> None:
    installation.programs["web1"].stop()
    one = ask(installation.url + "/figures/")
    installation.start("web1")
    installation.programs["web2"].stop()
    other = ask(installation.url + "/figures/")
    installation.start("web2")

    assert [one.status, other.status] == [200, 200]
    assert one.headers["Strict-Transport-Security"]
    assert "Server" not in one.headers or "granian" not in one.headers["Server"]


def test_what_watches_the_service_is_not_reached_through_the_proxy(installation) -> None:
    inside = ["/health/ready/", "/health/metrics", "/health/"]

    assert [ask(installation.url + path).status for path in inside] == [404, 404, 404]
    assert ask(installation.url + "/health/live/").status == 200


def test_without_web_processes_people_are_asked_to_wait_in_three_languages(installation) -> None:
    webs = [installation.programs[name] for name in ("web1", "web2")]
    for web in webs:
        web.stop()

    answer = ask(installation.url + "/figures/")
    page = answer.text
    installation.start("web1", "web2")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert all(words in page for words in ("混み合って", "いそがしい", "We are very busy"))
    assert "sent as it was" in page


def test_a_body_without_measure_is_refused_in_plain_words(installation) -> None:
    answer = ask(installation.url + "/account/login/", body=b"x" * (61 * 1024 * 1024))

    assert answer.status == 413
    assert "too large" in answer.text


def test_where_somebody_comes_from_is_the_proxys_word(installation) -> None:
    """Whoever invents an address for each try is counted as one all the same."""
    invented = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http", "X-Request-Start": "0"}

    answer = ask(installation.url + "/figures/", **invented)

    assert answer.status == 200, "the proxy passed on what the visitor said"


def test_prometheus_reads_each_process_by_its_own_name_and_not_without_the_token(installation) -> None:
    port = installation.programs["web1"].port
    shown = {"Authorization": f"Bearer {installation.environment['METRICS_TOKEN']}"}

    read = ask(f"http://127.0.0.1:{port}/health/metrics", **shown)
    refused = ask(f"http://127.0.0.1:{port}/health/metrics")

    assert (read.status, refused.status) == (200, 404)
    assert "portal_queue_age_seconds" in read.text


def test_facts_are_told_by_the_worker_of_notices(installation) -> None:
    installation.programs["worker-records"].stop()
    installation.manage("shell", "--no-imports", "-c", FACTS)

    wait_until(lambda: installation.psql("portal", UNSETTLED) == b"0\n", within=60, what="telling")
    installation.start("worker-records")


def test_a_transaction_that_waits_without_end_is_ended(installation) -> None:
    """Both ways to the database have limits: the pooler sets those of who comes through it."""
    shown = installation.manage(
        "shell", "--no-imports", "-c", SHOW_LIMITS, DATABASE_POOLED="1", **pooled(installation)
    )

    assert shown.split() == ["30s", "10s", "1min"]


SHOW_LIMITS = """
from django.db import connection
with connection.cursor() as cursor:
    for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        cursor.execute(f"SHOW {name}")
        print(cursor.fetchone()[0])
"""


def pooled(installation) -> dict[str, str]:
    """The way through the pooler."""
    return {"DATABASE_URL": installation.environment["DATABASE_URL"]}
