"""The name column of the decision table: what kanji and kana say together."""

from typing import NamedTuple

from links.review.rules import decision as row
from links.review.rules.kana import MISSING, KanaFinding
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
    explained = name.level == "missing" and kana.given == "same" and "former_surname" in unread
    code = _without_same_name(name, kana, unknown_readings="common_name" in unread)
    return Standing(code, "other" in levels and levels <= {"other", "missing"} and not explained)


def _same_name(name: NameFinding, kana: KanaFinding) -> str:
    """Where the written name is the same: what the reading adds."""
    if kana.level == "other":
        return _read_otherwise(name, kana)
    if name.loose:
        return row.LOOSE
    if name.unread and kana.level != "equal":
        return row.UNCLEAR
    if kana.level == "equal" or (kana.level == "near" and name.level == "equal"):
        return row.BOTH
    return row.KANJI


def _read_otherwise(name: NameFinding, kana: KanaFinding) -> str:
    """Where the written name is the same and the reading is another one."""
    if name.level == "filler" or name.loose:
        return row.STRANGER if kana.given == "other" and name.unread else row.UNCLEAR
    both = kana.surname == kana.given == "other"
    return row.CONTRADICTORY if both else row.READING


def _without_same_name(name: NameFinding, kana: KanaFinding, *, unknown_readings: bool) -> str:
    """Where the written name differs or was not sent: what the reading says."""
    written = name.level != "missing"
    if kana.level == "equal":
        return row.PEN if written else row.KANA
    if kana.level == "near" and not written:
        return row.LOOSE if kana.loose else row.NEAR
    if kana.level == "near" and not kana.short:
        return row.PEN_NEAR
    if not written and (kana.level == "missing" or unknown_readings):
        return row.UNCLEAR if kana.level == "other" else row.NO_NAME
    return _parts(name, kana)


def _parts(name: NameFinding, kana: KanaFinding) -> str:
    """Where no form agrees: which part of the name does."""
    sent = [found.given for found in (name, kana) if found.level in ("other", "near")]
    given = [level for level in sent if level != "unknown"]
    if not given:
        return row.UNCLEAR
    if all(level == "same" for level in given):
        return row.SURNAME
    if "same" in given:
        return row.UNCLEAR
    return row.SLIP if given == ["slip"] else row.STRANGER


def reading_known(name: NameFinding, kana: KanaFinding) -> KanaFinding:
    """The kana finding, or none where the reading of the name that agreed is not in the register."""
    if name.kind == "registered" or name.level not in SAME or kana.level in ("equal", "near"):
        return kana
    return MISSING
