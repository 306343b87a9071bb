from typing import Any

from django.db import migrations

from accounts.append_only import protect
from notices.partitioning import partition_by_month


def leave_room(apps: Any, editor: Any) -> None:
    """Have PostgreSQL fill pages of links half: a new verdict then lies beside its row."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE links_link SET (fillfactor = 50)")


class Migration(migrations.Migration):
    dependencies = [("links", "0001_initial")]
    operations = [
        partition_by_month("links_change", "at"),
        protect("links_change"),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
    ]
