import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.review.rules.kana import blurred, compare_kana, is_kana, key, part_level, read_kana

KATAKANA = st.text(
    "アイウエオカキクケコガギグゲゴサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
    min_size=1,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ユウコ", "ユーコ"),
        ("ヨウコ", "ヨオコ"),
        ("ケイコ", "ケーコ"),
        ("オオノ", "オーノ"),
        ("リョウ", "リヨウ"),
        ("シミズ", "シミヅ"),
        ("カオル", "カヲル"),
        ("ヴァン", "バン"),
        ("ヴアン", "バン"),
        ("ゆうこ", "ユウコ"),
        ("イノウエ", "イノオエ"),
        ("オオオカ", "オーオカ"),
        ("シュウイチ", "シューイチ"),
        ("サトウイズミ", "サトーイズミ"),
        ("サトウ", "サトオ"),
    ],
)
def test_habits_of_writing_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ユウキ", "ユキ"),
        ("オオノ", "オノ"),
        ("リョウ", "リョ"),
        ("キョウコ", "キヨコ"),
        ("ナオキ", "ナオミ"),
        ("ヤマザキ", "ヤマサキ"),
    ],
)
def test_different_names_have_different_keys(one, other):
    assert key(one) != key(other)


def test_the_weaker_key_ignores_voicing_and_look_alikes():
    assert blurred(key("ヤマザキ")) == blurred(key("ヤマサキ"))
    assert blurred(key("タケシ")) == blurred(key("タケツ"))


def test_a_reading_keeps_its_words_for_people_to_see():
    reading = read_kana("ﾔﾏﾀﾞ･たろう")

    assert reading.text == "ヤマダ タロウ"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ヤマダ　タロウ", True),
        ("ﾔﾏﾀﾞ", True),
        ("やまだ・たろう", True),
        ("山田", False),
        ("YAMADA", False),
        ("", False),
    ],
)
def test_what_is_kana(text, answer):
    assert is_kana(text) is answer


def test_surname_and_given_name_are_compared_apart():
    found = compare_kana("ヤマダ　タロウ", "スズキ　タロウ")

    assert (found.level, found.surname, found.given) == ("other", "other", "same")


def test_a_reading_without_space_is_cut_where_it_fits():
    found = compare_kana("チバ　ナオキ", "チバヒデオ")

    assert (found.level, found.surname, found.given) == ("other", "same", "other")


def test_two_readings_without_space_that_share_a_part_tell_nothing_of_the_parts():
    found = compare_kana("チバナオキ", "チバヒデオ")

    assert (found.level, found.surname, found.given) == ("other", "unknown", "unknown")


def test_the_order_of_foreign_words_makes_it_near():
    found = compare_kana("ホ　フウ　カイン", "フウ　カイン　ホ")

    assert found.level == "near"
    assert found.loose


def test_nearness_by_the_length_of_vowels_alone_is_marked():
    found = compare_kana("ヤマダ　ユウキ", "ヤマダ　ユキ")

    assert (found.level, found.given, found.short) == ("near", "near", "given")


def test_a_surname_written_short_leaves_the_given_name_equal():
    found = compare_kana("オオノ　タロウ", "オノ　タロウ")

    assert (found.level, found.given, found.short) == ("near", "same", "surname")


@pytest.mark.parametrize(
    ("one", "other", "given"),
    [
        ("ヤマザキ　タロウ", "ヤマサキ　タロウ", "same"),
        ("ヤマザキ　タロウ", "ヤマサキタロウ", "same"),
        ("ヤマダ　ダイキ", "ヤマダ　タイキ", "near"),
        ("ヤマダダイキ", "ヤマダタイキ", "near"),
    ],
)
def test_nearness_says_whether_the_given_name_is_equal(one, other, given):
    found = compare_kana(one, other)

    assert (found.level, found.given) == ("near", given)


@pytest.mark.parametrize("claimed", ["グエン　バン　ミン", "グエン　ブアン　ミン", "グエン　ブァン　ミン"])
def test_foreign_v_is_written_in_two_ways(claimed):
    assert compare_kana("グエン　ヴァン　ミン", claimed).level == "equal"


def test_what_stands_in_brackets_is_another_reading():
    assert compare_kana("カゲヤマ［コバヤシ］　カズコ", "コバヤシ　カズコ").level == "equal"
    assert compare_kana("ワン　ジーチアン（ヤマグチ　ツヨシ）", "ヤマグチ　ツヨシ").level == "equal"


def test_a_reading_that_a_narrow_field_cut_off_is_near():
    found = compare_kana("ウィクラマシンハ　アラッチゲ　ニマル", "ウイクラマシンハ　アラツチゲ　ニマ")

    assert (found.level, found.loose) == ("near", True)


def test_an_empty_reading_is_missing():
    assert compare_kana("", "ヤマダ").level == "missing"
    assert compare_kana("ヤマダ", "　").level == "missing"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("ナオキ", "なおき", "same"),
        ("ダイキ", "タイキ", "near"),
        ("ナオキ", "ナキオ", "slip"),
        ("スズキ", "ヌズキ", "slip"),
        ("ナオキ", "ナオミ", "other"),
        ("ナオ", "ナオミ", "other"),
        ("ア", "マ", "other"),
    ],
)
def test_parts_of_a_name_are_the_same_a_slip_or_other(one, other, level):
    assert part_level(one, other) == level


@given(KATAKANA, KATAKANA)
def test_the_comparison_of_readings_is_symmetric(one, other):
    assert compare_kana(one, other).level == compare_kana(other, one).level


@given(KATAKANA)
def test_hiragana_reads_as_katakana(text):
    hiragana = "".join(chr(ord(letter) - 0x60) for letter in text)

    assert compare_kana(text, hiragana).level == "equal"
