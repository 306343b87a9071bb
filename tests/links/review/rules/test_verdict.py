from dataclasses import FrozenInstanceError, replace

import pytest

from links.review.rules import RULES_VERSION, Person, compare
from links.review.rules.verdict import sorted_out
from tests.links.review.rules.pairs.people import MAN, NOBODY, VISITOR, WOMAN


def test_the_face_tells_verdict_elements_and_reasons():
    found = compare(MAN, replace(MAN, birth_date="S55.5.12"))

    assert found.verdict == "match"
    assert list(found.elements) == ["name", "kana", "birth_date", "sex", "address"]
    assert found.elements["birth_date"] == ("equal", "1980-05-12", "1980-05-12")
    assert found.reasons == ("name_and_birth_date",)
    assert not found.conceals


def test_both_normalised_forms_are_shown():
    found = compare(WOMAN, replace(WOMAN, name="渡辺恵子", kana="ﾜﾀﾅﾍﾞ ｹｲｺ", address="太田市飯塚町2388"))

    assert found.elements["name"] == ("variant", "渡邉 惠子", "渡辺恵子")
    assert found.elements["kana"] == ("equal", "ワタナベ ケイコ", "ワタナベ ケイコ")
    assert found.elements["address"] == ("same", "群馬県 太田市 飯塚町 2388", "太田市 飯塚町 2388")


def test_the_deciding_reason_comes_first_and_the_elements_follow():
    found = compare(MAN, replace(MAN, name="山田　花子", kana="ヤマダ　ハナコ", sex="女"))

    assert found.reasons == ("other_given_name", "name_differs", "kana_differs", "sex_differs")


def test_a_former_surname_and_a_former_address_are_named():
    registered = replace(WOMAN, name="影山［小林］　和子", former_addresses=("大阪府堺市堺区南瓦町3-1",))
    claimed = replace(WOMAN, name="小林　和子", kana="", address="堺市堺区南瓦町3-1")

    found = compare(registered, claimed)

    assert found.verdict == "match"
    assert found.reasons == ("name_and_birth_date", "former_surname", "former_address")


def test_a_mismatch_conceals():
    assert compare(MAN, WOMAN).conceals


@pytest.mark.parametrize(
    "claimed",
    [
        replace(MAN, sex="女"),
        replace(MAN, name="鈴木　太郎", kana="スズキ　タロウ"),
        replace(MAN, kana="スズキ　ハナコ", birth_date="1999-01-01"),
        replace(NOBODY, birth_date="1999-01-01"),
    ],
)
def test_a_review_conceals_where_date_or_sex_conflict_or_both_names_differ(claimed):
    found = compare(MAN, claimed)

    assert found.verdict == "review"
    assert found.conceals


@pytest.mark.parametrize(
    "claimed",
    [
        replace(MAN, address="大阪府堺市堺区南瓦町3-1"),
        replace(MAN, birth_date="1980-05-13"),
        replace(NOBODY, kana="ﾔﾏﾀﾞ ﾀﾛｳ"),
        replace(MAN, kana="ヤマダ　ヒロシ", address=""),
    ],
)
def test_any_other_review_stays_visible(claimed):
    found = compare(MAN, claimed)

    assert found.verdict == "review"
    assert not found.conceals


def test_what_matches_or_cannot_be_verified_stays_visible():
    assert not compare(MAN, MAN).conceals
    assert not compare(MAN, NOBODY).conceals


def test_a_latin_name_in_the_column_of_the_kana_is_moved():
    assert sorted_out(replace(NOBODY, kana="NGUYEN VAN MINH"), VISITOR) == ("NGUYEN VAN MINH", "")


def test_kana_in_the_column_of_the_name_is_moved_unless_the_register_has_kana_there():
    claimed = replace(NOBODY, name="ブイ・ハン")

    assert sorted_out(claimed, replace(NOBODY, name="BUI HANG")) == ("", "ブイ・ハン")
    assert sorted_out(claimed, replace(NOBODY, name="ブイ　ハン")) == ("ブイ・ハン", "")


def test_a_person_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        MAN.name = "山田　花子"


def test_a_person_without_anything_is_allowed():
    assert compare(Person("", "", "", "", ""), NOBODY).verdict == "unverifiable"


def test_the_rules_have_a_version():
    assert RULES_VERSION
