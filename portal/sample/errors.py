"""Mistakes as they happened in 2023, in small shares: the import rejects some, the review finds others.

Feeds too small for a share get none of it: otherwise the review's brake would stop the whole feed.
"""

import datetime
from collections.abc import Callable
from dataclasses import replace

from portal.sample.coincidences import one_digit_away
from portal.sample.records import Draw, Record
from portal.sample.register import Person

Mistake = Callable[[Draw, list[Record]], None]


def plant_unseen(sender_code: str, draw: Draw, records: list[Record]) -> None:
    """Mistakes that the import cannot see: the number is good, but the record is another person's."""
    for mistake in UNSEEN.get(sender_code, ()):
        mistake(draw, records)
    for record in _some(draw, records, 0.005):
        record.written["holder_birth_date"] = _slipped(record.holder.born_on).isoformat()


def plant_rejected(sender_code: str, draw: Draw, records: list[Record]) -> int:
    """Mistakes for which the import rejects a row; returns how many rows. May append rows."""
    numbers = {person.number for person in draw.register}
    before = len(records)
    wrong = _some(draw, records, 0.008, least=4)
    for place, record in enumerate(wrong):
        _spoil(draw, record, place, sender_code, numbers)
    spoilt = {id(record) for record in wrong}
    good = [record for record in records[:before] if id(record) not in spoilt and not record.intact]
    if len(good) < 2:
        return len(wrong)
    records.append(good[0])  # written the same: counts once
    records.append(replace(good[1], linked_on=good[1].linked_on - datetime.timedelta(days=1)))
    return len(wrong) + 2


def _spoil(draw: Draw, record: Record, place: int, sender_code: str, numbers: set[str]) -> None:
    if place % 4 == 0:
        record.number = f"{record.about.number[:11]}{(int(record.about.number[11]) + 1) % 10}"
    elif place % 4 == 1:
        record.written["linked_on"] = "令和元年13月1日"
    elif place % 4 == 2 and sender_code in SPOILT_DETAIL:
        record.details = record.details | SPOILT_DETAIL[sender_code]
    else:
        record.number = next(number for number in one_digit_away(_stranger(draw)) if number not in numbers)


def _stranger(draw: Draw) -> str:
    """A number with valid neighbours, as every number that ends in 0 may have."""
    while not any(one_digit_away(number := draw.digits(11) + "0")):
        pass
    return number


SPOILT_DETAIL = {
    "BK0001": {"account_number": "12E4567"},
    "BK9900": {"account_number": "１２３"},
    "HI01": {"insurer_number": "06138092"},
    "HI06139463": {"insurer_number": "06138092"},
    "HI138057": {"insurer_number": "138157"},
    "PN0001": {"pension_number": "12345"},
    "DS0001": {"certificate_kind": "other"},
    "CR0001": {"number": "-"},
    "EI0001": {"number": "1234-567890-A"},
    "VC0001": {"given_on": "2023-02-30"},
}


def _some(draw: Draw, records: list[Record], share: float, *, least: int = 0) -> list[Record]:
    """A share of the records whose people may have mistakes, each taken for one mistake only."""
    free = [
        record
        for record in records
        if not record.intact and not record.written and record.about is record.holder
    ]
    count = max(least, int(len(free) * share))
    return draw.chance.sample(free, min(count, len(free)))


def parents_account(draw: Draw, records: list[Record]) -> None:
    """A child's number leads to the account of a parent: the persona's child, and a few others."""
    own = {id(record.about): record for record in records}
    child, father = draw.register.playing("child"), draw.register.playing("father")
    pairs = [(own[id(child)], own[id(father)])]
    children = [record for record in _some(draw, records, 1) if record.about.relationship == "子"]
    for record in children[: int(len(records) * 0.006)]:
        parent = draw.register.family_of(record.about)[0]
        if id(parent) in own:
            pairs.append((record, own[id(parent)]))
    for record, parents in pairs:
        record.holder, record.details = parents.holder, dict(parents.details)


def previous_visitor(draw: Draw, records: list[Record]) -> None:
    """At a shared desk the visitor before was still signed in."""
    for record in _some(draw, records, 0.004):
        record.holder = draw.chance.choice(_some(draw, records, 1)).about
        record.obtained_by, record.entered_by = "counter_terminal", "見本市 支援窓口 端末3"


def namesake(draw: Draw, records: list[Record]) -> None:
    """Looked up by too few elements: a stranger with the same name."""
    for one, other in draw.register.namesakes[: _at_most(records)]:
        _mistake_for(records, one, other)


def near_number(draw: Draw, records: list[Record]) -> None:
    """One digit copied wrongly led to somebody else's number."""
    for one, other in draw.register.near_numbers[: _at_most(records)]:
        _mistake_for(records, one, other)


def relatives_number(draw: Draw, records: list[Record]) -> None:
    """A form with the number of another member of the household."""
    for record in _some(draw, records, 0.004):
        family = [person for person in draw.register.family_of(record.about) if person is not record.about]
        record.about = draw.chance.choice(family) if family else record.about


def row_shift(draw: Draw, records: list[Record]) -> None:
    """Two neighbouring rows have each other's number."""
    for place in range(20, len(records) - 1, 400):
        above, below = records[place], records[place + 1]
        if not (above.intact or below.intact):
            above.about, below.about = below.about, above.about


def _at_most(records: list[Record]) -> int:
    return len(records) // 200


def _mistake_for(records: list[Record], one: Person, other: Person) -> None:
    for record in records:
        if record.about is other and record.holder is other and record.status == "active":
            record.holder = one
            return


def _slipped(day: datetime.date) -> datetime.date:
    """One day off."""
    return day - datetime.timedelta(days=1)


UNSEEN: dict[str, tuple[Mistake, ...]] = {
    "BK0001": (parents_account, previous_visitor),
    "BK9900": (previous_visitor,),
    "HI01": (relatives_number,),
    "HI138057": (relatives_number,),
    "PN0001": (row_shift, namesake),
    "EI0001": (near_number,),
    "TX0001": (row_shift, namesake, near_number),
    "ME0001": (row_shift,),
}
