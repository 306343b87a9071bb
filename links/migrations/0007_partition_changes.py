from django.db import migrations

from notices.partitioning import partition_by_month


class Migration(migrations.Migration):
    dependencies = [("links", "0006_index_what_is_asked")]
    operations = [partition_by_month("links_change", "at")]
