import pytest

from links.review.rules import decision
from links.review.rules.decision import TABLE, decide
from links.review.rules.reasons import REASONS

# one case for each row: name, birth date, sex, address -> verdict and reason
CASES = [
    ("contradictory", "other", "equal", "same", "review", "columns_contradict"),
    ("missing", "missing", "equal", "same", "unverifiable", "nothing_to_compare"),
    ("same_kanji", "missing", "missing", "missing", "unverifiable", "name_alone"),
    ("same_both", "equal", "equal", "same", "match", "name_and_birth_date"),
    ("same_kana", "equal", "missing", "missing", "match", "name_and_birth_date"),
    ("same_loose", "equal", "equal", "missing", "match", "name_and_birth_date"),
    ("same_both", "equal", "conflict", "same", "review", "sex_conflict"),
    ("same_both", "equal", "conflict", "other_town", "review", "sex_conflict"),
    ("same_both", "equal", "equal", "other_number", "review", "moved_or_namesake"),
    ("same_both", "missing", "equal", "same", "match", "name_and_address"),
    ("same_kana", "missing", "equal", "same", "review", "kana_alone"),
    ("near_kana", "missing", "equal", "missing", "review", "kana_alone"),
    ("same_kanji", "missing", "equal", "same", "review", "no_birth_date"),
    ("same_both", "missing", "conflict", "same", "review", "no_birth_date"),
    ("same_loose", "missing", "equal", "same", "review", "no_birth_date"),
    ("same_both", "slip", "equal", "same", "review", "birth_date_slip"),
    ("same_both", "other", "equal", "same", "mismatch", "same_name_other_birth_date"),
    ("same_kanji_other_kana", "equal", "equal", "same", "match", "other_reading"),
    ("same_kanji_other_kana", "equal", "equal", "missing", "review", "other_reading_unclear"),
    ("other_kanji_same_kana", "equal", "equal", "same", "match", "pen_slip"),
    ("other_kanji_near_kana", "equal", "equal", "same", "match", "pen_slip"),
    ("other_kanji_near_kana", "equal", "equal", "other_town", "review", "undecided"),
    ("other_kanji_same_kana", "equal", "equal", "other_town", "mismatch", "three_items_only"),
    ("other_kanji_same_kana", "equal", "equal", "missing", "review", "same_sound_other_letters"),
    ("no_kanji_same_kana", "equal", "equal", "same", "review", "columns_contradict"),
    ("no_kanji_same_kana", "equal", "equal", "other_town", "mismatch", "three_items_only"),
    ("former_surname_kana", "equal", "missing", "missing", "match", "former_surname_reading"),
    ("former_surname_kana", "equal", "conflict", "missing", "review", "surname_changed"),
    ("former_surname_kana", "missing", "equal", "missing", "review", "surname_changed"),
    ("other_surname", "equal", "equal", "same", "review", "surname_changed"),
    ("other_surname", "missing", "missing", "missing", "review", "surname_changed"),
    ("other_given_name", "equal", "equal", "same", "mismatch", "other_given_name"),
    ("other_given_name", "missing", "missing", "missing", "mismatch", "other_given_name"),
    ("other_surname", "other", "equal", "same", "mismatch", "other_name_other_birth_date"),
    ("unclear", "other", "equal", "same", "mismatch", "other_name_other_birth_date"),
    ("slip_in_given_name", "equal", "equal", "same", "review", "given_name_slip"),
    ("missing", "equal", "equal", "same", "unverifiable", "birth_date_alone"),
    ("missing", "equal", "conflict", "same", "review", "no_name"),
    ("missing", "equal", "equal", "other_town", "review", "no_name"),
    ("missing", "other", "equal", "same", "review", "no_name"),
    ("unclear", "equal", "equal", "same", "review", "undecided"),
]


@pytest.mark.parametrize(("name", "birth_date", "sex", "address", "verdict", "reason"), CASES)
def test_the_first_row_that_fits_decides(name, birth_date, sex, address, verdict, reason):
    row = decide(name, birth_date, sex, address)

    assert (row.verdict, row.reason) == (verdict, reason)


def test_every_row_is_reached():
    reached = {reason for *_columns, reason in CASES}

    assert reached == {row.reason for row in TABLE}


def test_every_combination_of_columns_gets_a_verdict():
    names = {value for key, value in vars(decision).items() if key.isupper() and isinstance(value, str)}
    rows = [
        decide(name, birth_date, sex, address)
        for name in names
        for birth_date in ("equal", "slip", "other", "missing")
        for sex in ("equal", "conflict", "missing")
        for address in ("same", "other_number", "other_town", "missing")
    ]

    assert {row.verdict for row in rows} == {"match", "unverifiable", "review", "mismatch"}


def test_nobody_is_matched_against_another_date_of_birth_or_sex():
    rows = [
        decide(name, birth_date, sex, "same")
        for name in decision.NAMED | {decision.STRANGER, decision.NO_NAME, decision.CONTRADICTORY}
        for birth_date, sex in (("other", "equal"), ("slip", "equal"), ("equal", "conflict"))
    ]

    assert all(row.verdict in ("review", "mismatch") for row in rows)


def test_every_row_has_its_sentences():
    assert {row.reason for row in TABLE} <= set(REASONS)
