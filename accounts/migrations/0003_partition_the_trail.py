from django.db import migrations

from notices.partitioning import partition_by_month


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only_trail")]
    operations = [
        partition_by_month("accounts_auditevent", "at"),
        partition_by_month("accounts_residentchange", "at"),
    ]
