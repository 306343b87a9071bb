"""The number of the thing itself, out of a link's details, in a form that a database index can hold."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

COLUMNS = ("account_number", "certificate_number", "pension_number", "number")
ONE = {"sqlite": "JSON_EXTRACT(%(expressions)s, '$.{}')", "postgresql": "%(expressions)s ->> '{}'"}


class OwnNumber(Func):
    """The account's or certificate's number in a JSON field; null where there is none.

    The keys are literals and no parameters, or neither database would recognise its index.
    """

    output_field = TextField()
    arity = 1

    def __init__(self, details: "str | F", **extra: Any) -> None:
        super().__init__(details, **extra)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, list[Any]]:
        """COALESCE over the columns, in the words of the database."""
        parts = ", ".join(ONE[connection.vendor].format(column) for column in COLUMNS)
        return super().as_sql(compiler, connection, template=f"COALESCE({parts})", **context)
