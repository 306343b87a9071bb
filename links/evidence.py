"""The match of one record, element by element: what register and institution have, and how they agree."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Resident
from links.models import Finding, Link
from links.review.rules.sexes import read_sex

LABELS = {
    "name": _("Name"),
    "kana": _("Name in kana"),
    "birth_date": _("Date of birth"),
    "sex": _("Sex"),
    "address": _("Address"),
}
WORDS = {
    "equal": _("Same"),
    "same": _("Same"),
    "variant": _("Same, written another way"),
    "filler": _("Same, one letter could not be written"),
    "near": _("Almost the same"),
    "clerk": _("A similar letter"),
    "slip": _("Differs in one place"),
    "other": _("Differs"),
    "conflict": _("Differs"),
    "other_number": _("Same town, other number"),
    "other_town": _("Other town"),
    "missing": _("Not sent"),
}
DIFFERS = WORDS["other"]
TONES = {"slip": "attention", "clerk": "attention", "other_number": "attention", "missing": "info"}
# what a resident may see of the other side: it says no more than the register itself
AGREEING = ("equal", "same", "variant", "filler", "near")
SEXES = {"male": Resident.Sex.MALE.label, "female": Resident.Sex.FEMALE.label}

# The elements on which the deciding reason rests; a signal across records rests on none
DECIDING = {
    "columns_contradict": ("name", "kana"),
    "name_alone": ("name",),
    "name_and_birth_date": ("name", "birth_date"),
    "sex_conflict": ("sex",),
    "moved_or_namesake": ("address",),
    "name_and_address": ("name", "address"),
    "kana_alone": ("kana",),
    "no_birth_date": ("birth_date",),
    "birth_date_slip": ("birth_date",),
    "same_name_other_birth_date": ("birth_date",),
    "other_reading": ("kana",),
    "other_reading_unclear": ("kana",),
    "pen_slip": ("name",),
    "three_items_only": ("name", "address"),
    "same_sound_other_letters": ("name",),
    "surname_changed": ("name", "kana"),
    "other_given_name": ("name", "kana"),
    "other_name_other_birth_date": ("name", "birth_date"),
    "given_name_slip": ("name", "kana"),
    "former_surname_reading": ("kana", "birth_date"),
    "birth_date_alone": ("birth_date",),
    "no_name": ("name",),
    "kana_equal_account": ("kana",),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One element; the fields of components/match_table.html, its level's code, and whether it decided."""

    element: str
    label: Promise
    ours: object
    theirs: object
    tone: str
    words: Promise
    level: str
    decided: bool


def rows_for_resident(link: Link, finding: Finding) -> list[Row]:
    """What a resident may see: the other side's value only where it agrees, and never of a hidden record.

    Dates of birth are dates where the day is known, sexes are words; all else is text as the source has it.
    """
    ours = readable(link.resident)
    theirs = sent(link) | {key: ours[key] for key in ("birth_date", "sex")}
    if link.places_hidden:
        ours["address"] = theirs["address"] = ""
    seen = link.shows_details
    return [
        _row(
            finding, element, ours[element], theirs[element] if seen and level in AGREEING else "", plain=True
        )
        for element, level in levels(finding)
    ]


def rows_for_staff(link: Link, finding: Finding) -> list[Row]:
    """The register's side to be read, the other as it was sent; no address where its reader sees no place."""
    ours, theirs = readable(link.resident), sent(link)
    if link.places_hidden:
        ours["address"] = theirs["address"] = ""
    return [
        _row(finding, element, ours[element], theirs[element], plain=False)
        for element, _level in levels(finding)
    ]


def levels(finding: Finding) -> list[tuple[str, str]]:
    """Each element's level in the order of the table."""
    return [(element, finding.elements.get(element, "missing")) for element in LABELS]


def registered(resident: Resident) -> dict[str, object]:
    """The five elements as the register has them."""
    person = resident.as_person()
    return {element: getattr(person, element) for element in LABELS} | {
        "sex": SEXES.get(read_sex(person.sex), "")
    }


def readable(resident: Resident) -> dict[str, object]:
    """The five elements for the person: the birth date as a date where its day is known."""
    known = "-00" not in resident.birth_date
    born: datetime.date | str = resident.born_on if known else resident.birth_date
    return registered(resident) | {"birth_date": born}


def sent(link: Link) -> dict[str, object]:
    """The five elements as the institution sent them."""
    person = link.claimed_person()
    sex = SEXES.get(read_sex(person.sex), person.sex)
    return {element: getattr(person, element) for element in LABELS} | {"sex": sex}


def _row(finding: Finding, element: str, ours: object, theirs: object, *, plain: bool) -> Row:
    """One row; in plain words every disagreement is the one word: differs."""
    level = finding.elements.get(element, "missing")
    agreeing = level in AGREEING
    hushed = plain and not agreeing and level != "missing"
    tone = "ok" if agreeing else TONES.get(level, "wrong")
    decided = element in DECIDING.get(finding.reasons[0] if finding.reasons else "", ())
    return Row(
        element, LABELS[element], ours, theirs, tone, DIFFERS if hushed else WORDS[level], level, decided
    )
