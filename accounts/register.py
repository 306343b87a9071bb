"""Brings the resident register up to date from its file: adds and changes people, removes nobody."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from accounts import audit, vault
from accounts.intake.counts import Counts
from accounts.intake.reading import Row
from accounts.intake.refusal import FeedRefused
from accounts.intake.register_columns import REGISTER
from accounts.intake.twice import Twice
from accounts.intake.whole import Listeners, Report, WholeFile
from accounts.models import Resident, ResidentChange, SealedNumber, User

OLDER_THAN_LAST = _(
    "The register of %(last)s is loaded already; this file describes %(day)s, which is earlier."
)
OTHER_IMPORT = _("Another import changed the same people meanwhile. Please run this one again.")
NUMBER_OF_TWO = _("Two residents have this individual number.")
NUMBER_CHANGED = _(
    "The individual number of this resident changed. Numbers change only after a leak: please confirm."
)

# Fields of Resident that a file without the column, or with an empty cell, leaves empty
EMPTY: dict[str, Any] = {
    "name": "",
    "name_kana": "",
    "common_name": "",
    "former_surname": "",
    "birth_date": "",
    "sex": "",
    "postal_code": "",
    "address": "",
    "previous_address": "",
    "moved_in_on": None,
    "household_code": "",
    "relationship": "",
    "residence_expires_on": None,
    "protected": False,
    "died_on": None,
}


@dataclass(frozen=True, slots=True)
class Order:
    """How a register is to be read: the day that it describes, and whether numbers may change."""

    as_of: datetime.date
    at: datetime.datetime
    by: User | None = None
    allow_number_change: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One good row beside what is known about that person."""

    row: Row
    fields: dict[str, Any]
    fingerprints: tuple[bytes, ...]
    known: Resident | None
    known_fingerprint: bytes | None

    @property
    def number_changed(self) -> bool:
        """Whether the register gives a person we know another number."""
        return self.known_fingerprint not in (None, *self.fingerprints)


def import_register(file: BinaryIO, order: Order, *, listeners: Listeners | None = None) -> Report:
    """Read the whole file into the register, or nothing of it; raises FeedRefused with the reason."""
    require_not_older(order.as_of)
    listeners = listeners or Listeners()
    with (
        Twice() as numbers,
        WholeFile(
            file, REGISTER, today=order.as_of, listeners=listeners, notice=note_number_in(numbers)
        ) as whole,
    ):
        numbers.finish()
        try:
            store_all(whole, numbers, order)
        except IntegrityError as clash:
            raise FeedRefused(OTHER_IMPORT) from clash
        return whole.report()


def require_not_older(as_of: datetime.date) -> None:
    """Raise FeedRefused where a later register has been loaded."""
    last = Resident.objects.aggregate(last=Max("described_on"))["last"]
    if last and as_of < last:
        raise FeedRefused(OLDER_THAN_LAST, last=last, day=as_of)


def note_number_in(numbers: Twice) -> Callable[[Row], None]:
    """Finds numbers that the file gives to several people."""

    def notice(row: Row) -> None:
        numbers.note(str(row.values["individual_number"]), str(row.values["resident_code"]), row.line)

    return notice


@transaction.atomic
def store_all(whole: WholeFile, numbers: Twice, order: Order) -> None:
    """Everything that the file says, with one event in the trail."""
    for rows in whole.batches():
        shared = numbers.repeats([str(row.values["individual_number"]) for row in rows])
        unlike = {number for number, repeat in shared.items() if repeat.differs}
        for row in [row for row in rows if row.values["individual_number"] in unlike]:
            whole.reject(whole.reading.reject(row, "individual_number", NUMBER_OF_TWO))
        store(entries([row for row in rows if row.values["individual_number"] not in unlike]), whole, order)
    audit.record("register.imported", by=order.by, at=order.at)


def entries(rows: Sequence[Row]) -> list[Entry]:
    """The rows beside the people whom we know by these codes, in two queries."""
    codes = [row.values["resident_code"] for row in rows]
    known = {resident.code: resident for resident in Resident.objects.filter(code__in=codes)}
    prints = SealedNumber.objects.filter(resident__code__in=codes).values_list(
        "resident__code", "fingerprint"
    )
    known_prints = {code: bytes(fingerprint) for code, fingerprint in prints}
    return [entry(row, known, known_prints) for row in rows]


def entry(row: Row, known: dict[str, Resident], known_prints: dict[str, bytes]) -> Entry:
    """One row beside the person whom we know by its code."""
    code = str(row.values["resident_code"])
    fields = {name: row.values.get(name, empty) for name, empty in EMPTY.items()}
    fingerprints = vault.fingerprints(str(row.values["individual_number"]))
    return Entry(row, fields, fingerprints, known.get(code), known_prints.get(code))


def store(batch: list[Entry], whole: WholeFile, order: Order) -> None:
    """Add and change the people of one batch, but for those whose number stands in the way."""
    owners = vault.residents_by_fingerprint(each for entry in batch for each in entry.fingerprints)
    good = []
    for one in batch:
        owner = next((owners[each] for each in one.fingerprints if each in owners), None)
        if owner is not None and (one.known is None or owner != one.known.pk):
            whole.reject(whole.reading.reject(one.row, "individual_number", NUMBER_OF_TWO))
        elif one.number_changed and not order.allow_number_change:
            whole.reject(whole.reading.reject(one.row, "individual_number", NUMBER_CHANGED))
        else:
            good.append(one)
    add([one for one in good if one.known is None], whole.counts, order)
    update([one for one in good if one.known is not None], whole.counts, order)


def add(new: list[Entry], counts: Counts, order: Order) -> None:
    """People who were not in the register, each with the sealed number."""
    people = [
        Resident(code=str(one.row.values["resident_code"]), described_on=order.as_of, **one.fields)
        for one in new
    ]
    Resident.objects.bulk_create(people)
    pairs = list(zip(new, people, strict=True))
    SealedNumber.objects.bulk_create(
        vault.seal(number_of(one), resident=who, at=order.at) for one, who in pairs
    )
    ResidentChange.objects.bulk_create(
        ResidentChange(resident=who, after=as_json(one.fields), at=order.at) for one, who in pairs
    )
    counts.created += len(new)


def update(known: list[Entry], counts: Counts, order: Order) -> None:
    """People of the register: what changed is written and told, and that the register still names them."""
    changes = {one.row.line: change_of(one, order) for one in known}
    changed = [one for one in known if changes[one.row.line]]
    for one in changed:
        apply(one, order)
    people = [one.known for one in changed if one.known]
    Resident.objects.bulk_update(people, [*EMPTY], batch_size=200)
    ResidentChange.objects.bulk_create(change for change in changes.values() if change)
    named = [one.known.pk for one in known if one.known]
    Resident.objects.filter(pk__in=named, described_on__lt=order.as_of).update(described_on=order.as_of)
    counts.changed += len(changed)
    counts.unchanged += len(known) - len(changed)


def change_of(one: Entry, order: Order) -> ResidentChange | None:
    """What is different now; a number is never written, only that it changed."""
    now = {name: getattr(one.known, name) for name in EMPTY}
    before = {name: value for name, value in now.items() if value != one.fields[name]}
    after = {name: one.fields[name] for name in before}
    if one.number_changed:
        before["individual_number"], after["individual_number"] = "old", "new"
    if not after:
        return None
    return ResidentChange(resident=one.known, before=as_json(before), after=as_json(after), at=order.at)


def apply(one: Entry, order: Order) -> None:
    """Put the register's values into the person; a changed number is sealed anew at once."""
    for name, value in one.fields.items():
        setattr(one.known, name, value)
    if one.number_changed and one.known:
        vault.replace(number_of(one), resident=one.known, at=order.at)


def number_of(one: Entry) -> str:
    """The individual number of this row."""
    return str(one.row.values["individual_number"])


def as_json(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with days as text."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in fields.items()
    }
