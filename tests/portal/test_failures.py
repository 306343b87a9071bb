"""What people see when an answer could not be made."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains
from redis.exceptions import RedisError

from notices.actions import tell
from notices.models import Notice
from reports.models import Report


@pytest.fixture
def at_home(resident_user) -> Client:
    """The resident at a browser that shows whatever comes."""
    client = Client(raise_request_exception=False)
    client.force_login(resident_user)
    return client


def refused(problem: Exception, *, word: str):
    """A database that raises the problem for every statement with that word."""

    def wrapper(execute, sql, params, many, context):
        if word in sql:
            raise problem
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.mark.parametrize("problem", [OperationalError("database is locked"), InterfaceError("closed")])
@pytest.mark.parametrize("word", ["accounts_session", "notices_notice"])
def test_when_the_database_is_not_to_be_had_people_are_asked_to_come_again(at_home, problem, word) -> None:
    with refused(problem, word=word):
        response = at_home.get(reverse("portal:home"))

    assertContains(response, "いまは受け付けられません", status_code=503)
    assert response["Retry-After"] == "60"


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_written_is_said_and_changed_nothing(at_home, link, now) -> None:
    subject = ("link", link.public_id)
    notice = tell(resident_id=link.resident_id, kind="record.withheld", subject=subject, at=now)

    with refused(OperationalError("database is locked"), word="UPDATE"):
        response = at_home.get(reverse("portal:notice", args=[notice.public_id]))

    assert response.status_code == 503
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_a_fault_of_ours_is_called_one(at_home) -> None:
    with refused(ZeroDivisionError(), word="notices_notice"):
        response = at_home.get(reverse("portal:home"))

    assertContains(response, "うまく表示できませんでした", status_code=500)


def silent(*_what, **_more) -> None:
    """A cache that is away."""
    raise RedisError("away")


def test_without_the_cache_what_was_begun_can_be_sent(at_home, link, monkeypatch) -> None:
    monkeypatch.setattr("accounts.limits.cache.get_many", silent)

    response = at_home.post(reverse("reports:question", args=[link.public_id, "what"]), {"kind": "saw_other"})

    assert (response.status_code, Report.objects.filter(link=link).count()) == (302, 1)


def test_without_the_cache_nobody_may_guess(db, monkeypatch) -> None:
    monkeypatch.setattr("accounts.limits.cache.get_many", silent)
    monkeypatch.setattr("accounts.limits.cache.add", silent)

    response = Client(raise_request_exception=False).get(
        reverse("certificates:check"), {"code": "C-2345-6789"}
    )

    assertContains(response, "いまは受け付けられません", status_code=503)
