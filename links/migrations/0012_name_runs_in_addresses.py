from django.db import migrations, models

import accounts.identifiers


def name_runs(apps, schema_editor):  # noqa: ANN001, ANN201
    """Give each run an address of its own."""
    for run in apps.get_model("links", "ReviewRun").objects.all():
        run.public_id = accounts.identifiers.public_id()
        run.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("links", "0011_know_rows_that_come_again")]
    operations = [
        migrations.AddField(
            model_name="reviewrun",
            name="public_id",
            field=models.CharField(default="", editable=False, max_length=22),
        ),
        migrations.RunPython(name_runs, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="reviewrun",
            name="public_id",
            field=models.CharField(
                default=accounts.identifiers.public_id, editable=False, max_length=22, unique=True
            ),
        ),
    ]
