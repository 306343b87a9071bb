"""Writing the sample's files: the register, the institutions, and each feed in its sender's habits."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import jaconv

from portal.sample import notation
from portal.sample.fhir import write_resources
from portal.sample.names import PLAIN_FORMS
from portal.sample.records import Draw, Record
from portal.sample.register import Person, Register
from portal.sample.senders import ALIASES, SENDERS, Sender

REGISTER_HEADER = (
    "individual_number", "resident_code", "name", "name_kana", "common_name", "former_surname",
    "birth_date", "sex", "postal_code", "address", "previous_address", "moved_in_on", "household_code",
    "relationship", "residence_expires_on", "protected", "died_on",
)  # fmt: skip
COMMON = ("individual_number", "reference", "status")
ORIGIN = ("linked_on", "obtained_by", "entered_by")


def write_table(
    path: Path,
    rows: Iterable[Sequence[str]],
    *,
    encoding: str = "utf-8",
    newline: str = "\n",
    quote_all: bool = False,
) -> None:
    """One CSV file."""
    with path.open("w", encoding=encoding, newline="") as file:
        quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        csv.writer(file, lineterminator=newline, quoting=quoting).writerows(rows)  # type: ignore[arg-type]


def write_register(folder: Path, register: Register) -> None:
    """residents.csv, in UTF-8."""
    write_table(folder / "residents.csv", [REGISTER_HEADER, *map(_resident, register)])


def _resident(person: Person) -> list[str]:
    days = (person.moved_in_on, person.residence_expires_on, person.died_on)
    moved, expires, died = (day.isoformat() if day else "" for day in days)
    code = person.place.postal_code
    return [
        person.number, person.code, person.name, person.kana, person.common_name, person.former_surname,
        person.born_on.isoformat(), "男" if person.sex == "1" else "女", f"{code[:3]}-{code[3:]}",
        person.place.address, person.previous_address, moved, person.household, person.relationship, expires,
        "1" if person.protected else "", died,
    ]  # fmt: skip


def write_institutions(folder: Path) -> None:
    """institutions.csv, in UTF-8."""
    header = ("code", "kind", "name_ja", "name_en", "contact", "hours", "expected_every_days")
    rows = [
        (one.code, one.kind, one.name_ja, one.name_en, "0120-000-000", "9:00-17:00", str(one.every_days))
        for one in SENDERS
    ]
    write_table(folder / "institutions.csv", [header, *rows])


def write_manifest(folder: Path, manifest: dict[str, object]) -> None:
    """manifest.json: what was written, and who the personas are."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def write_feed(folder: Path, sender: Sender, records: Sequence[Record], draw: Draw) -> None:
    """The feed of one institution."""
    details = list(dict.fromkeys(name for record in records for name in record.details))
    columns = [*COMMON, *sender.holder, *ORIGIN, *details]
    header = [ALIASES.get(name, name) if sender.japanese_header else name for name in columns]
    written = {id(record): _cells(record, sender, draw, columns) for record in records}
    rows = [written[id(record)] for record in records]
    if sender.format == "fhir":
        write_resources(folder / sender.file_name, (dict(zip(columns, row, strict=True)) for row in rows))
        return
    rows = [[notation.writable(cell, sender.codec) for cell in row] for row in [header, *rows]]
    if sender.remark:
        rows = [[*row, "備考" if row is rows[0] else ""] for row in rows]
    write_table(folder / sender.file_name, rows, encoding=sender.encoding, newline=sender.newline,
                quote_all=sender.quote_all)  # fmt: skip


def _cells(record: Record, sender: Sender, draw: Draw, columns: Sequence[str]) -> list[str]:
    cells = {
        "individual_number": _number(record, draw),
        "reference": record.reference,
        "status": "" if record.status == "active" and not draw.one_in(0.9, record.about) else record.status,
        "linked_on": notation.date(record.linked_on, sender.linked_style),
        "obtained_by": record.obtained_by,
        "entered_by": record.entered_by,
    }
    holder = {name: HOLDER[name](record.holder, sender, draw) for name in sender.holder}
    written = {name: cell for name, cell in record.written.items() if name in columns}
    cells |= holder | record.details | written
    return [cells.get(name, "") for name in columns]


def _number(record: Record, draw: Draw) -> str:
    number = record.number or record.about.number
    habit = 1.0 if record.intact else draw.chance.random()
    if habit < 0.004:
        return f"{number[:4]} {number[4:8]} {number[8:]}"
    return f"{number[:4]}-{number[4:8]}-{number[8:]}" if habit < 0.006 else number


def _name(person: Person, sender: Sender, draw: Draw) -> str:
    name = notation.writable(person.name, "cp932") if sender.kind == "disability" else person.name
    habit = 1.0 if person.intact else draw.chance.random()
    if habit < 0.06:
        return name.translate(PLAIN_FORMS)
    if habit < 0.08:
        return name.replace("　", "")
    if habit < 0.1:
        return f" {name.replace('　', '  ')} "
    return str(jaconv.h2z(name, ascii=True)) if person.latin and habit < 0.4 else name


def _kana(person: Person, sender: Sender, draw: Draw) -> str:
    kana = person.kana or person.name
    other_width = not person.intact and draw.chance.random() < 0.03
    return notation.half_kana(kana) if sender.half_kana != other_width else kana


def _birth_date(person: Person, sender: Sender, draw: Draw) -> str:
    other = not person.intact and draw.chance.random() < 0.02
    style = draw.chance.choice(["iso", "letter", "dotted"]) if other else sender.birth_style
    return notation.date(person.born_on, style)


def _sex(person: Person, sender: Sender, draw: Draw) -> str:
    return sender.sexes[person.sex == "2"] if draw.one_in(0.92, person) else ""


def _address(person: Person, sender: Sender, draw: Draw) -> str:
    if person.intact:
        return person.place.address
    if not draw.one_in(0.8, person):
        return ""
    stale = person.previous_address and draw.chance.random() < 0.5
    return notation.address(person.previous_address if stale else person.place.address, draw.chance)


HOLDER = {
    "holder_name": _name,
    "holder_kana": _kana,
    "holder_birth_date": _birth_date,
    "holder_sex": _sex,
    "holder_address": _address,
}
