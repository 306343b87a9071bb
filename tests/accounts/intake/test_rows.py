"""From bytes to rows: line numbers, limits, quotes, control characters."""

import io
import itertools
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.intake import rows
from accounts.intake.encoding import CP932, UTF_8, UTF_8_MARKED
from accounts.intake.refusal import FeedRefused
from accounts.intake.rows import Broken, Cells, read_rows
from tests.accounts.intake.files import csv_bytes, rows_of


def refusal(content: bytes) -> FeedRefused:
    """Why a file that is these bytes is refused."""
    with pytest.raises(FeedRefused) as refused:
        rows_of(content)
    return refused.value


def test_the_header_is_line_1_and_rows_follow():
    content = b"a,b\n1,2\n3,4\n"

    found = rows_of(content)

    assert found == [Cells(1, ["a", "b"]), Cells(2, ["1", "2"]), Cells(3, ["3", "4"])]


@pytest.mark.parametrize("content", [b"a,b\r\n1,2\r\n", b"a,b\n1,2\n", b"a,b\n1,2", b"a,b\r\n1,2"])
def test_both_line_ends_do_and_the_last_one_may_be_missing(content: bytes):
    found = rows_of(content)

    assert found == [Cells(1, ["a", "b"]), Cells(2, ["1", "2"])]


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    content = "a,b\n1,2\n".encode("utf-8-sig")

    found = rows_of(content, UTF_8_MARKED)

    assert found[0] == Cells(1, ["a", "b"])


def test_cp932_is_decoded_even_where_a_second_byte_is_a_backslash():
    content = "氏名,住所\n表　十,能代\n".encode("cp932")

    found = rows_of(content, CP932)

    assert found[1] == Cells(2, ["表　十", "能代"])


@pytest.mark.parametrize(
    "blank", [b"\n", b"\r\n", b",\n", b",,,\n", b"  ,\n", "　,　\n".encode(), b'"",""\n']
)
def test_blank_rows_are_skipped_but_their_lines_count(blank: bytes):
    content = b"a,b\n" + blank + b"1,2\n"

    found = rows_of(content)

    assert found[1:] == [Cells(3, ["1", "2"])]


def test_a_row_over_several_lines_has_the_number_of_its_first_line():
    content = b'a,b\n1,"x\ny\r\nz"\n3,4\n'

    found = rows_of(content)

    assert found[1:] == [Cells(2, ["1", "x\ny\nz"]), Cells(5, ["3", "4"])]


def test_doubled_quotation_marks_and_commas_within_quotes_are_text():
    content = b'a,b\n"say ""hi""","1,2"\n'

    found = rows_of(content)

    assert found[1] == Cells(2, ['say "hi"', "1,2"])


def test_a_lone_carriage_return_ends_no_line_and_breaks_only_its_own_row():
    content = b"a,b\n1,2\r3,4\n5,6\n7\r,8\n9,10\n"

    found = rows_of(content)

    assert found[1:] == [
        Broken(2, None, rows.TOO_MANY_CELLS, ["1", "2\v3", "4"]),
        Cells(3, ["5", "6"]),
        Broken(4, 0, rows.CONTROL_CHARACTERS, ["7\v", "8"]),
        Cells(5, ["9", "10"]),
    ]


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_other_separators_of_unicode_end_no_line(separator: str):
    content = f"a,b\n1{separator}1,2\n3,4\n".encode()

    found = rows_of(content)

    assert [row.line for row in found] == [1, 2, 3]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\t", "\x1b", "\x7f", "\x80", "\x9f"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_with_a_control_character_breaks_its_row_and_is_named(character: str, quote: str):
    content = f"a,b\n1,{quote}x{character}y{quote}\n3,4\n".encode()

    found = rows_of(content)

    assert found[1:] == [Broken(2, 1, rows.CONTROL_CHARACTERS, ["1", f"x{character}y"]), Cells(3, ["3", "4"])]


@pytest.mark.parametrize(
    ("row", "reason"),
    [(b"1\n", rows.TOO_FEW_CELLS), (b"1,2,3\n", rows.TOO_MANY_CELLS), (b"1,2,\n", rows.TOO_MANY_CELLS)],
)
def test_a_row_of_another_width_than_the_header_is_broken_and_costs_no_other(row: bytes, reason: str):
    content = b"a,b\n" + row + b"5,6\n"

    found = rows_of(content)

    assert isinstance(found[1], Broken)
    assert (found[1].line, found[1].column, found[1].reason) == (2, None, reason)
    assert found[2] == Cells(3, ["5", "6"])


@pytest.mark.parametrize("letter", ["x", "字"])
def test_a_cell_may_have_1000_characters_and_not_one_more(letter: str):
    content = csv_bytes([["a", "b"], ["1", letter * 1000], ["2", letter * 1001], ["3", "4"]])

    found = rows_of(content)

    assert found[1] == Cells(2, ["1", letter * 1000])
    assert found[2] == Broken(3, 1, rows.CELL_TOO_LONG, ["2", letter * 1001])
    assert found[3] == Cells(4, ["3", "4"])


def test_a_long_cell_made_of_many_short_lines_is_too_long_as_well():
    content = b'a,b\n1,"' + b"x\n" * 600 + b'"\n3,4\n'

    found = rows_of(content)

    assert isinstance(found[1], Broken)
    assert found[1].reason == rows.CELL_TOO_LONG
    assert found[2] == Cells(603, ["3", "4"])


@pytest.mark.parametrize(
    "content",
    [b'a,b\n1,"2\n3,4\n', b'a,b\n1,2\n3,"', b'"a,b\n1,2\n', b'a,b\n1,"2""\n'],
)
def test_a_quotation_mark_that_never_closes_refuses_the_file(content: bytes):
    refused = refusal(content)

    assert refused.reason == rows.QUOTE_NEVER_CLOSES


def test_the_line_of_the_open_quotation_mark_is_named():
    content = b'a,b\n1,2\n3,"4\n5,6\n'

    refused = refusal(content)

    assert "line 3" in str(refused)


def test_text_after_a_closing_quotation_mark_costs_one_row_only():
    content = b'a,b\n1,"2"x\n3,4\n'

    found = rows_of(content)

    assert found[1:] == [Broken(2, None, rows.TEXT_AFTER_QUOTE, []), Cells(3, ["3", "4"])]


def test_a_quotation_mark_that_swallows_rows_before_another_one_costs_its_own_row_only():
    content = b'a,b\n1,"2\n3,4\n5,6\n7,"8"\n9,10\n'

    found = rows_of(content)

    assert found[1:] == [
        Broken(2, None, rows.TEXT_AFTER_QUOTE, []),
        Cells(3, ["3", "4"]),
        Cells(4, ["5", "6"]),
        Cells(5, ["7", "8"]),
        Cells(6, ["9", "10"]),
    ]


def test_a_quotation_mark_within_unquoted_text_is_text():
    content = b'a,b\n1,5"6\n'

    found = rows_of(content)

    assert found[1] == Cells(2, ["1", '5"6'])


@pytest.mark.parametrize("length", [rows.ROW_BYTES + 1, 10_000_000])
def test_a_row_of_more_than_1_mb_refuses_the_file(length: int):
    content = b"a,b\n1," + b"x" * length + b"\n3,4\n"

    refused = refusal(content)

    assert refused.reason == rows.ROW_TOO_LONG
    assert refused.details == {"line": 2}


def test_a_row_over_lines_of_more_than_1_mb_in_all_refuses_the_file():
    content = b'a,b\n1,2\n1,"' + b"xxxxxxxxx\n" * 120_000 + b'"\n'

    refused = refusal(content)

    assert (refused.reason, refused.details) == (rows.ROW_TOO_LONG, {"line": 3})


def test_a_long_row_below_1_mb_breaks_itself_only():
    content = b"a,b\n1," + b"x" * 900_000 + b"\n3,4\n"

    found = rows_of(content)

    assert isinstance(found[1], Broken)
    assert found[1].reason == rows.CELL_TOO_LONG
    assert found[2] == Cells(3, ["3", "4"])


@pytest.mark.parametrize("place", ["header", "row"])
def test_more_than_200_columns_refuse_the_file(place: str):
    wide = [str(column) for column in range(201)]
    content = csv_bytes([wide] if place == "header" else [["a", "b"], wide])

    refused = refusal(content)

    assert refused.reason == rows.TOO_MANY_COLUMNS


def test_200_columns_do():
    wide = [str(column) for column in range(200)]

    found = rows_of(csv_bytes([wide, wide]))

    assert [len(row.cells) for row in found] == [200, 200]


def test_memory_stays_the_same_however_long_the_file_is():
    line = b"751703651475,A1," + b"x" * 80 + b"\n"
    peaks = []

    for count in (2_000, 40_000):
        file = io.BytesIO(b"a,b,c\n" + line * count)
        tracemalloc.start()
        for _row in read_rows(file, UTF_8):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] + 50_000


def test_a_file_that_changes_while_it_is_read_is_refused():
    file = io.BytesIO("a,b\n1,字\n".encode("cp932"))

    with pytest.raises(FeedRefused) as refused:
        list(read_rows(file, UTF_8))

    assert refused.value.reason == rows.CHANGED_MEANWHILE


cells = st.text(
    st.characters(codec="utf-8", exclude_characters='\r\n"', exclude_categories=["Cc", "Cs"]), max_size=20
)


@settings(max_examples=200)
@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_whatever_is_written_plainly_quoted_comes_back(table: list[tuple[str, str, str]]):
    lines = [",".join(f'"{cell}"' for cell in row) for row in [("a", "b", "c"), *table]]

    found = rows_of("\n".join(lines).encode())

    expected = [list(row) for row in table if any(cell.strip() for cell in row)]
    assert [row.cells for row in found[1:]] == expected


@settings(max_examples=300)
@given(st.text(alphabet='ab1,"\n\r\x00\t字', max_size=120))
def test_any_text_becomes_rows_or_a_refusal_and_every_line_number_grows(text: str):
    try:
        found = rows_of(("a,b\n" + text).encode())
    except FeedRefused:
        return

    lines = [row.line for row in found]
    assert all(before < after for before, after in itertools.pairwise(lines))
    assert all(row.line <= 1 + text.count("\n") + 1 for row in found)
