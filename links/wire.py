"""A link as JSON: the columns of the feed as the fields of a document, and back into a row of the feed.

The document says exactly what is taken: the plainest of the forms that a file may use.
"""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import ConfigDict, StrictStr, WithJsonSchema, create_model

from accounts.intake.columns import Column
from accounts.intake.fields import MISSING, SHAPES, BadValue, Context, only_digits
from accounts.intake.reading import Row
from accounts.intake.rows import CELL_CHARACTERS, CELL_TOO_LONG, CONTROL_CHARACTERS
from links.feeds.columns import FEEDS
from links.problems import UNUSABLE, Fault, Problem

NUMBER_IN_ADDRESS = _("The individual number must not stand in an address.")
NOT_PLAIN = _("Please write this value as the OpenAPI document says.")

# control characters as in files, and halves of characters, which only JSON can write
UNUSABLE_CHARACTERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
TEXT = {"maxLength": CELL_CHARACTERS, "pattern": r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$"}
REFERENCE = {
    "minLength": 1,
    "maxLength": CELL_CHARACTERS,
    "pattern": r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x09\x0b-\x1f\x7f-\x9f]*$",
}
DAYS = ("date", "past-date")
IN_ADDRESS, NUMBER = "reference", "individual_number"


def sent_columns(category: str) -> tuple[Column, ...]:
    """The columns that stand in the body; the reference stands in the address."""
    return tuple(column for column in FEEDS[category].columns if column.name != IN_ADDRESS)


@cache
def document(category: str) -> type[Schema]:
    """The body of a link of this category."""
    fields: dict[str, Any] = {column.name: _field(column) for column in sent_columns(category)}
    name = "".join(word.title() for word in category.split("_"))
    return create_model(f"{name}Link", __base__=Closed, **fields)


class Closed(Schema):
    """A document without fields that nobody reads."""

    model_config = ConfigDict(extra="forbid")


def shape(column: Column) -> dict[str, Any]:
    """What its JSON Schema says about a text in this column."""
    own = SHAPES[column.read]
    return own if {"enum", "pattern"} & own.keys() or own.get("format") in DAYS else TEXT | own


def _field(column: Column) -> tuple[Any, Any]:
    if column.required:
        return Annotated[StrictStr, WithJsonSchema({"type": "string", **shape(column)})], ...
    schema = {"type": ["string", "null"], **shape(column)}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return Annotated[StrictStr | None, WithJsonSchema(schema)], None


def row(sent: Mapping[str, str | None], *, reference: str, category: str, today: datetime.date) -> Row:
    """The row that a file would have had for this document; a Problem names every field that is wrong."""
    values: dict[str, object] = {IN_ADDRESS: reference}
    faults: list[Fault] = []
    context = Context(today, lambda _warning: None)
    for column in sent_columns(category):
        try:
            value = read(column, sent.get(column.name), context)
        except BadValue as bad:
            faults.append(Fault(column.name, gettext(bad.reason)))
        else:
            values |= {} if value is None else {column.name: value}
    if values.get(NUMBER) and str(values[NUMBER]) in only_digits(reference):
        faults.append(Fault(IN_ADDRESS, gettext(NUMBER_IN_ADDRESS)))
    if faults:
        raise Problem(UNUSABLE, faults=faults)
    return Row(1, values)


def read(column: Column, cell: str | None, context: Context) -> object:
    """What the column's own reader makes of the text; BadValue also where the document says otherwise."""
    if cell is None:
        return None
    usable(cell)
    value = column.read(cell, context) if cell and not cell.isspace() else None
    if value is None and column.required:
        raise BadValue(MISSING)
    if not is_plain(cell, shape(column)):
        raise BadValue(NOT_PLAIN)
    return value


def usable(text: str) -> None:
    """BadValue where no cell of a file could hold this text."""
    if UNUSABLE_CHARACTERS.search(text):
        raise BadValue(CONTROL_CHARACTERS)
    if len(text) > CELL_CHARACTERS:
        raise BadValue(CELL_TOO_LONG)


def is_plain(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether the text is as its JSON Schema says."""
    return (
        len(text) <= schema.get("maxLength", CELL_CHARACTERS)
        and (schema.get("format") not in DAYS or is_day(text))
        and re.fullmatch(schema.get("pattern", "(?s:.*)"), text) is not None
        and text in schema.get("enum", [text])
    )


def is_day(text: str) -> bool:
    """Whether this is a day in the one form that JSON Schema calls a date."""
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
