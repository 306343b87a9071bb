import pytest

from links.review.rules.sexes import compare_sexes, read_sex


@pytest.mark.parametrize("text", ["1", "１", "男", "男性", "male", "MALE", "M", "m"])
def test_every_form_of_male(text):
    assert read_sex(text) == "male"


@pytest.mark.parametrize("text", ["2", "２", "女", "女性", "female", "F"])
def test_every_form_of_female(text):
    assert read_sex(text) == "female"


@pytest.mark.parametrize("text", ["", "0", "3", "9", "不明", "x"])
def test_anything_else_is_missing(text):
    assert read_sex(text) == ""
    assert compare_sexes("1", text).level == "missing"


def test_two_sexes_are_equal_or_in_conflict():
    assert compare_sexes("男", "M").level == "equal"
    assert compare_sexes("男", "2") == ("conflict", "male", "female")
