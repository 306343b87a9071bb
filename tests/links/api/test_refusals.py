"""What the API says when it refuses: problem details, in plain words, and nothing of what was sent."""

import json
import logging

import pytest

from links.feeds import store
from links.models import ApiClient, FeedImport, Link
from tests.accounts.intake.files import NUMBER
from tests.links.api.calling import LINKS, PENSION, TOKEN, Machine, machine
from tests.links.feeds.feeding import STRANGER

pytestmark = pytest.mark.django_db
ADDRESS = f"{LINKS}pension?reference=A1"


def problem(answer, status: int, code: str) -> dict:
    """The problem that the answer tells, once it is known to be one."""
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (told["status"], told["type"]) == (status, f"tag:tsunagari.example,2026:problem/{code}")
    assert told["title"]
    return told


def errors(answer) -> dict[str, str]:
    """What is wrong, by field."""
    return {each["field"]: each["detail"] for each in problem(answer, 422, "unusable")["errors"]}


@pytest.mark.parametrize(
    ("columns", "field", "reason"),
    [
        ({"individual_number": "123456789012"}, "individual_number", "check digit"),
        ({"individual_number": "12345"}, "individual_number", "12 digits"),
        ({"individual_number": None}, "individual_number", "must not be empty"),
        ({"individual_number": "７５１７０３６５１４７５"}, "individual_number", "OpenAPI document"),
        ({"individual_number": 751703651475}, "individual_number", "must be a text"),
        ({"linked_on": "2024-02-30"}, "linked_on", "does not exist"),
        ({"linked_on": "2124-01-01"}, "linked_on", "in the future"),
        ({"linked_on": "令和6年5月1日"}, "linked_on", "OpenAPI document"),
        ({"linked_on": "0000-00-00"}, "linked_on", "must not be empty"),
        ({"pension_number": "12"}, "pension_number", "number of digits"),
        ({"pension_number": ""}, "pension_number", "OpenAPI document"),
        ({"status": "gone"}, "status", "not one of those"),
        ({"obtained_by": "guessed"}, "obtained_by", "OpenAPI document"),
        ({"holder_name": "a\0b"}, "holder_name", "control characters"),
        ({"holder_name": "\ud800"}, "holder_name", "control characters"),
        ({"holder_name": "x" * 1001}, "holder_name", "1,000 characters"),
        ({"bank_code": "0001"}, "bank_code", "not known here"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_the_reason(
    pension_machine: Machine, hanako, columns, field, reason
) -> None:
    answer = pension_machine.put("A1", **columns)

    assert reason in errors(answer)[field]
    assert not Link.objects.exists()
    assert not FeedImport.objects.exists()


def test_every_field_that_is_wrong_is_named_at_once(pension_machine: Machine, hanako) -> None:
    answer = pension_machine.put("A1", linked_on="x", pension_number="x", status="x")

    assert set(errors(answer)) == {"linked_on", "pension_number", "status"}


def test_reasons_are_in_the_language_that_is_asked_for(pension_machine: Machine, hanako) -> None:
    body = PENSION | {"linked_on": "2124-01-01"}

    answer = pension_machine.send("PUT", ADDRESS, body, **{"accept-language": "ja"})

    assert errors(answer)["linked_on"] == "日付が未来です。"


def test_a_person_whom_the_register_does_not_know_is_a_conflict_and_nothing_is_stored(
    pension_machine: Machine, hanako
) -> None:
    answer = pension_machine.put("A1", individual_number=STRANGER)

    assert problem(answer, 409, "not-in-register")["errors"][0]["field"] == "individual_number"
    assert not Link.objects.exists()
    assert not FeedImport.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "{",
        "[1",
        '{"a": NaN}',
        '{"linked_on": "a", "linked_on": "b"}',
        b"\xff",
        b"\xef\xbb\xbf{}",
        "[" * 60_000,
    ],
)
def test_what_is_no_json_is_malformed(pension_machine: Machine, hanako, body) -> None:
    answer = pension_machine.send("PUT", ADDRESS, body or " ")

    problem(answer, 400, "malformed")


@pytest.mark.parametrize("body", ["[]", '"x"', "1", "null", "[[]]"])
def test_what_is_no_object_is_unusable(pension_machine: Machine, hanako, body) -> None:
    assert list(errors(pension_machine.send("PUT", ADDRESS, body))) == [""]


def test_a_body_that_is_missing_is_unusable(pension_machine: Machine, hanako) -> None:
    assert errors(pension_machine.send("PUT", ADDRESS, ""))


def test_another_media_type_is_not_read(pension_machine: Machine, hanako) -> None:
    answer = pension_machine.send("PUT", ADDRESS, json.dumps(PENSION), content_type="text/plain")

    problem(answer, 415, "media-type")


def test_the_character_set_may_be_named(pension_machine: Machine, hanako) -> None:
    media = "application/json; charset=utf-8"

    assert pension_machine.send("PUT", ADDRESS, PENSION, content_type=media).status_code == 201


@pytest.mark.parametrize("address", [ADDRESS, TOKEN, "/api/v1/nothing"])
def test_a_large_body_is_refused_unread(pension_machine: Machine, hanako, address) -> None:
    problem(pension_machine.send("PUT", address, "x" * 65_537), 413, "too-large")


@pytest.mark.parametrize(
    "query",
    ["", "?", "?reference=", "?reference=%20", "?reference=a&reference=b", "?reference=a&x=1", "?ref=a"],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_address_without_just_one_reference_is_unusable(
    pension_machine: Machine, hanako, method, query
) -> None:
    answer = pension_machine.send(method, f"{LINKS}pension{query}", PENSION if method == "PUT" else None)

    assert list(errors(answer)) == ["reference"]
    assert not Link.objects.exists()


@pytest.mark.parametrize("reference", ["%00", "%1F", "x" * 1001])
def test_a_reference_that_no_file_could_have_is_unusable(pension_machine: Machine, hanako, reference) -> None:
    answer = pension_machine.send("PUT", f"{LINKS}pension?reference={reference}", PENSION)

    assert list(errors(answer)) == ["reference"]


@pytest.mark.parametrize("query", ["reference=%FF", "reference=%E3%81", "&".join(["reference=a"] * 50)])
def test_an_address_that_cannot_be_read_is_malformed(pension_machine: Machine, hanako, query) -> None:
    problem(pension_machine.send("GET", f"{LINKS}pension?{query}"), 400, "malformed")


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/links/none?reference=A1", "/api/v1/links/pension/A1", "/api/"]
)
def test_an_address_that_is_not_there_is_a_problem_too(pension_machine: Machine, address) -> None:
    problem(pension_machine.send("GET", address), 404, "not-found")


def test_a_link_that_is_not_there_is_a_problem(pension_machine: Machine) -> None:
    problem(pension_machine.ask("A1"), 404, "not-found")


@pytest.mark.parametrize(("method", "address"), [("POST", ADDRESS), ("PATCH", ADDRESS), ("GET", TOKEN)])
def test_a_method_that_is_not_known_names_those_that_are(pension_machine: Machine, method, address) -> None:
    answer = pension_machine.send(method, address)

    problem(answer, 405, "method")
    assert answer["Allow"]


def test_a_failure_of_ours_says_nothing_of_its_cause(
    pension_machine: Machine, hanako, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError(NUMBER)

    monkeypatch.setattr(store, "finish", fail)

    answer = pension_machine.put("A1")

    problem(answer, 500, "internal")
    assert NUMBER not in answer.content.decode()
    assert not Link.objects.exists()


def test_a_number_in_a_reference_is_refused(pension_machine: Machine, hanako) -> None:
    answer = pension_machine.put(f"A-{NUMBER}")

    assert "must not stand in an address" in errors(answer)["reference"]


@pytest.mark.parametrize(
    "address",
    [
        f"{LINKS}pension?reference=A1&individual_number={NUMBER}",
        f"{LINKS}pension?individual_number={NUMBER}",
        f"{LINKS}pension?reference={NUMBER}",
        f"{LINKS}pension/{NUMBER}",
        f"{LINKS}{NUMBER}?reference=A1",
    ],
)
def test_a_number_in_an_address_is_neither_told_nor_written_down(
    pension_machine: Machine, hanako, caplog: pytest.LogCaptureFixture, address
) -> None:
    caplog.set_level(logging.DEBUG)

    answer = pension_machine.send("PUT", address, PENSION)

    assert answer.status_code in (404, 422)
    assert NUMBER not in answer.content.decode()
    assert not [record for record in caplog.records if NUMBER in record.getMessage()]


def test_a_field_named_by_a_number_is_not_repeated(pension_machine: Machine, hanako) -> None:
    answer = pension_machine.send("PUT", ADDRESS, PENSION | {NUMBER: "x", "\ud800": "x", "x" * 5000: "x"})

    assert set(errors(answer)) == {""}


def test_whoever_may_only_read_cannot_send(pensions, hanako) -> None:
    reader = machine(pensions, ApiClient.Scope.READ)

    answer = reader.put("A1")

    problem(answer, 403, "scope-missing")
    assert 'error="insufficient_scope", scope="links:write"' in answer["WWW-Authenticate"]
