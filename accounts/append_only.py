"""Tables to which rows are only added: the database itself refuses to change or delete one."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

from notices.partitions import parts

PROTECTED = ("accounts_auditevent", "accounts_residentchange", "links_change", "reports_step")
EVENTS = ("UPDATE", "DELETE")

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$
"""


def install(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Make the database refuse UPDATE and DELETE (and TRUNCATE, where there is one), in partitions too."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, None)
        for each in (table, *parts(schema_editor.connection, table)):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {each} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for event in EVENTS:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
        )


def remove(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Lift the refusal; for tests that flush the database."""
    if schema_editor.connection.vendor == "postgresql":
        for each in (table, *parts(schema_editor.connection, table)):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {each}")
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event.lower()}")


def protect(table: str) -> RunPython:
    """A migration step that makes the table append-only."""

    def bound(function: Callable[[BaseDatabaseSchemaEditor, str], None]) -> Callable[[Any, Any], None]:
        return lambda apps, schema_editor: function(schema_editor, table)

    return RunPython(bound(install), bound(remove))
