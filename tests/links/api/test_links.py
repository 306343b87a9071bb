"""One link over HTTP: sent, ended, asked about."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from links.actions import unlink
from links.feeds.rollback import rollback
from links.models import Change, FeedImport, Hold, Link
from links.review import settle
from tests import factories
from tests.accounts.intake.files import NUMBER, OTHER_NUMBER
from tests.links.api.calling import PENSION, Machine, machine
from tests.links.feeds import feeding

pytestmark = pytest.mark.django_db


def test_a_link_that_is_sent_is_stored_as_a_file_would_have_stored_it(
    pension_machine: Machine, hanako
) -> None:
    answer = pension_machine.put("A1", pension_number="1234567890")

    made = Link.objects.get()
    assert answer.status_code == 201
    assert (made.resident, made.institution) == (hanako, pension_machine.client.institution)
    assert (made.reference, made.holder_name, made.verdict) == ("A1", "見本　花子", "")
    assert made.details == {"pension_number": "1234567890"}


def test_its_history_names_the_import_and_that_the_machine(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")

    change, imported = Change.objects.get(), FeedImport.objects.get()
    assert (change.kind, change.feed_import) == ("created", imported)
    assert (imported.client, imported.state, imported.rows) == (pension_machine.client, "done", 1)


def test_a_file_with_the_same_row_changes_nothing(pension_machine: Machine, hanako) -> None:
    pension_machine.put(
        "A1", pension_number="1234567890", holder_kana="ミホン　ハナコ", obtained_by="lookup_4"
    )

    report = feeding.imported(feeding.row("A1"))

    assert feeding.figures(report) == (0, 0, 1, 0, 0)


def test_the_answer_says_how_it_stands_and_nothing_of_the_person(pension_machine: Machine, hanako) -> None:
    answer = pension_machine.put("A1")

    assert answer.json() == {
        "category": "pension",
        "reference": "A1",
        "status": "active",
        "under_confirmation": False,
        "disputed_since": None,
        "checked_on": None,
    }


def test_sending_it_again_changes_nothing(pension_machine: Machine, hanako, queued) -> None:
    pension_machine.put("A1")
    before = Link.objects.values().get()

    answer = pension_machine.put("A1")

    assert answer.status_code == 200
    assert Link.objects.values().get() == before
    assert Change.objects.count() == 1


def test_a_change_is_stored_and_asks_for_a_new_verdict(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")
    Link.objects.update(verdict="match")

    answer = pension_machine.put("A1", holder_name="見本　華子")

    change = Change.objects.latest("pk")
    assert answer.status_code == 200
    assert (change.before, change.after) == ({"holder_name": "見本　花子"}, {"holder_name": "見本　華子"})
    assert Link.objects.get().verdict == ""


def test_what_is_new_or_changed_is_reviewed_and_what_is_not_is_not(
    pension_machine: Machine, hanako, queued, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pension_machine.put("A1")
        pension_machine.put("A1")
        pension_machine.put("A1", holder_name="見本　華子")
        pension_machine.end("A1")
        pension_machine.end("A1")

    assert queued == ["review"] * 3


def test_a_record_may_move_to_another_number(pension_machine: Machine, hanako, taro) -> None:
    pension_machine.put("A1")

    pension_machine.put("A1", individual_number=OTHER_NUMBER)

    assert Link.objects.get().resident == taro


@pytest.mark.parametrize(
    "reference",
    ["A/1", "../A", "..", "A?b=c&d", "A#1", "A%2F1", "A+1", " A1 ", "番号／１", "a\nb", "😀" * 1000],
)
def test_any_reference_is_kept_exactly_as_it_came(pension_machine: Machine, hanako, reference) -> None:
    answer = pension_machine.put(reference)

    assert answer.status_code == 201
    assert answer.json()["reference"] == Link.objects.get().reference == reference
    assert pension_machine.ask(reference).status_code == 200


def test_a_field_that_is_null_is_a_field_that_was_not_sent(pension_machine: Machine, hanako) -> None:
    pension_machine.call("PUT", "A1", PENSION)

    answer = pension_machine.call("PUT", "A1", PENSION | {"pension_number": None, "holder_kana": None})

    assert answer.status_code == 200
    assert Change.objects.count() == 1


def test_ending_a_link_says_so_in_its_history_and_asks_for_a_new_verdict(
    pension_machine: Machine, hanako
) -> None:
    pension_machine.put("A1")
    Link.objects.update(verdict="match")

    answer = pension_machine.end("A1")

    link, change = Link.objects.get(), Change.objects.latest("pk")
    assert (answer.status_code, answer.json()["status"]) == (200, "ended")
    assert (link.status, link.verdict, link.feed_import) == ("ended", "", change.feed_import)
    assert (change.kind, change.before, change.after) == (
        "updated",
        {"status": "active"},
        {"status": "ended"},
    )
    assert change.undo["verdict"] == "match"


def test_ending_it_again_changes_nothing(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")
    pension_machine.end("A1")

    answer = pension_machine.end("A1")

    assert (answer.status_code, answer.json()["status"]) == (200, "ended")
    assert Change.objects.count() == 2


def test_an_ended_link_that_is_sent_again_is_active_again(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")
    pension_machine.end("A1")

    answer = pension_machine.put("A1")

    assert (answer.status_code, answer.json()["status"]) == (200, "active")


def test_a_dispute_is_told_since_when_it_began_and_while_it_lasts(
    pension_machine: Machine, hanako, support
) -> None:
    pension_machine.put("A1")
    link, first = Link.objects.get(), timezone.now()
    settle.withhold([link.pk], source=Hold.Source.REVIEW, by=None, at=first)
    later = first + datetime.timedelta(hours=1)
    settle.withhold([link.pk], source=Hold.Source.REPORT, reference="R1", by=support, at=later)

    told = pension_machine.ask("A1").json()
    settle.lift([link.pk], source=Hold.Source.REVIEW, by=support, at=later)
    afterwards = pension_machine.ask("A1").json()

    assert told["under_confirmation"] is True
    assert datetime.datetime.fromisoformat(told["disputed_since"]) == first.replace(
        microsecond=first.microsecond // 1000 * 1000
    )
    assert afterwards["under_confirmation"] is True
    assert afterwards["disputed_since"] > told["disputed_since"]


def test_a_link_that_was_released_is_not_disputed(pension_machine: Machine, hanako, support) -> None:
    pension_machine.put("A1")
    link = Link.objects.get()
    settle.withhold([link.pk], source=Hold.Source.REVIEW, by=None, at=timezone.now())
    settle.lift([link.pk], source=Hold.Source.REVIEW, by=support, at=timezone.now())

    told = pension_machine.ask("A1").json()

    assert (told["under_confirmation"], told["disputed_since"]) == (False, None)


def test_a_link_that_was_checked_says_on_which_day(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")
    Link.objects.update(verdict="mismatch")
    at = datetime.datetime(2026, 10, 1, 16, 0, tzinfo=datetime.UTC)
    factories.FindingFactory.create(link=Link.objects.get(), found_at=at)

    told = pension_machine.ask("A1").json()

    assert told["checked_on"] == "2026-10-02"
    assert "mismatch" not in str(told)


def test_a_link_that_staff_took_off_the_number_is_told_as_such(
    pension_machine: Machine, hanako, support
) -> None:
    pension_machine.put("A1")
    unlink(link=Link.objects.get(), by=support, at=timezone.now())

    assert pension_machine.ask("A1").json()["status"] == "unlinked"


def test_who_asked_stands_in_the_trail_of_the_person(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")

    pension_machine.ask("A1")

    event = AuditEvent.objects.about(hanako).get()
    assert (event.verb, event.subject_id) == ("record.state_told", Link.objects.get().public_id)


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_link_of_another_institution_is_not_there(pension_machine: Machine, hanako, method) -> None:
    pension_machine.put("A1")
    stranger = machine(factories.InstitutionFactory.create())

    answer = stranger.call(method, "A1")

    assert answer.status_code == 404
    assert Link.objects.get().status == "active"


def test_the_same_reference_of_another_institution_is_another_link(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")

    answer = machine(factories.InstitutionFactory.create()).put("A1")

    assert answer.status_code == 201
    assert Link.objects.count() == 2


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_link_of_another_category_is_not_there(pension_machine: Machine, hanako, method) -> None:
    pension_machine.put("A1")

    assert pension_machine.call(method, "A1", category="tax").status_code == 404


def test_an_import_of_one_row_can_be_rolled_back(pension_machine: Machine, hanako) -> None:
    pension_machine.put("A1")
    Link.objects.update(verdict="match")
    pension_machine.end("A1")

    rollback(FeedImport.objects.latest("pk").pk, by=None, at=timezone.now())

    assert Link.objects.values("status", "verdict").get() == {"status": "active", "verdict": "match"}


def test_no_number_is_stored_in_clear_nor_told(pension_machine: Machine, hanako) -> None:
    answers = [pension_machine.put("A1"), pension_machine.ask("A1"), pension_machine.end("A1")]

    stored = (
        f"{list(Link.objects.values())}{list(Change.objects.values())}{list(FeedImport.objects.values())}"
    )
    assert NUMBER not in stored
    assert all(NUMBER not in answer.content.decode() for answer in answers)
