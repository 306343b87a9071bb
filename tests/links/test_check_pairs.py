"""manage.py check_pairs, as a data officer types it."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from links.management.commands.check_pairs import COLUMNS

SAME = {
    "registry_kanji": "見本　花子",
    "registry_kana": "ミホン　ハナコ",
    "registry_dob": "1985-04-02",
    "registry_sex": "2",
    "registry_address": "埼玉県さいたま市浦和区高砂３丁目１５番４号",
    "record_kanji": "見本 花子",
    "record_kana": "ﾐﾎﾝ ﾊﾅｺ",
    "record_dob": "昭和60年4月2日",
    "record_sex": "女",
    "record_address": "さいたま市浦和区高砂3-15-4",
}


def written(
    path: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, encoding: str = "utf-8"
) -> str:
    """A file of pairs; returns its name."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def typed(*words: str) -> list[list[str]]:
    """The table that the command prints."""
    out = StringIO()
    call_command("check_pairs", *words, stdout=out)
    return list(csv.reader(StringIO(out.getvalue())))


def test_each_pair_gets_its_verdict_and_reasons_in_the_order_of_the_file(tmp_path: Path) -> None:
    other = SAME | {
        "id": "b",
        "record_kanji": "見本　太郎",
        "record_kana": "ミホン　タロウ",
        "record_dob": "",
    }
    file = written(tmp_path / "pairs.csv", SAME | {"id": "a"}, other)

    header, same, different = typed(file)

    assert header == ["id", "verdict", "reasons"]
    assert same == ["a", "match", "name_and_birth_date"]
    assert different[:2] == ["b", "mismatch"]
    assert different[2].split(";")[0] == "other_given_name"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_both_encodings_of_the_contract_are_read(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path / "pairs.csv", SAME | {"id": "甲"}, encoding=encoding)

    assert typed(file)[1] == ["甲", "match", "name_and_birth_date"]


def test_the_verdicts_go_to_a_file_where_one_is_named(tmp_path: Path) -> None:
    file, out = written(tmp_path / "pairs.csv", SAME | {"id": "a"}), tmp_path / "out.csv"

    assert typed(file, "--out", str(out)) == []

    assert out.read_text().splitlines()[1] == "a,match,name_and_birth_date"


def test_columns_may_come_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    columns = ("remark", *reversed(COLUMNS))
    file = written(tmp_path / "pairs.csv", SAME | {"id": "a", "remark": "x"}, columns=columns)

    assert typed(file)[1][:2] == ["a", "match"]


def test_a_file_without_pairs_has_a_header_only(tmp_path: Path) -> None:
    assert typed(written(tmp_path / "pairs.csv")) == [["id", "verdict", "reasons"]]


def test_a_short_line_counts_as_empty_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(",".join(COLUMNS) + "\na,見本　花子\n", encoding="utf-8")

    assert typed(str(path))[1][:2] == ["a", "unverifiable"]


def test_a_missing_column_refuses_the_file_and_is_named(tmp_path: Path) -> None:
    file = written(tmp_path / "pairs.csv", columns=COLUMNS[:-1])

    with pytest.raises(CommandError, match="record_address") as refused:
        typed(file)

    assert refused.value.returncode == 1


@pytest.mark.parametrize("content", ["見本".encode("utf-16"), b"", ",".join(COLUMNS).encode() + b'\n"a'])
def test_what_is_no_table_in_an_accepted_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        typed(str(path))

    assert refused.value.returncode == 1


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as wrong:
        typed(str(tmp_path / "nowhere.csv"))

    assert wrong.value.returncode == 2
