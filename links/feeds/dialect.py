"""What PostgreSQL and SQLite call differently in the statements of an import."""

# ruff: noqa: S608 (the statements are put together from names of our own)

import json
from collections.abc import Collection, Mapping

from django.db import connection


def json_object(fields: Mapping[str, str]) -> str:
    """An expression for a JSON object of these SQL expressions, without those that are null."""
    pairs = ", ".join(f"'{name}', {expression}" for name, expression in fields.items())
    if connection.vendor == "postgresql":
        return f"jsonb_strip_nulls(jsonb_build_object({pairs}))"
    return f"json_patch('{{}}', json_object({pairs}))"


def json_value(expression: str) -> str:
    """A column with JSON in it, to be put into a larger one as what it is and not as text."""
    return expression if connection.vendor == "postgresql" else f"json({expression})"


def as_hex(expression: str) -> str:
    """Bytes as hexadecimal text, null where there are none."""
    if connection.vendor == "postgresql":
        return f"encode({expression}, 'hex')"
    return f"nullif(hex({expression}), '')"


def lock_rows() -> str:
    """The end of a SELECT that locks what it finds; SQLite has one writer at a time anyway."""
    return "FOR UPDATE OF l" if connection.features.has_select_for_update else ""


def is_one_of(expression: str) -> str:
    """A condition with one parameter, `many`: a list of a thousand would be a thousand to prepare."""
    if connection.vendor == "postgresql":
        return f"{expression} = ANY(%s)"
    return f"{expression} IN (SELECT value FROM json_each(%s))"


def many(values: Collection[str]) -> list[str] | str:
    """The parameter for `is_one_of`."""
    return list(values) if connection.vendor == "postgresql" else json.dumps(list(values))
