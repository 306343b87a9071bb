"""The columns of each category."""

import datetime

import pytest

from accounts.intake import fields
from accounts.intake.fields import BadValue
from accounts.intake.reading import Reject, Row
from links.categories import CATEGORIES
from links.categories import DETAILS as LABELS
from links.feeds.columns import DETAILS, FEEDS, UNKNOWN_OBTAINED_BY
from links.models import Link
from tests.accounts.intake.files import NUMBER, context, reading

GOOD = {
    "bank_account": {
        "bank_code": "０001",
        "bank_name": "見本銀行",
        "branch_code": "24-0",
        "branch_name": "新宿",
        "account_type": "1",
        "account_number": "1234567",
    },
    "health_insurance": {
        "insurer_number": "06139463",
        "insurer_name": "見本健康保険組合",
        "symbol": "さ国",
        "number": "0025568",
        "branch_number": "01",
        "relation": "2",
        "insured_name": "山田　太郎",
        "insured_kana": "ヤマダ　タロウ",
        "qualified_on": "R6.4.1",
        "disqualified_on": "20260331",
        "copay_ratio": "030",
        "limit_category": "ア",
        "long_stay_on": "2025-01-01",
        "specific_disease": "a",
        "card_use_registered": "1",
        "card_state": "valid",
        "card_certificate_expires_on": "2031-03-31",
        "entitled_without_application": "0",
    },
    "pension": {"pension_number": "1234-567890"},
    "disability_certificate": {
        "certificate_kind": "physical",
        "certificate_number": "東京都第1775899号",
        "grade": "5",
        "issued_on": "2021-02-08",
        "expires_on": "2028-02-08",
    },
    "care_insurance": {
        "insurer_number": "102050",
        "number": "3893562330",
        "care_level": "要支援2",
        "valid_until": "2029-03-08",
    },
    "employment_insurance": {"number": "1861-860968-4"},
    "tax": {"municipality": "渋川市", "fiscal_year": "2026"},
    "child_allowance": {"municipality": "渋川市", "number": "14930205"},
    "vaccination": {"municipality": "渋川市", "vaccine": "MR", "given_on": "令和5年6月1日"},
    "medical_expense": {"period": "2025年", "provider_count": "3"},
}
BAD = [
    ("bank_account", "bank_code", "1", fields.WRONG_DIGITS),
    ("bank_account", "branch_code", "1000", fields.WRONG_DIGITS),
    ("bank_account", "account_type", "3", fields.NOT_IN_LIST),
    ("bank_account", "account_number", "12E4567", fields.WRONG_DIGITS),
    ("health_insurance", "insurer_number", "06138092", fields.WRONG_INSURER_CHECK_DIGIT),
    ("health_insurance", "branch_number", "1", fields.WRONG_DIGITS),
    ("health_insurance", "relation", "3", fields.NOT_IN_LIST),
    ("health_insurance", "qualified_on", "2027-01-01", fields.FUTURE_DATE),
    ("health_insurance", "disqualified_on", "2026-02-30", fields.NOT_A_DATE),
    ("health_insurance", "copay_ratio", "30", fields.NOT_IN_LIST),
    ("health_insurance", "specific_disease", "D", fields.NOT_IN_LIST),
    ("health_insurance", "card_use_registered", "yes", fields.NOT_IN_LIST),
    ("health_insurance", "card_state", "stolen", fields.NOT_IN_LIST),
    ("health_insurance", "card_certificate_expires_on", "2031-02-30", fields.NOT_A_DATE),
    ("health_insurance", "entitled_without_application", "2", fields.NOT_IN_LIST),
    ("pension", "pension_number", "12345", fields.WRONG_DIGITS),
    ("disability_certificate", "certificate_kind", "other", fields.NOT_IN_LIST),
    ("disability_certificate", "issued_on", "2027-01-01", fields.FUTURE_DATE),
    ("care_insurance", "insurer_number", "10205", fields.WRONG_DIGITS),
    ("care_insurance", "number", "389356233", fields.WRONG_DIGITS),
    ("care_insurance", "valid_until", "soon", fields.NOT_A_DATE),
    ("employment_insurance", "number", "186186096", fields.WRONG_DIGITS),
    ("vaccination", "given_on", "2023-02-29", fields.NOT_A_DATE),
]


def one(category: str, **cells: str) -> Row | Reject:
    """The only row of a feed of that category."""
    everything = {"individual_number": NUMBER, "reference": "A1", "linked_on": "2024-05-01"} | cells
    (found,) = reading(",".join(everything), ",".join(everything.values()), form=FEEDS[category])
    return found


def test_every_category_has_its_columns_and_every_column_a_label():
    assert set(FEEDS) == set(CATEGORIES) == set(GOOD)
    for columns in DETAILS.values():
        assert {column.name for column in columns} <= set(LABELS)


@pytest.mark.parametrize("category", GOOD)
def test_good_cells_of_a_category_pass_and_nothing_else_is_known(category: str):
    row = one(category, **GOOD[category])

    assert isinstance(row, Row)
    assert set(GOOD[category]) == {column.name for column in DETAILS[category]}
    assert set(GOOD[category]) <= set(row.values)


@pytest.mark.parametrize(("category", "column", "cell", "reason"), BAD)
def test_a_malformed_cell_with_a_stated_form_rejects_its_row(
    category: str, column: str, cell: str, reason: str
):
    found = one(category, **{column: cell})

    assert isinstance(found, Reject)
    assert (found.column, found.reason, found.value) == (column, reason, cell)


@pytest.mark.parametrize("category", GOOD)
def test_a_feed_may_hold_nothing_but_what_is_required(category: str):
    row = one(category)

    assert isinstance(row, Row)
    assert row.values == {
        "individual_number": NUMBER,
        "reference": "A1",
        "linked_on": datetime.date(2024, 5, 1),
    }


@pytest.mark.parametrize("category", GOOD)
def test_columns_of_another_category_are_unknown_columns(category: str):
    other = "pension" if category != "pension" else "tax"
    foreign = next(iter(GOOD[other]))

    source = reading(f"individual_number,reference,linked_on,{foreign}", form=FEEDS[category])

    assert source.unknown_columns == (() if foreign in GOOD[category] else (foreign,))


@pytest.mark.parametrize("missing", ["individual_number", "reference", "linked_on"])
def test_the_three_required_cells_must_be_filled(missing: str):
    found = one("tax", **{missing: ""})

    assert isinstance(found, Reject)
    assert (found.column, found.reason) == (missing, fields.MISSING)


def test_japanese_headings_are_those_of_the_contract():
    headings = (
        "個人番号,記録番号,状態,名義人氏名,名義人カナ,名義人生年月日,名義人性別,"
        "名義人住所,登録日,取得方法,入力元"
    )

    source = reading(headings, form=FEEDS["tax"])

    assert source.unknown_columns == ()


def test_what_the_holder_is_called_is_kept_exactly_as_it_came():
    row = one(
        "tax",
        holder_name=" 松本  毅 ",
        holder_kana="ﾏﾂﾓﾄ ﾂﾖｼ",
        holder_address=" 東京都 ",
        entered_by=" 窓口 ",
    )

    assert isinstance(row, Row)
    assert row.values["holder_name"] == " 松本  毅 "
    assert row.values["holder_kana"] == "ﾏﾂﾓﾄ ﾂﾖｼ"
    assert row.values["holder_address"] == " 東京都 "


def test_an_unknown_status_rejects_and_an_unknown_sex_is_missing():
    rejected, missing = one("tax", status="deleted"), one("tax", holder_sex="X")

    assert isinstance(rejected, Reject)
    assert isinstance(missing, Row)
    assert "holder_sex" not in missing.values


def test_an_unknown_way_of_obtaining_the_number_is_stored_as_unknown_with_a_warning():
    source = reading(
        "individual_number,reference,linked_on,obtained_by",
        f"{NUMBER},A1,2024-05-01,by telepathy",
        f"{NUMBER},A2,2024-05-01,card",
        form=FEEDS["tax"],
    )

    ways = [row.values["obtained_by"] for row in source if isinstance(row, Row)]

    assert ways == ["unknown", "card"]
    assert source.warnings == {UNKNOWN_OBTAINED_BY: 1}


@pytest.mark.parametrize("status", Link.Status.values)
def test_every_status_that_a_link_can_have_can_be_sent(status: str):
    row = one("tax", status=status)

    assert isinstance(row, Row)
    assert row.values["status"] == status


def test_every_reader_of_every_column_refuses_in_plain_words():
    for category in FEEDS.values():
        for column in category.columns:
            try:
                column.read("\ufffd" * 2000, context())
            except BadValue as bad:
                column_reason = bad.reason
            else:
                column_reason = "."
            assert column_reason.endswith("."), column.name
