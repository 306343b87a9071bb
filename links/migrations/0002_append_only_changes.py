from django.db import migrations

from accounts.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("links", "0001_initial")]
    operations = [protect("links_change")]
