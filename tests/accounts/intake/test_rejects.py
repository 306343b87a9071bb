"""The file that goes back to the sender."""

import csv
from pathlib import Path

import pytest

from accounts.intake.reading import Reject
from accounts.intake.rejects import RejectsFile, disarmed, masked, without_numbers
from tests.accounts.intake.files import NUMBER


def written(path: Path, *rejects: Reject) -> list[dict[str, str]]:
    """What a file of these rejects holds."""
    with RejectsFile(path, key="reference") as file:
        for reject in rejects:
            file.write(reject)
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def reject(column: str = "登録日", value: str = "2023-02-30", **cells: str) -> Reject:
    """A reject of line 7."""
    everything = {"individual_number": NUMBER, "reference": "A1"} | cells
    return Reject(7, column, "This date does not exist, or cannot be read.", value, everything)


def test_a_reject_is_written_with_line_column_reason_and_what_finds_it_again(tmp_path: Path):
    (row,) = written(tmp_path / "rejects.csv", reject())

    assert row == {
        "line": "7",
        "column": "登録日",
        "reason": "This date does not exist, or cannot be read.",
        "value": "2023-02-30",
        "reference": "A1",
        "individual_number": "********1475",
    }


def test_a_file_without_rejects_has_its_header(tmp_path: Path):
    path = tmp_path / "rejects.csv"

    assert written(path) == []
    assert path.read_text().startswith("line,column,reason,")


@pytest.mark.parametrize(
    "number", [NUMBER, "7517 0365 1475", "７５１７０３６５１４７５", "75170365147X", "7517-0365-1470"]
)
def test_the_individual_number_appears_nowhere_in_clear(tmp_path: Path, number: str):
    path = tmp_path / "rejects.csv"

    written(path, reject("個人番号", number, individual_number=number))

    text = path.read_text()
    assert number not in text
    assert number[:8] not in text


@pytest.mark.parametrize(
    "cell", [NUMBER, f"number {NUMBER} of mine", "7517-0365-1475", "７５１７　０３６５　１４７５"]
)
def test_a_number_that_slipped_into_another_column_is_masked_too(tmp_path: Path, cell: str):
    (row,) = written(tmp_path / "rejects.csv", reject("氏名", cell, reference=cell))

    for column in ("value", "reference"):
        assert "7517" not in row[column]
        assert "７５１７" not in row[column]


def test_shorter_numbers_are_shown_for_they_must_be_mended():
    assert without_numbers("account 1234567, pension 1234567890") == "account 1234567, pension 1234567890"


@pytest.mark.parametrize(
    ("number", "shown"), [(NUMBER, "********1475"), ("1234", "****"), ("", ""), ("12345", "*2345")]
)
def test_a_mask_leaves_four_digits_and_never_a_whole_short_number(number: str, shown: str):
    assert masked(number) == shown


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1+1", "－1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_written_so_that_it_does_not_run(tmp_path: Path, cell: str):
    (row,) = written(tmp_path / "rejects.csv", reject("氏名", cell, reference=cell))

    assert row["value"] == f"'{cell}"
    assert row["reference"] == f"'{cell}"


def test_a_formula_in_a_heading_does_not_run_either(tmp_path: Path):
    (row,) = written(tmp_path / "rejects.csv", reject("=HYPERLINK(1)"))

    assert row["column"] == "'=HYPERLINK(1)"


def test_control_characters_are_not_handed_on():
    assert disarmed("a\x00b\nc\td\r\n=1") == "a\ufffdb\ufffdc\ufffdd\ufffd\ufffd=1"


def test_a_very_long_cell_is_cut():
    assert len(disarmed("x" * 5000)) == 100


def test_a_row_whose_cells_nobody_can_name_shows_none_of_them(tmp_path: Path):
    loose = Reject(9, "", "This row has fewer cells than the header.", "", {}, (NUMBER, "A1"))

    (row,) = written(tmp_path / "rejects.csv", loose)

    assert (row["line"], row["column"], row["value"], row["reference"], row["individual_number"]) == (
        "9",
        "",
        "",
        "",
        "",
    )
