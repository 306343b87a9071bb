"""The rows of a health insurer that speaks FHIR: its insurers, and a Patient and a Coverage for each row."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from links.feeds.fhir.claims import INSURER_SYSTEMS
from links.feeds.fhir.coverage import BRANCH, NUMBER, RELATION_SYSTEMS, STATUSES, SYMBOL
from links.feeds.fhir.elements import KANA, KANJI, REPRESENTATION
from portal.sample.health import SOCIETY

REFERENCE_SYSTEM = "https://society.example/fhir/coverage"
CODES = {status: code for code, status in STATUSES.items()}
Row = Mapping[str, str]


def write_resources(path: Path, rows: Iterable[Row]) -> None:
    """One file; of a row, what FHIR has no element for is left out."""
    rows = list(rows)
    insurers = dict([SOCIETY, *((row["insurer_number"], row["insurer_name"]) for row in rows)])
    resources = [_insurer(number, name) for number, name in insurers.items()]
    for place, row in enumerate(rows):
        resources += [_patient(row, f"p{place}"), _coverage(row, f"c{place}", f"Patient/p{place}")]
    lines = (json.dumps(_filled(one), ensure_ascii=False) + "\n" for one in resources)
    path.write_text("".join(lines), encoding="utf-8")


def _insurer(number: str, name: str) -> dict[str, Any]:
    own = {"system": INSURER_SYSTEMS[0], "value": number}
    return {"resourceType": "Organization", "id": number, "identifier": [own], "name": name}


def _patient(row: Row, key: str) -> dict[str, Any]:
    number = {
        "system": settings.FHIR_NUMBER_SYSTEM,
        "value": row["individual_number"],
        "period": {"start": row["linked_on"]},
    }
    return {
        "resourceType": "Patient",
        "id": key,
        "identifier": [number],
        "name": _names(row["holder_name"], row["holder_kana"]),
        "gender": row["holder_sex"],
        "birthDate": row["holder_birth_date"],
        "address": [{"text": row["holder_address"]}],
    }


def _coverage(row: Row, key: str, patient: str) -> dict[str, Any]:
    names = _names(row["insured_name"], row["insured_kana"])
    return {
        "resourceType": "Coverage",
        "id": key,
        "contained": [{"resourceType": "RelatedPerson", "id": "insured", "name": names}],
        "extension": [
            _extension(SYMBOL, "valueString", row["symbol"]),
            _extension(NUMBER, "valueString", row["number"]),
            _extension(BRANCH, "valueString", row["branch_number"]),
        ],
        "identifier": [{"system": REFERENCE_SYSTEM, "value": row["reference"]}],
        "status": CODES[row["status"] or "active"],
        "subscriber": {"reference": "#insured"},
        "beneficiary": {"reference": patient},
        "relationship": {"coding": [{"system": RELATION_SYSTEMS[0], "code": row["relation"]}]},
        "period": {"start": row["qualified_on"]},
        "payor": [{"reference": f"Organization/{row['insurer_number']}"}],
        "costToBeneficiary": [_share(row["copay_ratio"])],
    }


def _names(kanji: str, kana: str) -> list[dict[str, Any]]:
    written = ((KANJI, kanji), (KANA, kana))
    marks = [(_extension(REPRESENTATION, "valueCode", code), name) for code, name in written if name]
    return [{"extension": [mark], "text": name} for mark, name in marks]


def _extension(url: str, kind: str, value: str) -> dict[str, str]:
    return {"url": url, kind: value}


def _share(ratio: str) -> dict[str, Any]:
    coding = {"system": "http://terminology.hl7.org/CodeSystem/coverage-copay-type", "code": "copaypct"}
    return {"type": {"coding": [coding]}, "valueQuantity": {"value": int(ratio), "unit": "%"}}


def _filled(resource: dict[str, Any]) -> dict[str, Any]:
    """Without the elements that are empty: FHIR has none."""
    return {name: value for name, value in resource.items() if value not in ("", [{"text": ""}])}
