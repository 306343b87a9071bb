"""SQLite makes a table anew where a column of it changes, and the triggers that guarded its rows are gone."""

from typing import Any

from django.db import migrations

from accounts import append_only

TABLE = "links_change"


def guard(apps: Any, schema_editor: Any) -> None:
    """Have the triggers there once, whether or not they were lost."""
    if schema_editor.connection.vendor == "sqlite":
        append_only.remove(schema_editor, TABLE)
        append_only.install(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("links", "0020_name_the_check_behind_a_hold")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
