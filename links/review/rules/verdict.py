"""The whole question: five elements compared, one row of the table, the reasons in words."""

import re
from typing import NamedTuple

from links.review.rules.addresses import AddressFinding, compare_addresses
from links.review.rules.birthdays import compare_birth_dates
from links.review.rules.comparison import Comparison, Element, Person
from links.review.rules.decision import decide
from links.review.rules.kana import compare_kana, is_kana, read_kana
from links.review.rules.latin import is_latin
from links.review.rules.names import NameFinding, compare_names, kinds, scripts, shown
from links.review.rules.sexes import compare_sexes
from links.review.rules.standing import reading_known, standing
from links.review.rules.text import clean

# Raised with every change of a rule or a table that can change a verdict.
RULES_VERSION = "2026.11.4"

# 一 is left out: it is a long vowel's mark in many a reading
KANJI = re.compile("[々\u3400-\u4dff\u4e01-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
ELEMENT_REASONS = {
    ("name", "variant"): "name_variant",
    ("name", "clerk"): "name_mixed_up",
    ("name", "filler"): "name_filler",
    ("name", "other"): "name_differs",
    ("kana", "near"): "kana_near",
    ("kana", "other"): "kana_differs",
    ("birth_date", "slip"): "birth_date_near",
    ("birth_date", "other"): "birth_date_differs",
    ("sex", "conflict"): "sex_differs",
    ("address", "other_number"): "address_number_differs",
    ("address", "other_town"): "address_town_differs",
}


class Names(NamedTuple):
    """The two forms of a name, each in the column where it belongs."""

    name: str
    kana: str


def compare(registered: Person, claimed: Person) -> Comparison:
    """Whether a record with the claimed holder belongs to the registered person, and why."""
    mine, theirs = Names(registered.name, registered.kana), sorted_out(claimed, registered)
    name, kana = compare_names(mine.name, theirs.name), compare_kana(mine.kana, theirs.kana)
    kana = reading_known(name, kana)
    birth_date = compare_birth_dates(registered.birth_date, claimed.birth_date)
    sex = compare_sexes(registered.sex, claimed.sex)
    address = compare_addresses(registered.address, claimed.address, registered.former_addresses)
    stands = standing(
        name,
        kana,
        agrees=birth_date.level == "equal" and address.level == "same",
        unread=kinds(mine.name) - {"registered"},
    )
    row = decide(stands.code, birth_date.level, sex.level, address.level)
    elements = {
        "name": _name_element(name, mine.name, theirs.name),
        "kana": Element(kana.level, read_kana(mine.kana).text, read_kana(theirs.kana).text),
        "birth_date": birth_date,
        "sex": sex,
        "address": Element(*address[:3]),
    }
    hidden = birth_date.level == "other" or sex.level == "conflict" or stands.differs
    conceals = row.verdict == "mismatch" or (row.verdict == "review" and hidden)
    return Comparison(row.verdict, elements, _reasons(row.reason, elements, name, address), conceals)


def sorted_out(claimed: Person, registered: Person) -> Names:
    """The claim's name and kana, each moved to the column where it can be compared.

    Banks write Latin names into the kana column, and some institutions kana into the name column.
    """
    if KANJI.search(claimed.kana) and not KANJI.search(registered.kana):
        return _kanji_for_kana(claimed)
    if not claimed.name and claimed.kana and is_latin(clean(claimed.kana)):
        return Names(claimed.kana, "")
    if claimed.name and not claimed.kana and is_kana(claimed.name) and "kana" not in scripts(registered.name):
        return Names("", claimed.name)
    return Names(claimed.name, claimed.kana)


def _kanji_for_kana(claimed: Person) -> Names:
    """A claim whose kana column holds kanji: exchanged, the name twice, or a contradiction."""
    joined = (clean(text).replace(" ", "") for text in (claimed.name, claimed.kana))
    if not claimed.name or len({*joined}) == 1:
        return Names(claimed.kana, "")
    return Names(claimed.kana, claimed.name) if is_kana(claimed.name) else Names(claimed.name, claimed.kana)


def _name_element(name: NameFinding, registered: str, claimed: str) -> Element:
    """The element `name`, with the names that were compared or, where none could be, all that there are."""
    if name.level == "missing":
        return Element("missing", shown(registered), shown(claimed))
    return Element(name.level, name.registered, name.claimed)


def _reasons(
    deciding: str, elements: dict[str, Element], name: NameFinding, address: AddressFinding
) -> tuple[str, ...]:
    """The deciding code, then one for each element that is not plainly equal."""
    found = [deciding]
    for key, element in elements.items():
        code = ELEMENT_REASONS.get((key, element.level))
        if code:
            found.append(code)
    if name.level in ("equal", "variant", "filler") and name.kind in ("former_surname", "common_name"):
        found.append(name.kind)
    if name.loose:
        found.append("latin_words")
    if address.former:
        found.append("former_address")
    return tuple(found)
