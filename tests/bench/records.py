"""Invented people with five records each, written past the import: only the review matters here.

Names, kana, birth dates and addresses are those of the sample's generator. One record in ten differs in
notation (width, half-width kana, old characters, habits of addresses), one in a thousand is a stranger's.
"""

import datetime
import json
import random
import secrets
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from links.models import FeedImport, Institution
from portal.sample import names, notation
from portal.sample.register import Maker, Person

NOTATION, WRONG = 0.1, 0.001
CATEGORIES = ("tax", "pension", "health_insurance", "child_allowance", "bank_account")
RESIDENT = (  # noqa: SIM905
    "id public_id code name name_kana common_name former_surname birth_date sex postal_code address"
    " previous_address household_code relationship protected died_on described_on"
).split()
LINK = (  # noqa: SIM905
    "id public_id resident_id institution_id category reference status holder_name holder_kana"
    " holder_birth_date holder_sex holder_address details linked_on obtained_by entered_by feed_import_id"
    " line row_digest recorded_at changed_at verdict concealed held settled_as"
).split()
Holder = tuple[str, str, str, str, str]


def add_records(links: int) -> None:
    """So many links of a fifth as many residents, the same ones each time."""
    dice = random.Random(20261127)
    maker = Maker(dice, as_of=datetime.date(2026, 11, 1), residents=links // len(CATEGORIES))
    people = list(maker.fill())
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY accounts_resident ({', '.join(RESIDENT)}) FROM STDIN") as copy:
            for key, person in enumerate(people, start=1):
                copy.write_row(resident(key, person))
        feeds = [feed(category) for category in CATEGORIES]
        with cursor.copy(f"COPY links_link ({', '.join(LINK)}) FROM STDIN") as copy:
            for row in rows(people, feeds, dice):
                copy.write_row(row)
        cursor.execute("VACUUM (ANALYZE) accounts_resident")
        cursor.execute("VACUUM (ANALYZE) links_link")


def resident(key: int, person: Person) -> tuple[object, ...]:
    """A row of the register."""
    return (
        *(key, secrets.token_urlsafe(16), f"{key:010}", person.name, person.kana),
        *(person.common_name, person.former_surname, person.born_on, person.sex, person.place.postal_code),
        *(person.place.address, person.previous_address, person.household, person.relationship),
        *(person.protected, person.died_on, "2026-11-01"),
    )


def feed(category: str) -> FeedImport:
    """The import by which all records of a category came, from an institution of its own."""
    institution = Institution.objects.create(code=f"BENCH-{category}", name_ja="見本")
    return FeedImport.objects.create(institution=institution, category=category, started_at=timezone.now())


def rows(people: list[Person], feeds: list[FeedImport], dice: random.Random) -> Iterator[tuple[object, ...]]:
    """A row for each link: feed after feed, as they come in."""
    now, key = timezone.now(), 0
    for of in feeds:
        for line, person in enumerate(people, start=1):
            key += 1
            sent = holder(dice.choice(people) if dice.random() < WRONG else person, of.category, dice)
            yield (
                *(key, secrets.token_urlsafe(16), line, of.institution_id, of.category, f"R{key:012}"),
                "active",
                *(*sent, details(of.category, key), "2025-04-01", "card", "", of.pk, line + 1),
                *(secrets.token_bytes(32), now, now, "", False, False, ""),
            )


def details(category: str, key: int) -> str:
    """What the institution says about the thing itself; nobody shares an account."""
    if category == "bank_account":
        return json.dumps(
            {"bank_code": "0001", "branch_code": f"{key // 10**7:03}", "account_number": f"{key:07}"}
        )
    if category == "pension":
        return json.dumps({"pension_number": f"{key:010}"})
    return json.dumps({"insurer_number": "01130012", "qualified_on": "2024-04-01", "number": str(key)})


def holder(person: Person, category: str, dice: random.Random) -> Holder:
    """The holder as the institution has them, one in ten otherwise written than in the register."""
    kana, born = person.kana, person.born_on.isoformat()
    if category == "bank_account":
        kana = kana or person.name
        return ("", notation.half_kana(kana) if dice.random() < NOTATION else kana, "", "", "")
    sent = (person.name, kana, born, person.sex, person.place.address)
    return dice.choice(HABITS)(person, sent) if dice.random() < NOTATION else sent


def half_kana(person: Person, sent: Holder) -> Holder:
    """Half-width kana, as old systems have it."""
    return (sent[0], notation.half_kana(sent[1]), *sent[2:])


def plain_letters(person: Person, sent: Holder) -> Holder:
    """Usual characters for rare ones, the name in one piece."""
    return (sent[0].translate(names.PLAIN_FORMS).replace("　", ""), *sent[1:])


def era(person: Person, sent: Holder) -> Holder:
    """The birth date in an era, half-width kana."""
    return (sent[0], notation.half_kana(sent[1]), notation.date(person.born_on, "digit"), *sent[3:])


def clerks_address(person: Person, sent: Holder) -> Holder:
    """The address in a habit of clerks, never as the register has it."""
    chance = random.Random(sent[4])
    written = next(x for _try in range(99) if (x := notation.address(sent[4], chance)) != sent[4])
    return (*sent[:4], written)


HABITS = (half_kana, plain_letters, era, clerks_address)
