"""Which files are taken for UTF-8, which for CP932, and which are refused."""

import codecs
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.intake import encoding
from accounts.intake.encoding import CP932, UTF_8, UTF_8_MARKED, detect
from accounts.intake.refusal import FeedRefused

ENGLISH_HEADER = "individual_number,reference,holder_name,holder_kana,linked_on\n"
JAPANESE_HEADER = "個人番号,記録番号,名義人氏名,名義人カナ,登録日\n"
ROWS = (
    "751703651475,A1,山田　太郎,ヤマダ　タロウ,2024-05-01\n"
    "535721357865,A2,齋藤　花子,ｻｲﾄｳ ﾊﾅｺ,2024-05-02\n"
    "511158466583,A3,髙橋　実,タカハシ　ミノル,2024-05-03\n"
)
HALF_KANA_ROWS = "751703651475,A1,,ﾔﾏﾀﾞ ﾀﾛｳ,20240501\n535721357865,A2,,ﾃﾞﾗｸﾙｽ ﾏﾘｱ,20240502\n"


def detected(content: bytes) -> encoding.Encoding:
    """The encoding of a file that is these bytes."""
    return detect(io.BytesIO(content))


def refusal(content: bytes) -> str:
    """Why a file that is these bytes is refused."""
    with pytest.raises(FeedRefused) as refused:
        detected(content)
    return refused.value.reason


@pytest.mark.parametrize("header", [ENGLISH_HEADER, JAPANESE_HEADER])
@pytest.mark.parametrize("rows", [ROWS, HALF_KANA_ROWS])
def test_utf_8_is_told_from_cp932(header: str, rows: str):
    content = header + rows

    as_utf_8, as_cp932 = detected(content.encode()), detected(content.encode("cp932"))

    assert (as_utf_8, as_cp932) == (UTF_8, CP932)


def test_a_byte_order_mark_is_noted_and_skipped():
    content = codecs.BOM_UTF8 + (ENGLISH_HEADER + ROWS).encode()

    found = detected(content)

    assert found == UTF_8_MARKED
    assert content[found.skip :].decode(found.codec).startswith("individual_number")


def test_pure_ascii_is_utf_8():
    content = b"individual_number,reference,linked_on\n751703651475,A1,2024-05-01\n"

    found = detected(content)

    assert found == UTF_8


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8])
def test_an_empty_file_is_refused(content: bytes):
    reason = refusal(content)

    assert reason == encoding.EMPTY


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("header", [ENGLISH_HEADER, JAPANESE_HEADER])
def test_utf_16_and_32_are_refused_with_and_without_a_mark(codec: str, header: str):
    content = (header + ROWS).encode(codec)

    reason = refusal(content)

    assert reason == encoding.UTF_16


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_jp_1", "iso2022_jp_2004", "iso2022_jp_ext"])
@pytest.mark.parametrize("header", [ENGLISH_HEADER, JAPANESE_HEADER])
def test_iso_2022_jp_is_refused(codec: str, header: str):
    content = (header + ROWS.replace("髙", "高").replace("ｻｲﾄｳ ﾊﾅｺ", "サイトウ")).encode(codec)

    reason = refusal(content)

    assert reason == encoding.ISO_2022_JP


@pytest.mark.parametrize("header", [ENGLISH_HEADER, JAPANESE_HEADER])
@pytest.mark.parametrize(
    "row",
    [
        "751703651475,A1,山田　太郎,ヤマダ　タロウ,2024-05-01\n",
        "751703651475,A1,,ヤマダ　タロウ,2024-05-01\n",
        "751703651475,A1,,やまだ,2024-05-01\n",
        "751703651475,A1,山田　太郎,,2024-05-01\n",
        "751703651475,A1,,ﾔﾏﾀﾞ ﾀﾛｳ,2024-05-01\n" * 20,
    ],
)
def test_euc_jp_is_refused_even_where_every_byte_would_pass_as_half_width_kana(header: str, row: str):
    content = (header + row).encode("euc_jp")

    reason = refusal(content)

    assert reason == encoding.EUC_JP


@pytest.mark.parametrize("name", ["ｲﾄ ﾊﾙ", "ﾊﾞﾊﾞ", "ｱｲ", "ｻﾄ ﾊﾅ", "ｺｺﾞ"])
def test_short_half_width_kana_is_not_mistaken_for_euc_jp(name: str):
    content = f"{ENGLISH_HEADER}751703651475,A1,,{name},20240501\n".encode("cp932")

    found = detected(content)

    assert found == CP932


@pytest.mark.parametrize(
    "name", ["齋藤　花子", "渡邊花子", "遙　香", "德永　瑤", "邊　榮", "彌生", "﨑山　禮子"]
)
def test_rare_kanji_of_cp932_are_not_mistaken_for_damaged_utf_8(name: str):
    content = f"{ENGLISH_HEADER}751703651475,A1,{name},,20240501\n".encode("cp932")

    found = detected(content)

    assert found == CP932


@pytest.mark.parametrize(
    "stray", [b"\x80", b"\xa0", b"\xff", b"\xe3", b"\xe3\x81", b"\xc3\x28", b"\xed\xa0\x80"]
)
@pytest.mark.parametrize("place", [0, 62, 90, -1])
def test_utf_8_with_a_stray_byte_is_refused_wherever_it_is(stray: bytes, place: int):
    content = (ENGLISH_HEADER + ROWS).encode()
    place = place % len(content)
    while content[place] & 0xC0 == 0x80:  # between characters
        place += 1

    reason = refusal(content[:place] + stray + content[place:])

    assert reason == encoding.DAMAGED_UTF_8


def test_utf_8_with_one_short_name_and_a_stray_byte_is_refused():
    content = f"{ENGLISH_HEADER}751703651475,A1,山田,,20240501\n".encode() + b"\xff\n"

    reason = refusal(content)

    assert reason == encoding.DAMAGED_UTF_8


def test_a_marked_file_is_never_read_as_cp932():
    content = codecs.BOM_UTF8 + (ENGLISH_HEADER + ROWS).encode("cp932")

    reason = refusal(content)

    assert reason == encoding.DAMAGED_UTF_8


@pytest.mark.parametrize("codec", ["utf-8", "cp932"])
def test_a_file_cut_within_a_character_is_refused(codec: str):
    content = (JAPANESE_HEADER + ROWS).encode(codec)
    end = len((JAPANESE_HEADER + "751703651475,A1,山").encode(codec)) - 1

    reason = refusal(content[:end])

    assert reason in (encoding.DAMAGED_UTF_8, encoding.UNKNOWN)


@pytest.mark.parametrize("stray", [b"\x80", b"\xa0", b"\xfd", b"\xfe", b"\xff"])
def test_bytes_that_cp932_does_not_define_are_refused(stray: bytes):
    content = (JAPANESE_HEADER + ROWS).encode("cp932") + stray

    reason = refusal(content)

    assert reason == encoding.UNKNOWN


@pytest.mark.parametrize("codec", ["big5", "gb18030", "euc_kr"])
def test_other_encodings_of_east_asia_are_refused_or_at_least_not_utf_8(codec: str):
    content = (ENGLISH_HEADER + "751703651475,A1,山中東京都千代田,大阪中央,\n").encode(codec)

    try:
        found = detected(content)
    except FeedRefused:
        found = CP932

    assert found != UTF_8


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"\x89PNG\r\n\x1a\n"]
)
def test_files_that_are_no_text_are_refused(start: bytes):
    content = start + bytes(range(256))

    reason = refusal(content)

    assert reason in (encoding.UTF_16, encoding.UNKNOWN)


def test_a_nul_in_a_row_does_not_make_a_file_utf_16():
    content = ENGLISH_HEADER.encode() + b"751703651475,A\x001,,,20240501\n"

    found = detected(content)

    assert found == UTF_8


def test_an_escape_in_a_cell_of_a_utf_8_file_is_not_iso_2022_jp():
    content = (ENGLISH_HEADER + ROWS).encode() + b"751703651475,\x1b[0m,,,20240501\n"

    found = detected(content)

    assert found == UTF_8


@pytest.mark.parametrize("codec", ["utf-8", "cp932"])
def test_characters_across_the_border_of_two_pieces_are_whole(codec: str):
    filler = "x" * (encoding.PIECE_BYTES - len(ENGLISH_HEADER) - 1)
    content = (ENGLISH_HEADER + filler + "山田太郎ヤマダタロウ" * 10 + "\n").encode(codec)

    found = detected(content)

    assert found.codec == codec


def test_what_the_end_of_a_large_file_holds_counts_too():
    content = (ENGLISH_HEADER + ROWS).encode() * 9000 + b"\xff"

    reason = refusal(content)

    assert len(content) > encoding.PIECE_BYTES
    assert reason == encoding.DAMAGED_UTF_8


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_detected_and_decode_or_are_refused(content: bytes):
    try:
        found = detected(content)
    except FeedRefused:
        return

    assert content[found.skip :].decode(found.codec) is not None


@settings(max_examples=200)
@given(st.text(alphabet="アカサタナハマヤラワ亜唖娃阿哀愛挨姶逢葵茜0123456789,. ", min_size=12, max_size=80))
def test_any_japanese_text_behind_a_japanese_header_is_read_in_its_own_encoding(text: str):
    content = JAPANESE_HEADER + text

    found = [detected(content.encode(codec)).codec for codec in ("utf-8", "cp932")]

    assert found == ["utf-8", "cp932"]
