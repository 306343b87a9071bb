"""Which columns a file may have, and finding them in its header."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from accounts.intake.fields import Reader
from accounts.intake.refusal import FeedRefused

COLUMN_MISSING = _("The column %(column)s is missing in the header.")
COLUMN_TWICE = _("The column %(column)s is in the header twice.")
COLUMN_AND_ALIAS = _("The header has both %(column)s and %(alias)s, which are the same column.")
UNREADABLE_HEADER = _("The header on line 1 cannot be read.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: English name, what a cell may hold, Japanese name, whether it must be filled."""

    name: str
    read: Reader
    alias: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one kind of file, and the one by which people find a row again."""

    key: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What one file has: (position, column) in the order of the form, its headings, the unknown ones."""

    found: tuple[tuple[int, Column], ...]
    headings: tuple[str, ...]
    unknown: tuple[str, ...]


def read_header(cells: Sequence[str], form: Form) -> Header:
    """Find the form's columns; raises FeedRefused where one is missing or there twice."""
    headings = tuple(cell.strip() for cell in cells)
    if not any(headings):
        raise FeedRefused(UNREADABLE_HEADER)
    for heading in filter(None, headings):
        if headings.count(heading) > 1:
            raise FeedRefused(COLUMN_TWICE, column=heading)
    found = tuple(
        (headings.index(name), column) for column in form.columns if (name := _name_in(headings, column))
    )
    known = {position for position, _column in found}
    unknown = tuple(heading for position, heading in enumerate(headings) if position not in known)
    return Header(found, headings, unknown)


def _name_in(headings: tuple[str, ...], column: Column) -> str:
    """How this file calls the column; empty where it does not have it."""
    alias = column.alias if column.alias in headings else ""
    name = column.name if column.name in headings else ""
    if name and alias:
        raise FeedRefused(COLUMN_AND_ALIAS, column=name, alias=alias)
    if column.required and not (name or alias):
        raise FeedRefused(COLUMN_MISSING, column=column.name)
    return name or alias
