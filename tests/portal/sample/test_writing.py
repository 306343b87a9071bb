"""Each sender's habits, as they come out in its file."""

import re

import pytest

from tests.portal.sample.whole_sample import feed, folder, manifest, residents, table

HALF_KANA = re.compile("^[ -~ｦ-ﾟ]+$")


def test_the_register_writes_postal_codes_with_a_hyphen_and_days_in_iso():
    for row in residents():
        assert re.fullmatch(r"\d{3}-\d{4}", row["postal_code"])
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["birth_date"])


def test_institutions_are_described_in_both_languages():
    rows = table(folder() / "institutions.csv")

    assert {row["code"] for row in rows} == {entry["institution"] for entry in manifest()["feeds"]}
    assert all(row["name_ja"] and row["name_en"].isascii() for row in rows)


@pytest.mark.parametrize("code", ["BK0001", "BK9900"])
def test_a_bank_sends_half_width_kana_and_no_kanji(code: str):
    rows = feed(code)

    assert all("holder_name" not in row for row in rows)
    assert sum(bool(HALF_KANA.match(row["holder_kana"])) for row in rows) > 0.9 * len(rows)


def test_the_disability_office_sends_names_only():
    (columns,) = {tuple(row) for row in feed("DS0001")}

    assert [name for name in columns if name.startswith("holder_")] == ["holder_name"]


@pytest.mark.parametrize(
    ("code", "column", "form"),
    [
        ("HI01", "holder_birth_date", r"[1-5]\d{6}"),
        ("EI0001", "holder_birth_date", r"[MTSHR]\d{6}"),
        ("CR0001", "holder_birth_date", r"(?:明治|大正|昭和|平成|令和)(?:元|\d+)年\d+月\d+日"),
        ("ME0001", "holder_birth_date", r"[MTSHR]\d+\.\d+\.\d+"),
        ("VC0001", "holder_birth_date", r"\d{4}/\d+/\d+"),
        ("BK0001", "linked_on", r"\d{8}"),
        ("PN0001", "linked_on", r"[HR]\d+\.\d+\.\d+"),
    ],
)
def test_most_dates_of_a_sender_have_its_form_and_some_do_not(code: str, column: str, form: str):
    rows = feed(code)

    fitting = [row for row in rows if re.fullmatch(form, row[column])]

    assert 0.9 * len(rows) < len(fitting) <= len(rows)


def test_what_cp932_cannot_write_is_a_dot():
    names = "".join(row["holder_name"] for code in ("PN0001", "ME0001") for row in feed(code))

    assert "●" in names
    assert "𠮷" not in names


def test_what_utf_8_can_write_stays():
    names = "".join(row["holder_name"] for code in ("TX0001", "HI138057") for row in feed(code))

    assert "𠮷" in names or "\U000e0100" in names


def test_some_numbers_are_written_with_spaces_or_hyphens():
    numbers = [
        row["individual_number"] for entry in manifest()["feeds"] for row in feed(entry["institution"])
    ]

    odd = [number for number in numbers if not number.isdigit()]

    assert odd
    assert all(re.fullmatch(r"\d{4}[ -]\d{4}[ -]\d{4}", number) for number in odd)


def test_an_unknown_column_is_among_the_headings_of_some():
    with_remark = [entry for entry in manifest()["feeds"] if "備考" in feed(entry["institution"])[0]]

    assert len(with_remark) == 2


def test_a_status_is_often_left_out_and_sometimes_ended():
    states = {row["status"] for entry in manifest()["feeds"] for row in feed(entry["institution"])}

    assert states == {"", "active", "ended"}
