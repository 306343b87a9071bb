"""FHIR resources as JP Core has them, and what came of reading or importing a file of them."""

import io
import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.intake.reading import Reject, Row
from accounts.intake.whole import Listeners, Report
from links.feeds import store
from links.feeds.columns import FEEDS
from links.feeds.fhir.reading import FhirReading
from tests.accounts.intake.files import NUMBER
from tests.links.feeds.feeding import TODAY

Json = dict[str, Any]
REPRESENTATION = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation"
IN_COVERAGE = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPerson"
OWN_SYSTEM = "https://clearing.example/coverage"
MEMBER_SYSTEM = "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID"
OLD_INSURER_SYSTEM = "urn:oid:1.2.392.100495.20.3.61"
INSURER_SYSTEM = "http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber"
HL7_RELATION = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
OLD_RELATION = "urn:oid:1.2.392.100495.20.2.62"


def name(representation: str, family: str, given: str, **more: Any) -> Json:
    """A name in kanji (IDE) or kana (SYL)."""
    marked = {"extension": [{"url": REPRESENTATION, "valueCode": representation}]} if representation else {}
    return marked | {"text": f"{family} {given}", "family": family, "given": [given]} | more


def number(value: str = NUMBER, **more: Any) -> Json:
    """An individual number as an identifier."""
    return {"system": settings.FHIR_NUMBER_SYSTEM, "value": value} | more


def patient(**more: Any) -> Json:
    """Hanako, whose number is in the register."""
    return {
        "resourceType": "Patient",
        "id": "hanako",
        "identifier": [number()],
        "name": [name("IDE", "見本", "花子"), name("SYL", "ミホン", "ハナコ")],
        "gender": "female",
        "birthDate": "1985-04-02",
        "address": [{"text": "埼玉県見本市1-2-3", "postalCode": "330-0000"}],
    } | more


def insurer(**more: Any) -> Json:
    """A health insurance society."""
    identifiers = [{"system": INSURER_SYSTEM, "value": "06139463"}]
    return {
        "resourceType": "Organization",
        "id": "society",
        "identifier": identifiers,
        "name": "見本健康保険組合",
    } | more


def coverage(**more: Any) -> Json:
    """Hanako's insurance."""
    return {
        "resourceType": "Coverage",
        "id": "c1",
        "meta": {"lastUpdated": "2026-09-01T10:00:00+09:00"},
        "extension": [
            {"url": f"{IN_COVERAGE}Symbol", "valueString": "あいう"},
            {"url": f"{IN_COVERAGE}Number", "valueString": "１８７"},
            {"url": f"{IN_COVERAGE}SubNumber", "valueString": "05"},
        ],
        "identifier": [{"system": OWN_SYSTEM, "value": "A1"}],
        "status": "active",
        "subscriber": {"reference": "Patient/hanako"},
        "beneficiary": {"reference": "Patient/hanako"},
        "relationship": {"coding": [{"system": OLD_RELATION, "code": "1"}]},
        "period": {"start": "2024-05-01"},
        "payor": [
            {
                "identifier": {"system": OLD_INSURER_SYSTEM, "value": "06139463"},
                "display": "見本健康保険組合",
            }
        ],
    } | more


def ndjson(*resources: object) -> bytes:
    """A file of these, one a line; bytes are a line as it is."""
    lines = (
        one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in resources
    )
    return b"\n".join(lines)


def read(*resources: object) -> list[Row | Reject]:
    """The rows and rejects of a file of these."""
    return read_with_warnings(*resources)[0]


def read_with_warnings(*resources: object) -> tuple[list[Row | Reject], dict[str, int]]:
    """The same, and the warnings."""
    with FhirReading(io.BytesIO(ndjson(*resources)), FEEDS["health_insurance"], today=TODAY) as reading:
        return list(reading), dict(reading.warnings)


def row_of(*resources: object) -> Row:
    """The one row of a file of these."""
    (row,) = read(*resources)
    assert isinstance(row, Row), row
    return row


def reject_of(*resources: object) -> Reject:
    """The one reject of a file of these."""
    (reject,) = read(*resources)
    assert isinstance(reject, Reject), reject
    return reject


def imported(*resources: object, **order: Any) -> tuple[Report, list[Reject]]:
    """What came of importing a file of these, and the rejected rows."""
    rejects: list[Reject] = []
    wanted = {
        "institution": "HI0001",
        "category": "health_insurance",
        "format": "fhir",
        "today": TODAY,
        "at": timezone.now(),
    }
    report = store.import_feed(
        io.BytesIO(ndjson(*resources)),
        store.Order(**wanted | order),
        listeners=Listeners(reject=rejects.append),
    )
    return report, rejects
