from django.db import migrations

from notices.partitioning import partition_by_month


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        partition_by_month("notices_notice", "created_at"),
        partition_by_month("notices_delivery", "noticed_at"),
    ]
