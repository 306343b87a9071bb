"""What must hold for any pair of people, however they are written."""

import datetime
import unicodedata
from dataclasses import asdict, replace

import jaconv
from hypothesis import given
from hypothesis import strategies as st

from links.review.rules import Person, compare

SURNAMES = (
    "山田　ヤマダ",
    "渡邉　ワタナベ",
    "佐々木　ササキ",
    "髙橋　タカハシ",
    "大野　オオノ",
    "斎藤　サイトウ",
)
GIVEN = ("太郎　タロウ", "惠子　ケイコ", "裕　ユタカ", "さくら　サクラ", "龍之介　リュウノスケ", "晃　アキラ")
DAYS = ("1980-05-12", "昭和30年1月2日", "H10.4.5", "1955-00-00", "")
ADDRESSES = (
    "東京都新宿区西新宿２丁目８番１号　ハイツ山田１０１号室",
    "群馬県太田市飯塚町２３８８番地",
    "北海道札幌市東区北四十三条東１丁目１７７０番地",
    "山梨県甲府市丸の内4-23-24",
    "",
)


@st.composite
def people(draw):
    """A person made of names, days and places that occur."""
    surname, surname_kana = draw(st.sampled_from(SURNAMES)).split("　")
    given_name, given_kana = draw(st.sampled_from(GIVEN)).split("　")
    return Person(
        name=f"{surname}　{given_name}",
        kana=draw(st.sampled_from(("", f"{surname_kana}　{given_kana}"))),
        birth_date=draw(st.sampled_from(DAYS)),
        sex=draw(st.sampled_from(("男", "女", ""))),
        address=draw(st.sampled_from(ADDRESSES)),
    )


def rewritten(person, change):
    """The person with every field written in another way."""
    fields = asdict(person) | {"former_addresses": ()}
    return Person(
        **{key: change(value) if isinstance(value, str) else value for key, value in fields.items()}
    )


def wide(text):
    """The text in full-width letters and digits."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


WAYS_TO_WRITE_KANA = {
    "half-width": lambda kana: jaconv.z2h(kana),
    "hiragana": jaconv.kata2hira,
    "large letters": lambda kana: kana.translate(str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")),
    "a dash for a long vowel": lambda kana: (
        kana.replace("ロウ", "ロー").replace("ュウ", "ュー").replace("オオ", "オー")
    ),
    "another letter for a long vowel": lambda kana: kana.replace("ロウ", "ロオ").replace("ケイ", "ケエ"),
    "old letters": lambda kana: kana.replace("オ", "ヲ").replace("ズ", "ヅ").replace("エ", "ヱ"),
}
WAYS_TO_WRITE_ADDRESSES = {
    "hyphens": lambda text: (
        text.replace("丁目", "-").replace("番地", "").replace("番", "-").replace("号", "", 1)
    ),
    "no prefecture": lambda text: text.removeprefix("東京都").removeprefix("群馬県").removeprefix("山梨県"),
    "a postal code": lambda text: f"〒123-4567 {text}" if text else text,
    "の for ノ": lambda text: text.replace("の", "ノ"),
    "大字": lambda text: text.replace("太田市", "太田市大字"),
}
WAYS_TO_WRITE_DAYS = (
    "{0:%Y-%m-%d}",
    "{0:%Y%m%d}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "昭和{1}年{0.month}月{0.day}日",
    "S{1:02}.{0:%m.%d}",
    "S{1:02}{0:%m%d}",
    "昭和{1}年({0.year}年){0.month}月{0.day}日",
)
# what stands in real files, put together at random
PIECES = st.sampled_from(
    (
        *"山渡邉々ゝゞ●■?*ー-一１9Ａéﾞ゛（）［］【_＿・,町市区郡条第Sュ\u200b\ufe0f\ue000\u3099",
        *("二十", "丁目", "番地", "号室", "地割", "京都市中京区", "上る", "東入", "札幌市中央区", "旧氏"),
        *("通称", "昭和", "元年", "99", "0000", "ヴァ", "DE"),
    )
)
MADE_UP = st.lists(PIECES, max_size=10).map("".join)


def levels(found):
    return {key: element.level for key, element in found.elements.items()}


@given(people(), people())
def test_composed_and_decomposed_text_get_one_answer(registered, claimed):
    decomposed = rewritten(claimed, lambda text: unicodedata.normalize("NFD", text))

    assert compare(registered, decomposed) == compare(registered, claimed)


@given(people(), people())
def test_width_does_not_matter(registered, claimed):
    assert compare(registered, rewritten(claimed, wide)) == compare(registered, claimed)
    assert compare(rewritten(registered, wide), claimed) == compare(registered, claimed)


@given(people(), people())
def test_spaces_around_and_their_kind_do_not_matter(registered, claimed):
    spaced = rewritten(claimed, lambda text: f" {text.replace('　', '  ')}　" if text else text)

    assert compare(registered, spaced) == compare(registered, claimed)


@given(people(), people())
def test_invisible_characters_do_not_matter(registered, claimed):
    marked = rewritten(claimed, lambda text: "\u200b".join(text) + "\ufe0f" if text else text)

    assert compare(registered, marked) == compare(registered, claimed)


@given(people(), people())
def test_the_verdict_does_not_depend_on_who_is_asked(registered, claimed):
    there, back = compare(registered, claimed), compare(claimed, registered)

    assert (there.verdict, levels(there)) == (back.verdict, levels(back))


@given(people())
def test_a_person_is_never_told_from_themselves(person):
    assert compare(person, person).verdict in ("match", "review", "unverifiable")


@given(people())
def test_an_equal_copy_with_a_date_of_birth_matches(person):
    found = compare(person, person)

    assert found.verdict == "match" or not person.birth_date


@given(people(), st.sampled_from(("kana", "address", "sex")))
def test_what_was_not_sent_is_held_against_nobody(person, field):
    partial = replace(person, **{field: ""})

    assert compare(person, partial).verdict == "match" or not person.birth_date


@given(people(), people())
def test_two_names_that_both_differ_are_never_matched(registered, claimed):
    found = compare(registered, claimed)

    if found.elements["name"].level == "other" and found.elements["kana"].level in ("other", "missing"):
        assert found.verdict in ("review", "mismatch")


@given(people(), people(), st.sampled_from(sorted(WAYS_TO_WRITE_KANA)))
def test_ways_to_write_kana_do_not_matter(registered, claimed, way):
    rewritten_kana = compare(registered, replace(claimed, kana=WAYS_TO_WRITE_KANA[way](claimed.kana)))

    assert rewritten_kana.verdict == compare(registered, claimed).verdict


@given(people(), people(), st.sampled_from(sorted(WAYS_TO_WRITE_ADDRESSES)))
def test_ways_to_write_an_address_do_not_matter(registered, claimed, way):
    rewritten_claim = replace(claimed, address=WAYS_TO_WRITE_ADDRESSES[way](claimed.address))
    rewritten_address = compare(registered, rewritten_claim)

    assert levels(rewritten_address) == levels(compare(registered, claimed))


@given(
    people(),
    st.dates(datetime.date(1927, 1, 1), datetime.date(1988, 12, 31)),
    st.sampled_from(WAYS_TO_WRITE_DAYS),
    st.sampled_from(WAYS_TO_WRITE_DAYS),
)
def test_ways_to_write_a_day_do_not_matter(person, day, one, other):
    registered, claimed = (
        replace(person, birth_date=way.format(day, day.year - 1925)) for way in (one, other)
    )

    assert compare(registered, claimed).verdict == "match"


@given(MADE_UP, MADE_UP, MADE_UP, MADE_UP)
def test_pieces_of_real_files_never_make_the_rules_fail_or_tell_anybody_from_themselves(
    name, kana, birth_date, address
):
    strange = Person(name, kana, birth_date, "", address)

    assert compare(strange, strange).verdict != "mismatch"


@given(st.text(max_size=15), st.text(max_size=15), st.text(max_size=15), st.text(max_size=15))
def test_no_text_makes_the_rules_fail(name, kana, birth_date, address):
    strange = Person(name, kana, birth_date, "", address)
    plain = Person("山田　太郎", "ヤマダ　タロウ", "1980-05-12", "男", "東京都新宿区西新宿2-8-1")

    assert compare(plain, strange).verdict in ("match", "review", "unverifiable", "mismatch")
    assert compare(strange, plain).verdict in ("match", "review", "unverifiable", "mismatch")


def test_a_register_with_its_columns_exchanged_agrees_with_itself():
    exchanged = Person("ヴァ", "山", "1980-05-12", "男", "")

    assert compare(exchanged, exchanged).verdict != "mismatch"
