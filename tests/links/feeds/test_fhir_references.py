"""To whom a Coverage refers: in the file, inside itself, or by an identifier."""

import pytest

from accounts.intake.reading import Reject
from links.feeds.fhir.claims import NO_INSURER, NO_PATIENT
from links.feeds.fhir.reading import DIFFERENT_TWICE
from tests.links.feeds.feeding import NUMBER, OTHER_NUMBER
from tests.links.feeds.resources import (
    INSURER_SYSTEM,
    Json,
    coverage,
    insurer,
    name,
    number,
    patient,
    read,
    read_with_warnings,
    reject_of,
    row_of,
)

UUID = "4bc68294-1895-d159-655b-1bc7e83f52f3"


@pytest.mark.parametrize(
    "address",
    [
        "Patient/hanako",
        "Patient/hanako/_history/3",
        "https://insurer.example/fhir/Patient/hanako",
        "https://insurer.example/fhir/Patient/hanako/_history/3",
    ],
)
def test_a_patient_of_the_file_is_found_by_its_id(address: str):
    row = row_of(patient(), coverage(beneficiary={"reference": address}))

    assert row.values["individual_number"] == NUMBER


def test_a_patient_may_come_after_its_coverage():
    row = row_of(coverage(), patient())

    assert (row.line, row.values["individual_number"]) == (1, NUMBER)


def test_a_patient_may_be_found_by_a_uuid():
    row = row_of(patient(id=UUID), coverage(beneficiary={"reference": f"urn:uuid:{UUID}"}, subscriber=None))

    assert row.values["individual_number"] == NUMBER


def test_a_patient_may_be_contained():
    row = row_of(coverage(contained=[patient(id="p")], beneficiary={"reference": "#p"}))

    assert row.values["individual_number"] == NUMBER


def test_a_holder_may_be_named_by_the_number_alone():
    row = row_of(coverage(beneficiary={"identifier": number()}, subscriber=None))

    assert row.values["individual_number"] == NUMBER
    assert "holder_name" not in row.values


@pytest.mark.parametrize(
    "beneficiary",
    [
        None,
        {},
        {"reference": "Patient/somebody"},
        {"reference": "Patient/"},
        {"reference": "urn:uuid:"},
        {"reference": "#hanako"},
        {"reference": "#"},
        {"reference": "Organization/society"},
        {"reference": "hanako"},
        {"display": "見本 花子"},
        {"identifier": {"system": "https://elsewhere.example", "value": NUMBER}},
    ],
)
def test_a_coverage_without_a_patient_is_rejected(beneficiary: Json | None):
    reject = reject_of(patient(), patient(id=""), insurer(), coverage(beneficiary=beneficiary))

    assert (reject.line, reject.column, reject.reason) == (4, "Patient.identifier", NO_PATIENT)
    assert reject.cells["reference"] == "A1"


def test_a_patient_without_a_number_is_rejected():
    reject = reject_of(patient(identifier=[{"system": "urn:other", "value": NUMBER}]), coverage())

    assert (reject.column, reject.reason) == ("Patient.identifier", "This cell must not be empty.")


def test_two_patients_with_one_id_that_differ_reject_all_that_refers_to_them():
    rejects = read(patient(), coverage(), coverage(id="c2"), patient(identifier=[number(OTHER_NUMBER)]))

    assert [(one.line, one.reason) for one in rejects if isinstance(one, Reject)] == [
        (2, DIFFERENT_TWICE),
        (3, DIFFERENT_TWICE),
    ]


def test_a_patient_that_comes_twice_as_it_is_counts_once():
    assert row_of(patient(), coverage(), patient()).values["individual_number"] == NUMBER


def test_a_dependant_is_insured_through_somebody_else():
    taro = patient(
        id="taro", identifier=None, name=[name("IDE", "見本", "太郎"), name("SYL", "ミホン", "タロウ")]
    )

    row = row_of(patient(), taro, coverage(subscriber={"reference": "Patient/taro"}))

    assert (row.values["holder_name"], row.values["insured_name"]) == ("見本　花子", "見本　太郎")


def test_whoever_is_not_in_the_file_is_called_as_the_reference_calls_them():
    row = row_of(patient(), coverage(subscriber={"reference": "RelatedPerson/9", "display": "見本 太郎"}))

    assert row.values["insured_name"] == "見本 太郎"


@pytest.mark.parametrize(
    "payor",
    [
        {"identifier": {"system": INSURER_SYSTEM, "value": "06139463"}, "display": "見本健康保険組合"},
        {"reference": "Organization/society"},
        {"reference": "https://insurer.example/fhir/Organization/society"},
        {"reference": "#inside"},
    ],
)
def test_the_insurer_is_found_wherever_the_payor_leads(payor: Json):
    inside = insurer(id="inside")

    row = row_of(insurer(), patient(), coverage(payor=[payor], contained=[inside]))

    assert (row.values["insurer_number"], row.values["insurer_name"]) == ("06139463", "見本健康保険組合")


@pytest.mark.parametrize("payor", [None, [{"reference": "Organization/nowhere"}], [{"reference": "#c"}]])
def test_a_coverage_whose_insurer_is_not_known_is_kept_with_a_warning(payor: list[Json] | None):
    rows, warnings = read_with_warnings(patient(), coverage(payor=payor))

    assert not isinstance(rows[0], Reject)
    assert "insurer_number" not in rows[0].values
    assert warnings == {NO_INSURER: 1}


def test_a_wrong_check_digit_of_the_insurer_is_rejected():
    payor = {"identifier": {"system": INSURER_SYSTEM, "value": "06139462"}}

    reject = reject_of(patient(), coverage(payor=[payor]))

    assert (reject.column, reject.value) == ("Coverage.payor", "06139462")
