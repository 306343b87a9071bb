"""A file as good rows and rejects."""

import datetime
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.intake import columns, encoding, fields, rows
from accounts.intake.reading import Reading, Reject, Row
from accounts.intake.refusal import FeedRefused
from tests.accounts.intake.files import FORM, NUMBER, OTHER_NUMBER, TODAY, reading

# commas, quotes and line ends, what does not come back from CP932, and what it does not define
NOT_CP932 = '",\r\n¢£¬‖−〜\x80\uf8f0\uf8f1\uf8f2\uf8f3'
HEADER = "individual_number,reference,name,linked_on"


def test_a_good_row_has_its_line_and_its_values():
    found = list(reading(HEADER, f"{NUMBER},A1, 山田　太郎 ,令和6年5月1日"))

    day = datetime.date(2024, 5, 1)
    assert found == [
        Row(2, {"individual_number": NUMBER, "reference": "A1", "name": "山田　太郎", "linked_on": day})
    ]


def test_what_was_not_sent_is_not_among_the_values():
    (row,) = reading(HEADER, f"{NUMBER},A1,　,")

    assert isinstance(row, Row)
    assert row.values == {"individual_number": NUMBER, "reference": "A1"}


def test_a_reference_is_kept_exactly_as_it_came():
    (row,) = reading(HEADER, f'{NUMBER}," A1　",,')

    assert isinstance(row, Row)
    assert row.values["reference"] == " A1　"


def test_a_bad_row_is_rejected_with_line_column_and_reason_and_costs_no_other():
    found = list(reading(HEADER, f"{NUMBER},A1,,", "751703651470,A2,,", f"{OTHER_NUMBER},A3,,"))

    reject = found[1]
    assert isinstance(reject, Reject)
    assert (reject.line, reject.column, reject.reason) == (3, "individual_number", fields.WRONG_CHECK_DIGIT)
    assert [row.line for row in found] == [2, 3, 4]


def test_a_reject_names_the_column_as_the_sender_does():
    (reject,) = reading("記録番号,個人番号,登録日", f"A1,{NUMBER},2023-02-30")

    assert isinstance(reject, Reject)
    assert (reject.column, reject.value) == ("登録日", "2023-02-30")
    assert reject.cells == {"individual_number": NUMBER, "reference": "A1", "linked_on": "2023-02-30"}


@pytest.mark.parametrize(("row", "column"), [(",A1,,", "individual_number"), (f"{NUMBER},　,,", "reference")])
def test_a_required_cell_must_not_be_empty(row: str, column: str):
    (reject,) = reading(HEADER, row)

    assert isinstance(reject, Reject)
    assert (reject.column, reject.reason) == (column, fields.MISSING)


def test_a_control_character_in_an_unknown_column_rejects_the_row_as_well():
    (reject,) = reading("individual_number,reference,memo", f"{NUMBER},A1,x\x07y")

    assert isinstance(reject, Reject)
    assert (reject.column, reject.reason) == ("memo", rows.CONTROL_CHARACTERS)


def test_of_a_row_of_another_width_nobody_knows_which_cell_is_what():
    (reject,) = reading(HEADER, f"{NUMBER},A1")

    assert isinstance(reject, Reject)
    assert (reject.column, reject.value, reject.cells) == ("", "", {})
    assert reject.may_be("reference") == (NUMBER, "A1")


def test_a_reject_knows_its_reference_with_and_without_space():
    (reject,) = reading(HEADER, "1, A1,,")

    assert isinstance(reject, Reject)
    assert set(reject.may_be("reference")) == {" A1", "A1"}


def test_unknown_columns_are_ignored_and_named():
    found = reading("備考,individual_number,reference", f"x,{NUMBER},A1")

    assert found.unknown_columns == ("備考",)
    assert [row.line for row in found] == [2]


def test_a_header_and_no_row_is_a_valid_empty_file():
    assert list(reading(HEADER)) == []
    assert list(reading(HEADER, "", ",,,", "  ")) == []


@pytest.mark.parametrize("first", ["", ",,,", f"{NUMBER},A1,山田,", "a\x00b,c"])
def test_a_file_without_its_header_is_refused(first: str):
    with pytest.raises(FeedRefused) as refused:
        reading(first, f"{NUMBER},A1,,")

    assert refused.value.reason in (columns.UNREADABLE_HEADER, columns.COLUMN_MISSING, encoding.UTF_16)


def test_a_second_header_within_the_file_is_one_rejected_row():
    found = list(reading(HEADER, f"{NUMBER},A1,,", HEADER, f"{OTHER_NUMBER},A2,,"))

    assert [type(row) for row in found] == [Row, Reject, Row]


def test_a_file_cut_in_the_middle_of_a_row_loses_that_row_only():
    found = list(reading(HEADER, f"{NUMBER},A1,,", f"{OTHER_NUMBER},A"))

    assert [type(row) for row in found] == [Row, Reject]
    assert isinstance(found[1], Reject)
    assert (found[1].line, found[1].reason) == (3, rows.TOO_FEW_CELLS)


def test_the_encoding_is_told_and_can_be_given():
    lines = ("個人番号,記録番号,氏名", f"{NUMBER},A1,髙橋")
    found = reading(*lines, codec="cp932")
    again = Reading(io.BytesIO("\n".join(lines).encode("cp932")), FORM, today=TODAY, encoding=found.encoding)

    assert found.encoding.label == "CP932"
    assert list(again) == list(found)


def test_a_storing_room_can_reject_a_row_that_could_be_read():
    source = reading("個人番号,記録番号", f"{NUMBER},A1")
    (row,) = source
    assert isinstance(row, Row)

    reject = source.reject(row, "individual_number", "Why.")

    assert (reject.line, reject.column, reject.reason, reject.value) == (2, "個人番号", "Why.", NUMBER)
    assert reject.cells["reference"] == "A1"


def test_the_position_grows_to_the_size_of_the_file():
    source = reading(HEADER, f"{NUMBER},A1,,", f"{OTHER_NUMBER},A2,,")

    list(source)

    assert source.position == len(f"{HEADER}\n{NUMBER},A1,,\n{OTHER_NUMBER},A2,,")


lines = st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=6)


@settings(max_examples=300)
@given(st.binary(max_size=200) | lines.map(lambda some: "\n".join([HEADER, *some]).encode()))
def test_any_file_is_rows_and_rejects_or_the_documented_refusal(content: bytes):
    refusal, found = ".", []

    try:
        found = list(Reading(io.BytesIO(content), FORM, today=TODAY))
    except FeedRefused as refused:
        refusal = str(refused)

    assert refusal.endswith(".")
    assert all(isinstance(row, Row | Reject) for row in found)


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([NUMBER, "", "1", "７５１７０３６５１４７５", "=1+1"]),
            st.text(alphabet="A1 　", max_size=4),
            st.text(st.characters(codec="cp932", exclude_characters=NOT_CP932), max_size=25),
            st.sampled_from(["", "2024-05-01", "令和元年13月", "S421220", "99999999", "2030-01-01"]),
        ),
        max_size=8,
    )
)
def test_every_row_that_is_not_blank_is_either_good_or_rejected_with_a_reason(table: list[tuple[str, ...]]):
    content = "\n".join(["個人番号,記録番号,氏名,登録日", *(",".join(row) for row in table)]).encode("cp932")

    found = list(Reading(io.BytesIO(content), FORM, today=TODAY))

    assert len(found) == sum(1 for row in table if any(cell.strip() for cell in row))
    assert all(row.reason for row in found if isinstance(row, Reject))
