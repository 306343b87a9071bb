from django.db import migrations

from accounts.append_only import emptiable, protect
from notices.partitioning import partition_by_month


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        partition_by_month("accounts_auditevent", "at"),
        partition_by_month("accounts_residentchange", "at"),
        emptiable("accounts_auditevent"),
        protect("accounts_residentchange"),
        protect("accounts_seal"),
        protect("accounts_emptying"),
        protect("accounts_trailhead"),
    ]
