"""Tables to which rows are only added: the database itself refuses to change or delete one."""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

from notices.partitions import parts

PROTECTED = (
    "accounts_auditevent",
    "accounts_seal",
    "accounts_emptying",
    "accounts_trailhead",
    "accounts_residentchange",
    "links_change",
    "reports_step",
)
EVENTS = ("UPDATE", "DELETE")

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$
"""

# Retention may take a row that is sealed, that an emptying names, and that is older than seven years
EMPTIABLE = """
EXISTS (SELECT 1 FROM accounts_seal WHERE event_id = OLD.id)
AND EXISTS (SELECT 1 FROM accounts_emptying WHERE before > OLD.at) AND OLD.at < {years_ago}
"""
POSTGRESQL_EMPTYING = f"""
CREATE OR REPLACE FUNCTION refuse_early_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {EMPTIABLE.format(years_ago="now() - interval '7 years'")} THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME;
END $$
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
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_after_its_time ON {table}")
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event.lower()}")


def let_retention_empty(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Instead, let rows of the trail go after their time, and refuse all else.

    On SQLite, lift this before a migration rebuilds one of the tables that the trigger asks.
    """
    remove(schema_editor, table)
    if schema_editor.connection.vendor == "postgresql":
        for function in (POSTGRESQL_FUNCTION, POSTGRESQL_EMPTYING):
            schema_editor.execute(function, None)
        for each in (table, *parts(schema_editor.connection, table)):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE ON {each} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        # PostgreSQL itself hands this one on to the parts that there are and will be
        schema_editor.execute(
            f"CREATE TRIGGER {table}_after_its_time BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_early_removal()"
        )
        return
    years_ago = "datetime('now', '-7 years')"
    for event, unless in (("UPDATE", "0"), ("DELETE", EMPTIABLE.format(years_ago=years_ago))):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} WHEN NOT ({unless}) "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
        )


Step = Callable[[BaseDatabaseSchemaEditor, str], None]


def bound(step: Step, table: str) -> Callable[[Any, Any], None]:
    """A step for one table, as migrations call it."""
    return lambda apps, schema_editor: step(schema_editor, table)


def protect(table: str) -> RunPython:
    """A migration step that makes the table append-only."""
    return RunPython(bound(install, table), bound(remove, table))


def emptiable(table: str) -> RunPython:
    """A migration step after which retention may empty the table."""

    def backwards(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
        remove(schema_editor, table)
        install(schema_editor, table)

    return RunPython(bound(let_retention_empty, table), bound(backwards, table))
