from django.db import migrations

from notices.partitioning import partition_by_month


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_name_notices_in_addresses")]
    operations = [
        partition_by_month("notices_notice", "created_at"),
        partition_by_month("notices_delivery", "noticed_at"),
    ]
