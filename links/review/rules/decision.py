"""The decision table: rows of data, tried from the top; the first that fits wins."""

from functools import lru_cache
from typing import NamedTuple

BOTH = "same_both"  # kanji and kana
KANJI = "same_kanji"  # kanji, and no kana to compare
KANA = "same_kana"  # kana, and no kanji to compare
LOOSE = "same_loose"  # a foreign name's words in another order, or one left out
READING = "same_kanji_other_kana"
PEN = "other_kanji_same_kana"
PEN_NEAR = "other_kanji_near_kana"
PEN_WHOLE = "no_kanji_same_kana"  # neither surname nor given name nor most of the letters in common
SHORT = "short_surname_kana"  # no kanji, and of the surname only the length of a vowel differs
NEAR = "near_kana"  # and no kanji to compare
SURNAME = "other_surname"  # and the same given name
FORMER = "former_surname_kana"  # perhaps: the register holds a former surname and not its reading
SLIP = "slip_in_given_name"  # in the only form that was sent
STRANGER = "other_given_name"
UNCLEAR = "unclear"  # the names differ, and not in a way that tells who it is
CONTRADICTORY = "contradictory"
NO_NAME = "missing"

SAME = frozenset((BOTH, KANJI, KANA, LOOSE))
NAMED = frozenset((*SAME, READING, PEN, PEN_NEAR, PEN_WHOLE, SHORT, NEAR, SURNAME, FORMER, SLIP, UNCLEAR))
FITS = frozenset(("equal", "missing"))
HERE = frozenset(("same", "missing"))
DIFFERS = frozenset(("other_number", "other_town"))


def only(*values: str) -> frozenset[str]:
    """A cell that allows these values."""
    return frozenset(values)


class Row(NamedTuple):
    """One row: what each column must be (None: anything), the verdict, and the code of the reason."""

    verdict: str
    reason: str
    name: frozenset[str] | None = None
    birth_date: frozenset[str] | None = None
    sex: frozenset[str] | None = None
    address: frozenset[str] | None = None

    def fits(self, *columns: str) -> bool:
        """True where every cell that is not empty allows its column's value."""
        return all(cell is None or value in cell for cell, value in zip(self[2:], columns, strict=True))


MISSING, EQUAL = only("missing"), only("equal")

TABLE = (
    Row("review", "columns_contradict", only(CONTRADICTORY)),
    Row("unverifiable", "nothing_to_compare", only(NO_NAME), MISSING, FITS, HERE),
    Row("unverifiable", "name_alone", only(KANJI), MISSING, FITS, MISSING),
    Row("match", "name_and_birth_date", SAME, EQUAL, FITS, HERE),
    # オノ for オオノ: written short, or 小野 and 大野; only the address tells
    Row("match", "name_and_birth_date", only(SHORT), EQUAL, FITS, only("same")),
    Row("review", "sex_conflict", SAME, EQUAL, only("conflict")),
    Row("review", "moved_or_namesake", SAME, EQUAL, None, DIFFERS),
    Row("match", "name_and_address", only(BOTH), MISSING, FITS, only("same")),
    Row("review", "kana_alone", only(KANA, SHORT, NEAR), MISSING),
    Row("review", "no_birth_date", SAME, MISSING),
    Row("review", "birth_date_slip", SAME, only("slip")),
    Row("mismatch", "same_name_other_birth_date", SAME, only("other")),
    Row("match", "other_reading", only(READING), EQUAL, EQUAL, only("same")),
    Row("match", "pen_slip", only(PEN, PEN_NEAR), EQUAL, EQUAL, only("same")),
    Row("review", "columns_contradict", only(PEN_WHOLE), EQUAL, EQUAL, only("same")),
    Row("mismatch", "three_items_only", only(PEN, PEN_WHOLE), EQUAL, None, DIFFERS),
    Row("review", "same_sound_other_letters", only(PEN, PEN_WHOLE), EQUAL, None, MISSING),
    Row("match", "former_surname_reading", only(FORMER), EQUAL, FITS, HERE),
    Row("review", "surname_changed", only(SURNAME, FORMER), only("equal", "missing")),
    Row("mismatch", "other_given_name", only(STRANGER)),
    # Beyond the written table: a name that agrees less must not be judged more mildly than the same name.
    Row("mismatch", "other_name_other_birth_date", NAMED - SAME, only("other")),
    Row("review", "other_reading_unclear", only(READING)),
    Row("review", "given_name_slip", only(SLIP)),
    # Without the birth date this is unverifiable; one that agrees must not make it worse.
    Row("unverifiable", "birth_date_alone", only(NO_NAME), EQUAL, FITS, HERE),
    Row("review", "no_name", only(NO_NAME)),
    Row("review", "undecided"),
)


@lru_cache(maxsize=1024)
def decide(name: str, birth_date: str, sex: str, address: str) -> Row:
    """The first row that fits; the last one fits everything."""
    return next(row for row in TABLE if row.fits(name, birth_date, sex, address))
