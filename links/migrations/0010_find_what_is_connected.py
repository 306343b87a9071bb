from django.db import migrations
from django.db.models import Max


def find_sources(apps, schema_editor):
    """A source for each feed that was applied before sources were kept."""
    FeedImport = apps.get_model("links", "FeedImport")
    Source = apps.get_model("links", "Source")
    last = FeedImport.objects.filter(state="done").values("institution", "category").annotate(last=Max("pk"))
    Source.objects.bulk_create(
        Source(institution_id=feed["institution"], category=feed["category"], last_import_id=feed["last"])
        for feed in last.order_by()
    )


class Migration(migrations.Migration):
    dependencies = [("links", "0009_watch_what_institutions_send")]

    operations = [migrations.RunPython(find_sources, migrations.RunPython.noop)]
