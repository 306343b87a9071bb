import pytest

from links.review.rules.letters import (
    agreement,
    letter_level,
    linked,
    one_letter_apart,
    only_fillers,
)


@pytest.mark.parametrize(
    "pair", ["高髙", "崎﨑", "辺邊", "辺邉", "邊邉", "浜濵", "濱濵", "島嶋", "富冨", "吉𠮷", "薮藪"]
)
def test_forms_that_surnames_have_are_linked_both_ways(pair):
    assert linked(pair[0], pair[1])
    assert linked(pair[1], pair[0])


@pytest.mark.parametrize(
    "pair", ["遥遙", "凛凜", "巌巖", "晃晄", "亘亙", "恵惠", "竜龍", "真眞", "桧檜", "実實", "寿壽"]
)
def test_old_and_new_forms_are_linked(pair):
    assert letter_level(*pair) == "variant"


@pytest.mark.parametrize("pair", ["坂阪", "太大", "玉王", "書昼", "升舛", "佑祐", "郎朗", "裕祐", "斎斉"])
def test_letters_that_are_different_in_names_are_not_linked(pair):
    assert not linked(*pair)


def test_links_do_not_pass_through_a_third_letter():
    assert linked("弁", "辨")
    assert not linked("一", "ニ")


def test_letters_that_clerks_mix_up_are_a_level_of_their_own():
    assert letter_level("斎", "斉") == letter_level("齊", "齋") == "clerk"
    assert letter_level("斎", "齋") == letter_level("斉", "齊") == "variant"


@pytest.mark.parametrize("filler", "●■〓□※?\ufffd\ue000\U000f0001")
def test_a_filler_stands_for_one_letter(filler):
    assert agreement(f"{filler}田", "山田") == "filler"
    assert agreement(f"{filler}田", "小山田") == "other"


def test_the_worst_letter_decides():
    assert agreement("髙橋一", "高橋一") == "variant"
    assert agreement("髙●一", "高橋一") == "filler"
    assert agreement("髙●二", "高橋一") == "other"


def test_a_filler_beside_a_mix_up_is_too_much_doubt():
    assert agreement("斉●", "斎藤") == "other"


def test_only_fillers_is_true_where_nothing_can_be_read():
    assert only_fillers("●●")
    assert not only_fillers("●田")


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("太郎", "太朗", True),
        ("さだ", "さだ子", True),
        ("恵美", "恵子", True),
        ("太郎", "次朗", False),
        ("翔", "健", False),
        ("翔", "翔太朗", False),
        ("", "健", False),
    ],
)
def test_one_letter_apart_means_that_another_letter_is_shared(one, other, answer):
    assert one_letter_apart(one, other) is answer
