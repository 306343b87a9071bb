"""Which element of a Coverage, and of those to whom it refers, fills which column."""

import datetime
from typing import Any

import pytest

from links.feeds.columns import FEEDS
from links.feeds.fhir.coverage import SOURCES
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER
from tests.links.feeds.resources import (
    HL7_RELATION,
    MEMBER_SYSTEM,
    OLD_RELATION,
    OWN_SYSTEM,
    Json,
    coverage,
    name,
    number,
    patient,
    reject_of,
    row_of,
)


def value(column: str, *, holder: Json | None = None, **more: Any) -> object:
    """What a Coverage with these elements has in that column."""
    return row_of(holder or patient(), coverage(**more)).values.get(column)


def test_a_coverage_with_its_patient_is_a_row_of_health_insurance():
    row = row_of(patient(), coverage())

    assert row.line == 2
    assert row.values == {
        "individual_number": NUMBER,
        "reference": "A1",
        "status": "active",
        "holder_name": "見本　花子",
        "holder_kana": "ミホン　ハナコ",
        "holder_birth_date": "1985-04-02",
        "holder_sex": "2",
        "holder_address": "埼玉県見本市1-2-3",
        "linked_on": datetime.date(2024, 5, 1),
        "insurer_number": "06139463",
        "insurer_name": "見本健康保険組合",
        "symbol": "あいう",
        "number": "１８７",
        "branch_number": "05",
        "relation": "1",
        "insured_name": "見本　花子",
        "insured_kana": "ミホン　ハナコ",
        "qualified_on": datetime.date(2024, 5, 1),
    }


def test_every_element_fills_a_column_of_the_feed():
    assert set(SOURCES) <= {column.name for column in FEEDS["health_insurance"].columns}


@pytest.mark.parametrize(
    ("code", "status"), [("active", "active"), ("cancelled", "ended"), ("entered-in-error", "removed")]
)
def test_a_status_is_that_of_a_record(code: str, status: str):
    assert value("status", status=code) == status


@pytest.mark.parametrize("code", ["draft", "ended", "Active"])
def test_another_status_is_rejected(code: str):
    reject = reject_of(patient(), coverage(status=code))

    assert (reject.line, reject.column, reject.value) == (2, "Coverage.status", code)


@pytest.mark.parametrize(
    ("identifiers", "reference"),
    [
        ([{"system": OWN_SYSTEM, "value": " Ａ1 "}], " Ａ1 "),
        ([{"value": "B7"}], "B7"),
        ([{"system": MEMBER_SYSTEM, "value": "06139463:あいう:１８７:05"}], "06139463:あいう:１８７:05"),
        ([{"system": MEMBER_SYSTEM, "value": "x"}, {"system": OWN_SYSTEM, "value": "A1"}], "A1"),
        ([{"use": "old", "value": "A0"}, {"value": "A1"}], "A1"),
        ([{"system": OWN_SYSTEM}], "c1"),
        ([number()], "c1"),
        (None, "c1"),
    ],
)
def test_the_reference_is_the_insurers_own_identifier_or_else_the_id(
    identifiers: list[Json] | None, reference: str
):
    assert value("reference", identifier=identifiers) == reference


@pytest.mark.parametrize(
    ("codings", "relation"),
    [
        ([{"system": OLD_RELATION, "code": "2"}], "2"),
        ([{"system": "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuredPersonCategory", "code": "2"}], "2"),
        ([{"system": HL7_RELATION, "code": "self"}], "1"),
        ([{"system": HL7_RELATION, "code": "spouse"}], "2"),
        ([{"system": HL7_RELATION, "code": "self"}, {"system": OLD_RELATION, "code": "2"}], "2"),
        ([{"system": HL7_RELATION, "code": "injured"}], None),
        ([{"system": "https://elsewhere.example", "code": "1"}], None),
    ],
)
def test_the_relation_is_read_in_the_codes_of_japan_and_of_hl7(codings: list[Json], relation: str | None):
    assert value("relation", relationship={"coding": codings}) == relation


@pytest.mark.parametrize(
    ("period", "disqualified_on"),
    [
        ({"start": "2024-05-01", "end": "2026-03-31"}, datetime.date(2026, 3, 31)),
        ({"start": "2024-05-01", "end": "2026-03-31T15:30:00Z"}, datetime.date(2026, 4, 1)),
        ({"start": "2024-05-01", "end": "2027-03-31"}, None),
        ({"start": "2024-05-01", "end": "9999-12-31T23:59:59Z"}, None),
        ({"start": "2024-05-01"}, None),
    ],
)
def test_the_end_of_the_period_disqualifies_once_it_has_come(
    period: Json, disqualified_on: datetime.date | None
):
    assert value("disqualified_on", period=period) == disqualified_on


@pytest.mark.parametrize(
    ("identifier", "period", "linked_on"),
    [
        (number(period={"start": "2016-01-10"}), {"start": "2024-05-01"}, datetime.date(2016, 1, 10)),
        (number(), {"start": "2024-05-01"}, datetime.date(2024, 5, 1)),
        (number(), None, datetime.date(2026, 9, 1)),
    ],
)
def test_the_number_was_linked_when_it_became_the_patients_or_the_insurance_began(
    identifier: Json, period: Json | None, linked_on: datetime.date
):
    assert value("linked_on", holder=patient(identifier=[identifier]), period=period) == linked_on


@pytest.mark.parametrize(
    ("names", "kanji", "kana"),
    [
        ([name("SYL", "ミホン", "ハナコ")], None, "ミホン　ハナコ"),
        ([name("", "見本", "花子")], "見本　花子", None),
        ([name("", "ミホン", "ハナコ")], None, "ミホン　ハナコ"),
        ([name("ABC", "MIHON", "HANAKO")], "MIHON　HANAKO", None),
        ([name("ABC", "MIHON", "HANAKO"), name("IDE", "見本", "花子")], "見本　花子", None),
        ([name("IDE", "旧姓", "花子", use="old"), name("IDE", "見本", "花子")], "見本　花子", None),
        ([name("IDE", "通称", "花"), name("IDE", "見本", "花子", use="official")], "見本　花子", None),
        ([{"text": "見本 花子"}], "見本 花子", None),
        ([{"given": ["花子", None]}], "花子", None),
        ([{"family": "見本", "given": ["花子", "マリア"]}], "見本　花子　マリア", None),
        ([{}], None, None),
    ],
)
def test_a_name_is_found_by_its_representation(names: list[Json], kanji: str | None, kana: str | None):
    row = row_of(patient(name=names), coverage())

    assert (row.values.get("holder_name"), row.values.get("holder_kana")) == (kanji, kana)


@pytest.mark.parametrize(
    ("addresses", "address"),
    [
        ([{"state": "埼玉県", "city": "見本市", "line": ["1-2-3", "見本荘"]}], "埼玉県見本市1-2-3見本荘"),
        ([{"use": "old", "text": "東京都"}, {"text": "埼玉県"}], "埼玉県"),
        ([{"use": "work", "text": "東京都"}, {"use": "home", "text": "埼玉県"}], "埼玉県"),
        ([], None),
    ],
)
def test_an_address_is_one_text(addresses: list[Json], address: str | None):
    assert value("holder_address", holder=patient(address=addresses)) == address


@pytest.mark.parametrize(("written", "kept"), [("1985", "1985-00-00"), ("1985-04", "1985-04-00")])
def test_a_birth_date_may_lack_its_day(written: str, kept: str):
    assert value("holder_birth_date", holder=patient(birthDate=written)) == kept


@pytest.mark.parametrize(("percent", "ratio"), [(30, "030"), (30.0, "030"), (10, "010")])
def test_the_share_of_the_holder_is_a_percentage(percent: float, ratio: str):
    cost = [{"type": {"coding": [{"code": "copaypct"}]}, "valueQuantity": {"value": percent, "unit": "%"}}]

    assert value("copay_ratio", costToBeneficiary=cost) == ratio


def test_other_costs_are_not_the_share():
    cost = [{"type": {"coding": [{"code": "deductible"}]}, "valueMoney": {"value": 3000}}]

    assert value("copay_ratio", costToBeneficiary=cost) is None


def test_the_branch_is_also_found_where_fhir_has_dependants():
    assert value("branch_number", extension=None, dependent="０３") == "03"


def test_two_numbers_of_one_patient_are_rejected():
    reject = reject_of(patient(identifier=[number(), number(OTHER_NUMBER)]), coverage())

    assert (reject.column, reject.reason) == (
        "Patient.identifier",
        "This Patient has several individual numbers.",
    )


def test_a_number_that_the_patient_had_before_is_none():
    holder = patient(identifier=[number(OTHER_NUMBER, use="old"), number("7517-0365-1475")])

    assert value("individual_number", holder=holder) == NUMBER
