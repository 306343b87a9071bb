import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.review.rules.text import clean, spelled_out


def test_width_and_spaces_do_not_matter():
    assert clean("　ＡＢＣ　　１２３ ") == "ABC 123"


def test_half_width_kana_and_their_marks_become_one_letter():
    assert clean("ﾀﾞ") == "ダ"


def test_variation_selectors_vanish():
    written = "渡邉\U000e0110", "葛\ufe00城"

    assert [clean(text) for text in written] == ["渡邉", "葛城"]


def test_zero_width_and_bidi_characters_vanish():
    assert clean("山\u200b田\u202e太\ufeff郎") == "山田太郎"


def test_compatibility_ideographs_become_the_usual_ones():
    assert clean("神\ufa19") == "神神"


@given(st.text(max_size=20))
def test_clean_text_stays_as_it_is(text):
    once = clean(text)

    assert clean(once) == once


@given(st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FA), max_size=12))
def test_composed_and_decomposed_text_are_one(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert clean(composed) == clean(decomposed)


@pytest.mark.parametrize("text", ["タ゛テ", "ﾀ ﾞﾃ", "タ\u3099テ"])
def test_a_voicing_mark_that_stands_apart_joins_its_letter(text):
    assert clean(text) == "ダテ"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("佐々木", "佐佐木"),
        ("々", "々"),
        ("いすゝ", "いすす"),
        ("いすゞ", "いすず"),
        ("ミスヾ", "ミスズ"),
        ("アヾ", "アア"),
        ("佐 々木", "佐 佐木"),
    ],
)
def test_repetition_marks_are_spelled_out(written, meant):
    assert spelled_out(written) == meant
