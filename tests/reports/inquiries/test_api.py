"""An institution's machine reads what the institution is asked, and answers once."""

import pytest

from accounts.models import AuditEvent
from links.models import ApiClient
from reports.kinds import State
from reports.models import Inquiry, Report
from tests.factories import InstitutionFactory
from tests.links.api.calling import machine

INQUIRIES = "/api/v1/inquiries"
ANSWER = {"done": True, "text": "The holder is the father."}


@pytest.fixture
def bank(institution):
    """A machine of the institution of the record."""
    return machine(institution)


def test_a_machine_reads_the_question_with_its_own_reference_and_nothing_of_the_resident(bank, inquiry, link):
    answer = bank.send("GET", INQUIRIES)

    (asked,) = answer.json()
    assert (asked["id"], asked["category"], asked["reference"]) == (
        inquiry.public_id,
        link.category,
        link.reference,
    )
    assert link.resident.name not in answer.content.decode()
    assert AuditEvent.objects.filter(verb="inquiry.opened", resident=link.resident).exists()


def test_a_machine_answers_once(bank, inquiry):
    first = bank.send("PUT", f"{INQUIRIES}/{inquiry.public_id}", ANSWER)
    second = bank.send("PUT", f"{INQUIRIES}/{inquiry.public_id}", ANSWER | {"done": False})

    assert first.json() == second.json() == {"id": inquiry.public_id, "state": "done"}
    kept = Inquiry.objects.get()
    assert (kept.client, kept.answered_by, kept.answer) == (bank.client, None, ANSWER["text"])
    assert Report.objects.get().state == State.TRIAGED
    assert bank.send("GET", INQUIRIES).json() == []


def test_another_institution_s_machine_finds_nothing(inquiry):
    other = machine(InstitutionFactory.create())

    assert other.send("GET", INQUIRIES).json() == []
    assert other.send("PUT", f"{INQUIRIES}/{inquiry.public_id}", ANSWER).status_code == 404
    assert Inquiry.objects.get().is_open


def test_a_machine_that_may_only_read_does_not_answer(institution, inquiry):
    reader = machine(institution, ApiClient.Scope.READ)

    assert reader.send("PUT", f"{INQUIRIES}/{inquiry.public_id}", ANSWER).status_code == 403


@pytest.mark.parametrize(
    "body",
    [{}, *(ANSWER | wrong for wrong in ({"done": "yes"}, {"text": " "}, {"text": "x" * 2001}, {"more": 1}))],
)
def test_what_cannot_be_an_answer_is_refused(bank, inquiry, body):
    assert bank.send("PUT", f"{INQUIRIES}/{inquiry.public_id}", body).status_code == 422
    assert Inquiry.objects.get().is_open


def test_an_individual_number_is_not_stored(bank, inquiry):
    body = ANSWER | {"text": "The number is 123456789018."}

    assert bank.send("PUT", f"{INQUIRIES}/{inquiry.public_id}", body).status_code == 422
    assert Inquiry.objects.get().is_open
