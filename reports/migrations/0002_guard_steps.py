from django.db import migrations

from accounts.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [protect("reports_step")]
