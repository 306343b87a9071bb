"""The number of the thing itself, out of a link's details, in a form that a database index can hold."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

COLUMNS = ("account_number", "certificate_number", "pension_number", "number")
Sql = tuple[str, tuple[str | int, ...]]


class OwnNumber(Func):
    """The account's or certificate's number in a JSON field; null where there is none.

    The keys are literals and no parameters, or neither database would recognise its index.
    """

    output_field = TextField()
    arity = 1

    def __init__(self, details: "str | F", **extra: Any) -> None:
        super().__init__(details, **extra)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """COALESCE over the columns, as SQLite takes them out of JSON."""
        return self._coalesced("JSON_EXTRACT(%(expressions)s, '$.{}')", compiler, connection, **context)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """COALESCE over the columns, as PostgreSQL takes them out of JSON."""
        return self._coalesced("%(expressions)s ->> '{}'", compiler, connection, **context)

    def _coalesced(
        self, one: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        parts = ", ".join(one.format(column) for column in COLUMNS)
        return self.as_sql(compiler, connection, template=f"COALESCE({parts})", **context)
