import pytest

from links.review.rules.names import alternatives, compare_names, kinds, part_level, scripts, shown


def names(text):
    return [(" ".join(found.words), found.kind) for found in alternatives(text)]


def test_a_plain_name_is_its_only_alternative():
    assert names("山田　太郎") == [("山田 太郎", "registered")]


def test_the_former_surname_makes_a_second_name():
    assert names("影山［小林］　和子") == [("影山 和子", "registered"), ("小林 和子", "former_surname")]


def test_latin_kanji_and_common_name_are_three_names():
    assert names("WANG ZHIQIANG＿王　志強（山口　剛志）") == [
        ("WANG ZHIQIANG", "registered"),
        ("王 志強", "other_script"),
        ("山口 剛志", "common_name"),
    ]


def test_a_common_name_stands_behind_a_name_in_kanji_too():
    assert names("張　昭妍（三上　智津子）") == [("張 昭妍", "registered"), ("三上 智津子", "common_name")]


@pytest.mark.parametrize(
    "text", ["影山［小林］　和子", "影山(小林)和子", "影山【旧氏 小林】和子", "影山　和子（旧姓小林）"]
)
def test_a_former_surname_is_written_in_several_ways(text):
    assert names(text) == [("影山 和子", "registered"), ("小林 和子", "former_surname")]


def test_one_word_behind_a_name_is_a_common_name_or_a_former_surname():
    assert names("影山　和子（小林）")[1:] == [("小林", "common_name"), ("小林 和子", "former_surname")]


def test_a_label_says_which_name_is_the_common_one():
    assert names("WANG ZHIQIANG＿山口　剛志（通称）")[1:] == [("山口 剛志", "common_name")]
    assert names("WANG ZHIQIANG（通称：山口　剛志）")[1:] == [("山口 剛志", "common_name")]


@pytest.mark.parametrize("text", ["", "　", "●●　●", "?"])
def test_where_no_letter_can_be_read_there_is_no_name(text):
    assert alternatives(text) == ()


def test_kinds_and_scripts_tell_what_a_field_holds():
    field = "WANG ZHIQIANG＿王　志強（ヤマグチ　ツヨシ）"

    assert kinds(field) == {"registered", "other_script", "common_name"}
    assert scripts(field) == {"latin", "kanji", "kana"}


def test_all_names_are_shown():
    assert shown("影山［小林］　和子") == "影山 和子 / 小林 和子"


def test_the_name_that_fits_best_is_compared():
    found = compare_names("影山［小林］　和子", "小林和子")

    assert (found.level, found.kind, found.registered) == ("equal", "former_surname", "小林 和子")


def test_the_registered_name_comes_before_the_former_one():
    assert compare_names("影山［小林］　和子", "影山［小林］　和子").kind == "registered"


def test_an_equal_name_beats_a_variant():
    assert compare_names("高橋［髙橋］　一", "髙橋　一").level == "equal"


@pytest.mark.parametrize(
    ("registered", "claimed", "parts"),
    [
        ("山田　太郎", "鈴木　太郎", ("other", "same")),
        ("山田　太郎", "山田　花子", ("same", "other")),
        ("山田　太郎", "山田花子", ("same", "other")),
        ("山田　太郎", "鈴木太郎", ("other", "same")),
        ("山田　太郎", "山田　太朗", ("same", "slip")),
        ("山田　太郎", "●●　花子", ("unknown", "other")),
        ("山田太郎", "山田花子", ("same", "other")),
        ("山田太郎", "鈴木花子", ("other", "other")),
        ("山田太郎", "山本次郎", ("unknown", "unknown")),
    ],
)
def test_where_the_name_differs_its_parts_are_compared(registered, claimed, parts):
    found = compare_names(registered, claimed)

    assert (found.surname, found.given) == parts


def test_names_in_different_scripts_cannot_be_compared():
    assert compare_names("WANG ZHIQIANG", "王　志強").level == "missing"
    assert compare_names("菅原　実", "スガワラ　ミノル").level == "missing"


def test_a_given_name_of_which_nothing_can_be_read_is_marked():
    assert compare_names("山田　太郎", "山田　●●").unread
    assert compare_names("山田　太郎", "山田●●").unread
    assert not compare_names("山田　太郎", "●田　太●").unread


def test_two_given_names_of_one_letter_may_be_forms_of_each_other():
    assert part_level("徠", "健") == "slip"
    assert part_level("太郎", "健一") == "other"


def test_parts_that_nobody_can_read_are_unknown():
    assert part_level("太郎", "●●") == "unknown"
