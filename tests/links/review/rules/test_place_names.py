import pytest

from links.review.rules.place_names import fold_place, in_digits, without_county


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("千駄ヶ谷", "千駄ケ谷"),
        ("自由が丘", "自由ケ丘"),
        ("丸の内", "丸ノ内"),
        ("三之丸", "三の丸"),
        ("四ッ谷", "四ツ谷"),
        ("須惠町", "須恵町"),
        ("大字砂ケ原", "砂ケ原"),
        ("砂ケ原字中道", "砂ケ原中道"),
        ("檜原村", "桧原村"),
    ],
)
def test_one_place_has_one_form(one, other):
    assert fold_place(one) == fold_place(other)


def test_the_usual_letters_are_the_ones_shown():
    assert fold_place("広島県川崎市豊島区穂高") == "広島県川崎市豊島区穂高"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("西新宿二丁目八番一号", "西新宿2丁目8番1号"),
        ("北四十三条東一丁目", "北43条東1丁目"),
        ("第二十二地割", "第22地割"),
        ("高砂三-一-四", "高砂3-1-4"),
        ("八幡", "八幡"),
        ("三軒茶屋", "三軒茶屋"),
        ("六本木", "六本木"),
        ("八丁堀", "八丁堀"),
    ],
)
def test_kanji_numerals_become_digits_only_where_something_is_counted(written, meant):
    assert in_digits(written) == meant


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("柴田郡大河原町", "大河原町"),
        ("下伊那郡平谷村", "平谷村"),
        ("郡山市", "郡山市"),
        ("大和郡山市", "大和郡山市"),
        ("郡上市八幡町", "郡上市八幡町"),
        ("小郡市", "小郡市"),
    ],
)
def test_the_county_goes_where_it_is_one(written, name):
    assert without_county(written) == name
