"""The name column of the decision table: what kanji and kana say together."""

from typing import NamedTuple

from links.review.rules import decision as row
from links.review.rules.kana import AGREEING, MISSING, KanaFinding
from links.review.rules.names import NameFinding

SAME = ("equal", "variant", "filler")


class Standing(NamedTuple):
    """The value of the name column, and whether every form of the name that was sent differs."""

    code: str
    differs: bool


def standing(name: NameFinding, kana: KanaFinding, *, agrees: bool, unread: frozenset[str]) -> Standing:
    """What the two forms of the name say together.

    `agrees`: birth date and address both agree, which lets letters pass that clerks mix up.
    `unread`: the kinds of name that the person also has and whose reading the register does not hold.
    """
    if name.level == "clerk":
        trusted = agrees and kana.level == "equal"
        name = name._replace(level="variant" if trusted else "other", surname="unknown", given="unknown")
    if name.level in SAME:
        return Standing(_same_name(name, kana), False)
    levels = {name.level, kana.level}
    code = _without_same_name(name, kana, unread)
    return Standing(code, "other" in levels and levels <= {"other", "missing"} and code != row.FORMER)


def _same_name(name: NameFinding, kana: KanaFinding) -> str:
    """Where the written name is the same: what the reading adds."""
    if kana.level == "other":
        return _read_otherwise(name, kana)
    if name.loose:
        return row.LOOSE
    if name.unread and kana.level != "equal":
        return row.UNCLEAR
    if kana.level == "equal" or (kana.level == "near" and name.level != "filler"):
        return row.BOTH
    return row.KANJI


def _read_otherwise(name: NameFinding, kana: KanaFinding) -> str:
    """Where the written name is the same and the reading is another one."""
    if name.level == "filler" or name.loose:
        return row.STRANGER if kana.given == "other" and name.unread else row.UNCLEAR
    if kana.surname == kana.given == "other":
        return row.CONTRADICTORY
    return row.READING if name.level == "equal" else row.UNCLEAR


def _without_same_name(name: NameFinding, kana: KanaFinding, unread: frozenset[str]) -> str:
    """Where the written name differs or was not sent: what the reading says."""
    if name.level == "missing":
        return _by_reading(kana, unread)
    if kana.level == "equal":
        return row.PEN if _alike(name) else row.PEN_WHOLE
    if kana.level == "near" and kana.short != "given":
        return row.PEN_NEAR if "same" in (name.given, kana.given) and _alike(name) else row.UNCLEAR
    return _parts(name, kana)


def _by_reading(kana: KanaFinding, unread: frozenset[str]) -> str:
    """Where there is no written name to compare."""
    if kana.level == "missing":
        return row.NO_NAME
    if kana.level == "equal":
        return row.KANA
    if kana.level == "near":
        return row.LOOSE if kana.loose else row.SHORT if kana.short == "surname" else row.NEAR
    if not unread.isdisjoint(("common_name", "other_script")):
        return row.UNCLEAR
    if kana.given == "same" and "former_surname" in unread:
        return row.FORMER
    return _parts(None, kana)


def _alike(name: NameFinding) -> bool:
    """True where two written names have a part, or most of their letters, in common: one name, misspelt."""
    one, other = (text.replace(" ", "") for text in (name.registered, name.claimed))
    shared = sum(other.count(letter) > 0 for letter in one)
    return "same" in (name.surname, name.given) or 2 * shared > max(len(one), len(other))


def _parts(name: NameFinding | None, kana: KanaFinding) -> str:
    """Where no form agrees: which part of the name does."""
    sent = [found.given for found in (name, kana) if found and found.level in ("other", "near")]
    given = [level for level in sent if level != "unknown"]
    if not given:
        return row.UNCLEAR
    if all(level in AGREEING for level in given):
        return row.SURNAME
    if not AGREEING.isdisjoint(given):
        return row.UNCLEAR
    return row.SLIP if given == ["slip"] else row.STRANGER


def reading_known(name: NameFinding, kana: KanaFinding) -> KanaFinding:
    """The kana finding, or none where the reading of the name that agreed is not in the register."""
    if name.kind == "registered" or name.level not in SAME or kana.level in ("equal", "near"):
        return kana
    return MISSING
