"""What all importing commands have in common, through one of them."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.accounts.intake.files import NUMBER

pytestmark = pytest.mark.django_db

HEADER = "individual_number,resident_code,name,birth_date,address"
GOOD = f"{NUMBER},0001,山田　花子,1985-04-02,埼玉県さいたま市"


class Terminal(io.StringIO):
    """An output that a person looks at."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def file_of(folder: Path, *rows: str, codec: str = "utf-8") -> Path:
    """A register of these rows."""
    path = folder / "residents.csv"
    path.write_bytes("\n".join([HEADER, *rows]).encode(codec))
    return path


def ran(path: Path, **options: object) -> tuple[str, str]:
    """What import_residents printed on its two outputs."""
    out, err = options.pop("stdout", io.StringIO()), io.StringIO()
    call_command("import_residents", str(path), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def failure(path: Path, **options: object) -> CommandError:
    """How import_residents failed."""
    with pytest.raises(CommandError) as failed:
        ran(path, **options)
    return failed.value


def test_the_output_is_one_summary_line(tmp_path: Path):
    out, _err = ran(file_of(tmp_path, GOOD, "1,2,3,4,5"))

    assert out.startswith("rows=2 created=1 changed=0 unchanged=0 removed=0 rejected=1 seconds=")
    assert out.count("\n") == 1


@pytest.mark.parametrize(
    ("codec", "label"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 (BOM)"), ("cp932", "CP932")]
)
def test_the_encoding_is_told(tmp_path: Path, codec: str, label: str):
    _out, err = ran(file_of(tmp_path, GOOD, codec=codec))

    assert f"The file is in {label}." in err


def test_unknown_columns_are_warned_of_by_name(tmp_path: Path):
    path = tmp_path / "residents.csv"
    path.write_text(f"{HEADER},備考,\n{GOOD},x,\n")

    _out, err = ran(path)

    assert "the column 備考 is not known" in err
    assert 'the column "" is not known' in err


def test_nothing_is_printed_where_nothing_is_wanted(tmp_path: Path):
    assert ran(file_of(tmp_path, GOOD), verbosity=0) == ("", "")


def test_a_refused_file_fails_with_1_and_one_plain_sentence(tmp_path: Path):
    path = tmp_path / "residents.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n".encode("utf-16"))

    failed = failure(path)

    assert failed.returncode == 1
    assert str(failed) == "The file is in UTF-16. Please save it as UTF-8 or Shift_JIS (CP932)."


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path, name: str):
    failed = failure(tmp_path / name)

    assert failed.returncode == 2


def test_rejects_that_cannot_be_written_are_wrong_usage(tmp_path: Path):
    failed = failure(file_of(tmp_path, GOOD), rejects=tmp_path / "no" / "such" / "folder.csv")

    assert failed.returncode == 2


def test_rejects_are_written_with_line_column_and_reason(tmp_path: Path):
    rejects = tmp_path / "rejects.csv"

    ran(file_of(tmp_path, GOOD, "751703651470,=1+1,山田,1985-04-02,埼玉県"), rejects=rejects)

    with rejects.open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["line"], row["column"]) == ("3", "individual_number")
    assert (row["resident_code"], row["individual_number"]) == ("'=1+1", "********1470")


def test_a_bar_is_drawn_on_a_terminal_only(tmp_path: Path):
    path = file_of(tmp_path, GOOD)

    quiet, _err = ran(path)
    out, _err = ran(path, stdout=Terminal())

    assert quiet.count("\n") == 1
    assert "rows=1" in out
