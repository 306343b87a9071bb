"""Who must wait: many requests of one machine, many losses, two requests at once, a file of the same feed."""

import json
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from links import guards
from links.feeds import single, turns
from links.models import FeedImport, Link
from tests.accounts.intake.files import OTHER_NUMBER
from tests.at_once import at_once
from tests.links.api.calling import Machine, machine

pytestmark = pytest.mark.django_db
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


@pytest.mark.usefixtures("one_minute")
def test_a_machine_that_asks_too_often_is_told_how_long_to_wait(
    pension_machine: Machine, pensions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "REQUESTS_A_MINUTE", 3)

    answers = [pension_machine.ask("A1") for _try in range(4)]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert machine(pensions).ask("A1").status_code == 404


@pytest.mark.usefixtures("one_minute")
def test_tokens_are_had_so_often_from_one_address(
    pension_machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "TOKENS_A_MINUTE", 2)

    answers = [pension_machine.ask_for_token() for _try in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"]


@pytest.mark.usefixtures("one_minute")
@pytest.mark.parametrize(
    "loss", [{"individual_number": OTHER_NUMBER}, {"status": "ended"}, {"status": "removed"}]
)
def test_only_so_many_records_leave_a_person_within_an_hour(
    pension_machine: Machine, hanako, taro, monkeypatch: pytest.MonkeyPatch, loss
) -> None:
    monkeypatch.setattr(guards, "LOSSES_AN_HOUR", 1)
    for reference in ("A1", "A2"):
        pension_machine.put(reference)

    answers = [pension_machine.put(reference, **loss) for reference in ("A1", "A2")]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert Link.objects.filter(status="active", resident=hanako).get().reference == "A2"
    assert pension_machine.end("A2").status_code == 429
    assert pension_machine.put("A2", holder_name="見本　華子").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_both_stored(pension_machine: Machine, hanako) -> None:
    answers = at_once(
        *[lambda place=place: pension_machine.put(f"A{place}").status_code for place in range(4)]
    )

    assert answers == [201] * 4
    assert set(FeedImport.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db(transaction=True)
def test_the_same_link_twice_at_once_is_made_once(pension_machine: Machine, hanako) -> None:
    answers = at_once(*[lambda: pension_machine.put("A1").status_code] * 3)

    assert sorted(answers) == [200, 200, 201]
    assert Link.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sent_and_ended_at_once_it_is_one_or_the_other(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")

    answers = at_once(
        lambda: pension_machine.put("A1", holder_name="見本　華子").status_code,
        lambda: pension_machine.end("A1").status_code,
    )

    assert answers == [200, 200]


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_while_a_file_of_the_feed_is_imported_the_machine_must_wait(
    pension_machine: Machine, hanako, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAITS_FOR_DEATH", "10ms")
    running, done = threading.Event(), threading.Event()
    file = FeedImport.objects.create(
        institution=pension_machine.client.institution, category="pension", started_at=timezone.now()
    )

    def hold_until_done() -> None:
        with transaction.atomic():
            turns.hold(file)
            running.set()
            done.wait(30)
        connection.close()

    thread = threading.Thread(target=hold_until_done)
    thread.start()
    running.wait(30)
    answers = [pension_machine.put("A1")]
    elsewhere = pension_machine.call("PUT", "A1", json.loads(body()), category="tax")
    done.set()
    thread.join()

    assert (answers[0].status_code, answers[0]["Retry-After"]) == (503, "30")
    assert elsewhere.status_code == 201
    assert pension_machine.put("A1").status_code == 201


def body() -> str:
    """A tax record."""
    return '{"individual_number": "751703651475", "linked_on": "2024-05-01"}'


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_for_another_request_is_told_to_come_again(
    pension_machine: Machine, hanako, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "LOCK_WAITS", "50ms")
    began, done = threading.Event(), threading.Event()

    def keep_the_feed() -> None:
        with transaction.atomic():
            FeedImport.objects.create(
                institution=pension_machine.client.institution, category="pension", started_at=timezone.now()
            )
            began.set()
            done.wait(30)
            transaction.set_rollback(True)
        connection.close()

    thread = threading.Thread(target=keep_the_feed)
    thread.start()
    began.wait(30)
    answer = pension_machine.put("A1")
    done.set()
    thread.join()

    assert answer.status_code == 503
    assert not Link.objects.exists()
