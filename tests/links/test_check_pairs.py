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


def test_columns_may_come_in_any_order(tmp_path: Path) -> None:
    file = written(tmp_path / "pairs.csv", SAME | {"id": "a"}, columns=tuple(reversed(COLUMNS)))

    assert typed(file)[1][:2] == ["a", "match"]


def test_an_unknown_column_is_ignored_with_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = written(tmp_path / "pairs.csv", SAME | {"id": "a", "remark": "x"}, columns=("remark", *COLUMNS))

    assert typed(file)[1][:2] == ["a", "match"]

    assert "remark" in capsys.readouterr().err


def test_a_column_that_is_not_there_counts_as_empty_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    columns = tuple(column for column in COLUMNS if column != "record_address")
    file = written(tmp_path / "pairs.csv", SAME | {"id": "a"}, columns=columns)

    assert typed(file)[1][:2] == ["a", "match"]

    assert "record_address" in capsys.readouterr().err


def test_without_ids_the_lines_are_numbered(tmp_path: Path) -> None:
    file = written(tmp_path / "pairs.csv", SAME, SAME, columns=COLUMNS[1:])

    assert [row[0] for row in typed(file)] == ["id", "2", "3"]


def test_an_empty_id_stays_empty_and_an_empty_row_is_no_pair(tmp_path: Path) -> None:
    file = written(tmp_path / "pairs.csv", SAME, {}, SAME | {"id": "b"})

    assert [row[0] for row in typed(file)] == ["id", "", "b"]


def test_a_summary_stands_beside_the_verdicts(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    typed(written(tmp_path / "pairs.csv", SAME, SAME))

    assert "pairs=2 match=2 unverifiable=0 review=0 mismatch=0" in capsys.readouterr().err


def test_a_file_without_pairs_has_a_header_only(tmp_path: Path) -> None:
    assert typed(written(tmp_path / "pairs.csv")) == [["id", "verdict", "reasons"]]


def test_a_short_line_counts_as_empty_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(",".join(COLUMNS) + "\na,見本　花子\n", encoding="utf-8")

    assert typed(str(path))[1][:2] == ["a", "unverifiable"]


@pytest.mark.parametrize("side", ["registry", "record"])
def test_a_file_without_one_of_the_sides_is_refused(tmp_path: Path, side: str) -> None:
    columns = tuple(column for column in COLUMNS if not column.startswith(side))
    file = written(tmp_path / "pairs.csv", SAME, columns=columns)

    with pytest.raises(CommandError, match=f"{side}_") as refused:
        typed(file)

    assert refused.value.returncode == 1


def test_a_column_given_twice_refuses_the_file(tmp_path: Path) -> None:
    file = written(tmp_path / "pairs.csv", SAME, columns=(*COLUMNS, "record_dob"))

    with pytest.raises(CommandError, match="record_dob") as refused:
        typed(file)

    assert refused.value.returncode == 1


def test_a_row_that_is_too_long_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    path, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    path.write_text(",".join(COLUMNS) + "\na\nb" + "," * len(COLUMNS) + "\n", encoding="utf-8")

    with pytest.raises(CommandError, match="3") as refused:
        typed(str(path), "--out", str(out))

    assert refused.value.returncode == 1
    assert [file.name for file in tmp_path.iterdir()] == ["pairs.csv"]


def test_the_pairs_are_never_written_over(tmp_path: Path) -> None:
    file = written(tmp_path / "pairs.csv", SAME)

    with pytest.raises(CommandError) as wrong:
        typed(file, "--out", file)

    assert wrong.value.returncode == 2


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
