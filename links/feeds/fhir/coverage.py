"""A Coverage of JP Core as the cells of a row: which element fills which column (feeds.md)."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from accounts.intake.fields import NOT_IN_LIST, only_digits
from links.feeds.fhir.claims import Claim
from links.feeds.fhir.elements import (
    KANA,
    KANJI,
    LATIN,
    NOT_FORMED,
    UNMARKED,
    address_of,
    codes,
    day,
    extension,
    identifiers,
    part,
    parts,
    text,
)
from links.feeds.fhir.lines import Json, Unusable
from links.review.rules.dates import read_date

SEVERAL_NUMBERS = _("This Patient has several individual numbers.")

SYMBOL, NUMBER, BRANCH = (
    f"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPerson{name}"
    for name in ("Symbol", "Number", "SubNumber")
)
# insurer, symbol, number and branch in one text: somebody who comes back to an insurer may have it again
MEMBER_SYSTEMS = (
    "http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID",
    "http://jpfhir.jp/fhir/core/IdSystem/JP_Coverage_id",
    "http://jpfhir.jp/fhir/core/Idsystem/JP_Insurance_SubscriberID",
    "http://jpfhir.jp/fhir/core/Idsystem/JP_Insurance_SubscriberCsvID",
)
# of JP Core 1.2 and newer, and of what came before
RELATION_SYSTEMS = (
    "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/InsuredPersonCategory",
    "urn:oid:1.2.392.100495.20.2.62",
)
HL7_RELATION_SYSTEM = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
HL7_RELATIONS = {"self": "1"} | dict.fromkeys(("child", "parent", "spouse", "common", "other"), "2")
STATUSES = {"": "", "active": "active", "cancelled": "ended", "entered-in-error": "removed"}


class Source(NamedTuple):
    """How the sender calls the element, and how it is read as a cell; raises Unusable."""

    element: str
    read: Callable[[Claim], str]


def of_patient(element: str, read: Callable[[Json], str]) -> Source:
    """An element of the holder."""
    return Source(f"Patient.{element}", lambda claim: read(claim.holder))


def of_coverage(element: str, read: Callable[[Json], str]) -> Source:
    """An element of the Coverage itself."""
    return Source(f"Coverage.{element}", lambda claim: read(claim.coverage))


def individual_number(claim: Claim) -> str:
    """The one number of the holder."""
    written = [text(one, "value") for one in claim.numbers]
    if len(set(map(only_digits, written))) > 1:
        raise Unusable(SEVERAL_NUMBERS)
    return written[0] if written else ""


def reference(claim: Claim) -> str:
    """The insurer's own identifier, or else the id; never an individual number."""
    found = [one for one in identifiers(claim.coverage) if text(one, "system") != claim.number_system]
    found.sort(key=lambda one: text(one, "system") in MEMBER_SYSTEMS)
    return text(found[0], "value") if found else text(claim.coverage, "id")


def linked_on(claim: Claim) -> str:
    """Since when the number is the Patient's; or the insurance runs; or the resource is as it is."""
    starts = [text(part(one, "period"), "start") for one in claim.numbers]
    starts += [
        text(part(claim.coverage, "period"), "start"),
        text(part(claim.coverage, "meta"), "lastUpdated"),
    ]
    return day(next(filter(None, starts), ""))


def status(coverage: Json) -> str:
    """In the words of a feed; a draft is none of them."""
    found = text(coverage, "status")
    if found not in STATUSES:
        raise Unusable(NOT_IN_LIST, found)
    return STATUSES[found]


def branch(coverage: Json) -> str:
    """Two digits that tell apart who has one symbol and number."""
    return extension(coverage, BRANCH, "valueString") or text(coverage, "dependent")


def relation(coverage: Json) -> str:
    """1 insured, 2 dependant."""
    found = dict(reversed(codes(coverage, "relationship")))
    japanese = next((found[system] for system in RELATION_SYSTEMS if system in found), "")
    return japanese or HL7_RELATIONS.get(found.get(HL7_RELATION_SYSTEM, ""), "")


def disqualified_on(claim: Claim) -> str:
    """The end of the period once it has come: before, it only says how long the card runs."""
    end = day(text(part(claim.coverage, "period"), "end"))
    known = read_date(end)
    return "" if known and known > claim.context.today else end


def copay_ratio(coverage: Json) -> str:
    """The percentage that the holder pays, in three digits."""
    shares = [one for one in parts(coverage, "costToBeneficiary") if _is_percentage(one)]
    value = part(shares[0], "valueQuantity").get("value") if shares else None
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unusable(NOT_FORMED)
    return str(value).removesuffix(".0").zfill(3)


def _is_percentage(cost: Json) -> bool:
    return "copaypct" in {code for _system, code in codes(cost, "type")}


def name(names: dict[str, str]) -> str:
    """As a register would have it: in kanji where that is known."""
    return names.get(KANJI) or names.get(UNMARKED) or names.get(LATIN, "")


SOURCES = {
    "individual_number": Source("Patient.identifier", individual_number),
    "reference": Source("Coverage.identifier", reference),
    "status": of_coverage("status", status),
    "holder_name": Source("Patient.name", lambda claim: name(claim.holder_names)),
    "holder_kana": Source("Patient.name", lambda claim: claim.holder_names.get(KANA, "")),
    "holder_birth_date": of_patient("birthDate", lambda patient: day(text(patient, "birthDate"))),
    "holder_sex": of_patient("gender", lambda patient: text(patient, "gender")),
    "holder_address": of_patient("address", address_of),
    "linked_on": Source("Patient.identifier.period | Coverage.period", linked_on),
    "insurer_number": Source("Coverage.payor", lambda claim: claim.insurer[0]),
    "insurer_name": Source("Coverage.payor", lambda claim: claim.insurer[1]),
    "symbol": of_coverage("extension", lambda coverage: extension(coverage, SYMBOL, "valueString")),
    "number": of_coverage("extension", lambda coverage: extension(coverage, NUMBER, "valueString")),
    "branch_number": of_coverage("extension", branch),
    "relation": of_coverage("relationship", relation),
    "insured_name": Source("Coverage.subscriber", lambda claim: name(claim.insured_names)),
    "insured_kana": Source("Coverage.subscriber", lambda claim: claim.insured_names.get(KANA, "")),
    "qualified_on": of_coverage("period", lambda coverage: day(text(part(coverage, "period"), "start"))),
    "disqualified_on": Source("Coverage.period", disqualified_on),
    "copay_ratio": of_coverage("costToBeneficiary", copay_ratio),
}
