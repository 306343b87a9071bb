import pytest

from links.review.rules.places import places
from links.review.rules.towns import fold_street, formerly, same_town


@pytest.mark.parametrize(
    ("written", "town"),
    [
        ("浦和市高砂", "高砂"),
        ("引佐郡細江町気賀", "細江町気賀"),
        ("新津市本町", "新津本町"),
        ("伊予三島市宮川", "三島宮川"),
        ("両神村薄", "両神薄"),
        ("内原町内原", "内原町"),
        ("種市町", "種市"),
        ("高砂", "高砂"),
    ],
)
def test_a_former_municipality_stands_before_a_town_or_in_its_name(written, town):
    assert formerly(written, town)


@pytest.mark.parametrize(
    ("written", "town"),
    [
        ("浦和市高砂", "常盤"),
        ("新津市本町", "亀田本町"),
        ("浦和市", "高砂"),
        ("浦和市高砂", ""),
        ("", "高砂"),
    ],
)
def test_other_towns_are_not_explained_by_a_merger(written, town):
    assert not formerly(written, town)


@pytest.mark.parametrize("written", ["御池上ル本能寺前町", "御池上がる本能寺前町", "御池上り本能寺前町"])
def test_the_directions_of_kyoto_have_one_form(written):
    folded = written.replace("が", "ケ")

    assert fold_street("京都市中京区", folded) == "御池上る本能寺前町"


def test_elsewhere_the_same_letters_are_a_name():
    assert fold_street("青森市", "上ル町") == "上ル町"


def test_what_is_left_out_of_a_town_passes_where_no_sibling_exists():
    city = places().city("東京都", "新宿区")

    assert same_town("市ケ谷田町", "市谷田町", city)
    assert same_town("四ツ谷", "四谷", city)
    assert not same_town("北新宿", "西新宿", city)


def test_streets_may_be_left_out_but_not_differ_where_the_ward_has_two_such_towns():
    ward = places().city("京都府", "京都市下京区")

    assert same_town("5条通烏丸西入鍵屋町", "鍵屋町", ward)
    assert not same_town("5条通烏丸西入鍵屋町", "西洞院通7条上る鍵屋町", ward)
