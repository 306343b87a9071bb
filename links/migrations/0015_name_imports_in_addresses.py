from django.db import migrations, models

from accounts.identifiers import public_id

ROWS_A_BATCH = 1_000


def name_imports(apps, schema_editor):
    """A random name for each import that was made before imports had one."""
    nameless = apps.get_model("links", "FeedImport").objects.filter(public_id=None)
    while batch := list(nameless[:ROWS_A_BATCH]):
        for feed_import in batch:
            feed_import.public_id = public_id()
        nameless.model.objects.bulk_update(batch, ["public_id"])


class Migration(migrations.Migration):
    dependencies = [("links", "0014_say_whose_a_record_is")]

    operations = [
        migrations.AddField(
            model_name="feedimport",
            name="public_id",
            field=models.CharField(default=None, editable=False, max_length=22, null=True),
        ),
        migrations.RunPython(name_imports, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="feedimport",
            name="public_id",
            field=models.CharField(default=public_id, editable=False, max_length=22, unique=True),
        ),
        migrations.AddIndex(
            model_name="feedimport",
            index=models.Index(condition=models.Q(("client", None)), fields=["id"], name="imports_of_files"),
        ),
    ]
