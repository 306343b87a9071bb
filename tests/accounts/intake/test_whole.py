"""A file read twice, in batches."""

import io

import pytest

from accounts.intake import whole
from accounts.intake.reading import Reject, Row
from accounts.intake.refusal import FeedRefused
from accounts.intake.whole import DIFFERENT_TWICE, Listeners, WholeFile
from tests.accounts.intake.files import FORM, NUMBER, OTHER_NUMBER, TODAY

HEADER = "individual_number,reference,name,linked_on\n"


def through(content: str, **listeners) -> tuple[list[Row], WholeFile]:
    """All good rows of a file of this content."""
    with WholeFile(io.BytesIO(content.encode()), FORM, today=TODAY, listeners=Listeners(**listeners)) as file:
        return [row for batch in file.batches() for row in batch], file


def test_equal_rows_with_one_reference_count_once():
    rows, file = through(f"{HEADER}{NUMBER},A1,山田,\n{OTHER_NUMBER},A2,,\n7517-0365-1475,A1,山田,\n")

    assert [row.line for row in rows] == [2, 3]
    assert (file.counts.rows, file.counts.rejected) == (3, 0)


def test_rows_with_one_reference_that_differ_are_all_rejected():
    rejects: list[Reject] = []

    rows, file = through(
        f"{HEADER}{NUMBER},A1,山田,\n{OTHER_NUMBER},A2,,\n{NUMBER},A1,川田,\n", reject=rejects.append
    )

    assert [row.line for row in rows] == [3]
    assert [(reject.line, reject.column, reject.reason) for reject in rejects] == [
        (2, "reference", DIFFERENT_TWICE),
        (4, "reference", DIFFERENT_TWICE),
    ]
    assert file.counts.rejected == 2


def test_a_good_row_beside_a_rejected_one_of_the_same_reference_is_rejected_too():
    rows, file = through(f"{HEADER}{NUMBER},A1,,\n{NUMBER},A1,,2023-02-30\n")

    assert rows == []
    assert file.counts.rejected == 2


def test_every_row_that_is_not_blank_counts_rejected_ones_included():
    rows, file = through(f"{HEADER}{NUMBER},A1,,\n\n,,,\n1,A2,,\n{NUMBER}\n")

    assert (len(rows), file.counts.rows, file.counts.rejected) == (1, 3, 2)


def test_rejects_are_told_in_the_order_of_lines_whoever_found_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(whole, "ROWS_A_BATCH", 3)
    rejects: list[Reject] = []
    content = HEADER + "".join(f"{NUMBER if line % 2 else 1},A{line},,\n" for line in range(2, 12))
    file = WholeFile(
        io.BytesIO(content.encode()), FORM, today=TODAY, listeners=Listeners(reject=rejects.append)
    )

    with file:
        for rows in file.batches():
            for row in rows[:1]:
                file.reject(file.reading.reject(row, "reference", "Why."))

    assert [reject.line for reject in rejects] == sorted(reject.line for reject in rejects)
    assert len(rejects) == file.counts.rejected


def test_progress_goes_through_the_file_twice(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(whole, "ROWS_A_BATCH", 10)
    content = HEADER + "".join(f"{NUMBER},A{place},,\n" for place in range(100))
    positions: list[int] = []

    through(content, progress=positions.append)

    assert positions == sorted(positions)
    assert positions[-1] == 2 * len(content)


def test_a_batch_is_never_larger_than_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(whole, "ROWS_A_BATCH", 4)
    content = HEADER + "".join(f"{NUMBER},A{place},,\n" for place in range(10))

    with WholeFile(io.BytesIO(content.encode()), FORM, today=TODAY, listeners=Listeners()) as file:
        sizes = [len(batch) for batch in file.batches()]

    assert sizes == [4, 4, 2]


def test_the_report_tells_encoding_and_unknown_columns():
    _rows, file = through(f"備考,{HEADER}x,{NUMBER},A1,,\n")

    report = file.report()

    assert (report.encoding, report.unknown_columns) == ("UTF-8", ("備考",))


def test_whoever_asks_sees_every_good_row_of_the_first_reading():
    seen: list[int] = []
    content = f"{HEADER}{NUMBER},A1,,\n1,A2,,\n{OTHER_NUMBER},A3,,\n"

    WholeFile(
        io.BytesIO(content.encode()),
        FORM,
        today=TODAY,
        listeners=Listeners(),
        notice=lambda row: seen.append(row.line),
    )

    assert seen == [2, 4]


def test_a_file_that_cannot_be_read_is_refused_before_the_first_batch():
    with pytest.raises(FeedRefused):
        WholeFile(io.BytesIO(f'{HEADER}{NUMBER},"A1\n'.encode()), FORM, today=TODAY, listeners=Listeners())
