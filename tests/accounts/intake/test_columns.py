"""Finding the columns of a form in a header."""

import pytest

from accounts.intake import columns
from accounts.intake.columns import read_header
from accounts.intake.refusal import FeedRefused
from tests.accounts.intake.files import FORM


def names_at(*headings: str) -> dict[int, str]:
    """Which column stands where in a header of these headings."""
    return {position: column.name for position, column in read_header(headings, FORM).found}


def refusal(*headings: str) -> FeedRefused:
    """Why a header of these headings is refused."""
    with pytest.raises(FeedRefused) as refused:
        read_header(headings, FORM)
    return refused.value


def test_columns_are_found_in_any_order():
    assert names_at("name", "reference", "individual_number") == {
        2: "individual_number",
        1: "reference",
        0: "name",
    }


def test_japanese_and_english_headings_may_stand_side_by_side():
    assert names_at("個人番号", "reference", "氏名") == {0: "individual_number", 1: "reference", 2: "name"}


def test_space_around_a_heading_does_not_matter():
    assert names_at(" individual_number", "記録番号　") == {0: "individual_number", 1: "reference"}


def test_an_optional_column_may_be_missing():
    assert names_at("individual_number", "reference") == {0: "individual_number", 1: "reference"}


@pytest.mark.parametrize("missing", ["individual_number", "reference"])
def test_a_missing_required_column_refuses_the_file_and_is_named(missing: str):
    headings = [name for name in ("individual_number", "reference", "name") if name != missing]

    refused = refusal(*headings)

    assert refused.reason == columns.COLUMN_MISSING
    assert missing in str(refused)


@pytest.mark.parametrize("twice", ["name", "氏名", "remark"])
def test_a_column_given_twice_refuses_the_file_and_is_named(twice: str):
    refused = refusal("individual_number", "reference", twice, f" {twice}")

    assert (refused.reason, refused.details) == (columns.COLUMN_TWICE, {"column": twice})


def test_a_column_beside_its_own_alias_refuses_the_file():
    refused = refusal("individual_number", "reference", "name", "氏名")

    assert (refused.reason, refused.details) == (
        columns.COLUMN_AND_ALIAS,
        {"column": "name", "alias": "氏名"},
    )


def test_unknown_columns_are_named_in_the_order_of_the_file():
    header = read_header(["備考", "individual_number", "reference", "", "memo"], FORM)

    assert header.unknown == ("備考", "", "memo")


def test_headings_without_a_name_are_no_column_given_twice():
    header = read_header(["individual_number", "reference", "", ""], FORM)

    assert header.unknown == ("", "")


@pytest.mark.parametrize("headings", [[], [""], ["", " ", "　"]])
def test_a_header_without_any_name_refuses_the_file(headings: list[str]):
    assert refusal(*headings).reason == columns.UNREADABLE_HEADER


def test_a_first_row_of_data_in_the_place_of_the_header_refuses_the_file():
    assert refusal("751703651475", "A1", "山田").reason == columns.COLUMN_MISSING


def test_the_sentence_of_a_refusal_has_its_details():
    refused = refusal("reference")

    assert str(refused) == "The column individual_number is missing in the header."
