import pytest

from links.review.rules.places import places, split_place


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("群馬県太田市飯塚町", ("群馬県", "太田市", "飯塚町")),
        ("太田市飯塚町", ("", "太田市", "飯塚町")),
        ("京都府京都市左京区南禅寺", ("京都府", "京都市左京区", "南禅寺")),
        ("京都市左京区南禅寺", ("", "京都市左京区", "南禅寺")),
        ("宮城県柴田郡大河原町橋本", ("宮城県", "大河原町", "橋本")),
        ("大河原町橋本", ("", "大河原町", "橋本")),
        ("新潟県三条市旭町", ("新潟県", "三条市", "旭町")),
        ("福島県郡山市堂前町", ("福島県", "郡山市", "堂前町")),
        ("さいたま市高砂", ("", "さいたま市", "高砂")),
        ("東京都", ("東京都", "", "")),
        ("埼玉県浦和市高砂", ("埼玉県", "", "浦和市高砂")),
        ("", ("", "", "")),
    ],
)
def test_prefecture_and_municipality_are_told_from_the_town(text, parts):
    assert split_place(text) == parts


def test_a_municipality_knows_its_towns():
    city = places().city("群馬県", "太田市")

    assert city.knows("飯塚町")
    assert not city.knows("飯塚")


def test_towns_with_numbered_parts_are_marked():
    city = places().city("東京都", "新宿区")

    assert "西新宿" in city.with_chome


def test_a_city_of_wards_holds_the_towns_of_all_its_wards():
    whole, ward = places().city("埼玉県", "さいたま市"), places().city("埼玉県", "さいたま市浦和区")

    assert set(ward.towns) < set(whole.towns)


def test_namesakes_are_told_apart_by_the_prefecture():
    assert places().city("東京都", "府中市").knows("宮西町")
    assert not places().city("広島県", "府中市").knows("宮西町")


def test_a_place_that_nobody_knows_has_no_towns():
    assert not places().city("東京都", "見本市").towns


def test_towns_are_counted_by_the_end_of_their_name():
    assert places().city("福井県", "坂井市").ending_in("上関") == 1
