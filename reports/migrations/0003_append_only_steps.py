from django.db import migrations

from accounts.append_only import protect


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_words_for_the_resident")]
    operations = [protect("reports_step")]
