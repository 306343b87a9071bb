"""The register's columns."""

import datetime

import pytest

from accounts.intake import fields
from accounts.intake.reading import Reject, Row
from accounts.intake.register_columns import REGISTER
from tests.accounts.intake.files import NUMBER, reading

ALIASES = (
    "個人番号,宛名番号,氏名,氏名カナ,通称,旧氏,生年月日,性別,郵便番号,"
    "住所,前住所,異動日,世帯番号,続柄,在留期間満了日,支援措置,死亡日"
)
FULL = (
    f"{NUMBER},0001,TRAN THI MAI＿陳氏梅,チャン　ティ　マイ,高瀬　舞,小林,S30.4.1,女,330-0063,"
    "埼玉県さいたま市１番,東京都,R6.4.1,H1,妻,2031-03-31,1,"
)


def one(header: str, row: str) -> Row | Reject:
    """The only row of a register."""
    (found,) = reading(header, row, form=REGISTER)
    return found


def test_english_names_and_japanese_aliases_mean_the_same():
    english = one(",".join(column.name for column in REGISTER.columns), FULL)
    japanese = one(ALIASES, FULL)

    assert english == japanese
    assert isinstance(english, Row)


def test_every_value_is_read():
    row = one(ALIASES, FULL)

    assert isinstance(row, Row)
    assert row.values["birth_date"] == "1955-04-01"
    assert row.values["sex"] == "2"
    assert row.values["postal_code"] == "3300063"
    assert row.values["moved_in_on"] == datetime.date(2024, 4, 1)
    assert row.values["residence_expires_on"] == datetime.date(2031, 3, 31)
    assert row.values["protected"] is True


@pytest.mark.parametrize("column", ["individual_number", "resident_code", "name", "birth_date", "address"])
def test_what_is_required_must_be_there(column: str):
    names = ["individual_number", "resident_code", "name", "birth_date", "address"]
    cells = dict(zip(names, [NUMBER, "0001", "山田", "1955-04-01", "埼玉県"], strict=True)) | {column: " "}

    found = one(",".join(names), ",".join(cells.values()))

    assert isinstance(found, Reject)
    assert (found.column, found.reason) == (column, fields.MISSING)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("resident_code", "x" * 21, fields.TOO_LONG),
        ("birth_date", "1955-13-00", fields.NOT_A_DATE),
        ("birth_date", "2026-10-02", fields.FUTURE_DATE),
        ("birth_date", "0000-00-00", fields.MISSING),
        ("postal_code", "33000", fields.WRONG_DIGITS),
        ("moved_in_on", "2027-01-01", fields.FUTURE_DATE),
        ("died_on", "2027-01-01", fields.FUTURE_DATE),
        ("residence_expires_on", "2027-02-30", fields.NOT_A_DATE),
        ("protected", "有", fields.NOT_IN_LIST),
    ],
)
def test_what_has_a_form_is_held_to_it(column: str, cell: str, reason: str):
    names = ["individual_number", "resident_code", "name", "birth_date", "address"]
    cells = dict(zip(names, [NUMBER, "0001", "山田", "1955-04-01", "埼玉県"], strict=True)) | {column: cell}

    found = one(",".join(cells), ",".join(cells.values()))

    assert isinstance(found, Reject)
    assert (found.column, found.reason) == (column, reason)
