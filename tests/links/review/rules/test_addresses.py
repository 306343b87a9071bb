import pytest

from links.review.rules.addresses import compare_addresses, read_address


def level(one, other):
    return compare_addresses(one, other).level


def test_an_address_is_taken_apart():
    found = read_address("〒160-0023 東京都新宿区西新宿２丁目８番１号　ハイツ山田１０１号室")

    assert found[:4] == ("東京都", "新宿区", "西新宿", (2, 8, 1))
    assert (found.closed, found.chome, found.room) == (True, True, 101)
    assert found.text == "東京都 新宿区 西新宿 2-8-1"


def test_a_room_behind_a_space_is_not_glued_to_the_number():
    assert read_address("東京都新宿区西新宿2-8-1 405").numbers == (2, 8, 1)


def test_a_room_behind_the_number_is_not_shown():
    assert read_address("東京都新宿区西新宿2-8-1-405").text.endswith("2-8-1")


@pytest.mark.parametrize("dash", "-‐‑–—―−－ーｰ")
def test_every_dash_separates_numbers(dash):
    assert read_address(f"新宿区西新宿2{dash}8{dash}1").numbers == (2, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "東京都新宿区西新宿二丁目八番一号",
        "東京都新宿区西新宿二丁目8番地1",
        "新宿区西新宿２－８－１",
        "東京都 新宿区 西新宿 2 丁目 8 番 1 号",
        "160-0023 東京都新宿区西新宿2-8-1",
        "東京都新宿区大字西新宿2の8の1",
    ],
)
def test_notation_does_not_matter(text):
    assert level("東京都新宿区西新宿2丁目8番1号", text) == "same"


def test_numbers_that_end_in_号_leave_only_a_room_to_follow():
    assert level("石川県金沢市広坂2番3号", "石川県金沢市広坂2-3-301") == "same"
    assert level("石川県金沢市広坂2番地3", "石川県金沢市広坂2-3-1") == "other_number"


def test_a_third_number_from_101_on_is_a_room():
    assert level("石川県金沢市広坂2番地3", "石川県金沢市広坂2-3-301") == "same"
    assert level("石川県金沢市広坂2番地", "石川県金沢市広坂2-301") == "other_number"
    assert level("石川県金沢市広坂2番地", "石川県金沢市広坂2-301号室") == "same"


def test_a_lot_and_its_part_are_two_numbers():
    assert level("東京都新宿区富久町1604番地", "東京都新宿区富久町1604番地2") == "other_number"


def test_a_missing_丁目_is_another_number_where_there_are_several():
    assert level("東京都新宿区西新宿2丁目8番1号", "東京都新宿区西新宿8番1号") == "other_number"


def test_a_missing_丁目_passes_where_the_town_has_none():
    assert level("群馬県太田市飯塚町1丁目2388番地", "群馬県太田市飯塚町2388番地") == "same"


def test_an_address_cut_off_after_丁目_is_incomplete_and_not_different():
    assert level("東京都新宿区西新宿2丁目8番1号", "東京都新宿区西新宿2丁目") == "missing"
    assert level("東京都新宿区西新宿2丁目8番1号", "東京都新宿区西新宿3丁目") == "other_number"


def test_a_town_without_number_is_incomplete():
    assert level("石川県金沢市此花町1-1", "石川県金沢市此花町") == "missing"
    assert level("石川県金沢市此花町", "石川県金沢市此花町") == "same"


def test_a_municipality_alone_differs_or_says_nothing():
    assert level("石川県金沢市此花町1-1", "石川県金沢市") == "missing"
    assert level("石川県金沢市此花町1-1", "富山県富山市") == "other_town"


def test_a_town_name_with_digits_is_a_name():
    found = read_address("秋田県にかほ市象潟町1丁目塩越123番地")

    assert (found.town, found.numbers) == ("象潟町1丁目塩越", (123,))


def test_siblings_are_other_towns():
    assert level("東京都三鷹市下連雀3-1-1", "東京都三鷹市上連雀3-1-1") == "other_town"
    assert level("神奈川県川崎市中原区小杉町1-2", "神奈川県川崎市中原区小杉1-2") == "other_town"


def test_a_ward_may_be_left_out_only_where_one_ward_has_the_town():
    assert level("さいたま市高砂3-1-4", "埼玉県さいたま市浦和区高砂3-1-4") == "same"
    assert level("さいたま市大和田町1-2", "埼玉県さいたま市浦和区高砂1-2") == "other_town"


def test_an_address_that_the_register_held_before_is_the_same():
    found = compare_addresses("東京都新宿区西新宿2-8-1", "堺市堺区南瓦町3-1", ("大阪府堺市堺区南瓦町3番1号",))

    assert (found.level, found.former) == ("same", True)
    assert found.registered == "大阪府 堺市堺区 南瓦町 3-1"


def test_an_empty_former_address_is_nothing():
    assert compare_addresses("東京都新宿区西新宿2-8-1", "堺市堺区南瓦町3-1", ("",)).level == "other_town"


@pytest.mark.parametrize("text", ["", "　", "〒"])
def test_no_address_is_missing(text):
    assert level("東京都新宿区西新宿2-8-1", text) == "missing"
