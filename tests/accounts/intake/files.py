"""Small files and contexts that the tests of the intake share."""

import datetime
import io
from collections.abc import Iterable

from accounts.intake.columns import Column, Form
from accounts.intake.encoding import UTF_8, Encoding
from accounts.intake.fields import Context, as_sent, individual_number, past_date, text
from accounts.intake.reading import Reading
from accounts.intake.rows import Broken, Cells, read_rows

TODAY = datetime.date(2026, 10, 1)
NUMBER = "751703651475"
OTHER_NUMBER = "535721357865"

FORM = Form(
    key="reference",
    columns=(
        Column("individual_number", individual_number, "個人番号", required=True),
        Column("reference", as_sent(20), "記録番号", required=True),
        Column("name", text(20), "氏名"),
        Column("linked_on", past_date, "登録日"),
    ),
)


def rows_of(content: bytes, encoding: Encoding = UTF_8) -> list[Cells | Broken]:
    """All rows of a file that is these bytes."""
    return list(read_rows(io.BytesIO(content), encoding))


def reading(*lines: str, form: Form = FORM, codec: str = "utf-8") -> Reading:
    """A reading of a file of these lines."""
    return Reading(io.BytesIO("\n".join(lines).encode(codec)), form, today=TODAY)


def context(warnings: list[str] | None = None) -> Context:
    """What readers know: the day, and a list for warnings."""
    heard = [] if warnings is None else warnings
    return Context(TODAY, heard.append)


def csv_bytes(rows: Iterable[Iterable[str]], codec: str = "utf-8") -> bytes:
    """Unquoted rows as a file."""
    return "".join(",".join(row) + "\n" for row in rows).encode(codec)
