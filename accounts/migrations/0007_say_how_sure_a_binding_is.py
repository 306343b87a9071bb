"""How sure a binding is follows from how it came about."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q


def fill(apps: Any, schema_editor: Any) -> None:
    """Write it for the bindings that there are."""
    bindings = apps.get_model("accounts", "Binding").objects
    bindings.filter(method="letter").update(assurance="substantial")
    bindings.exclude(method="letter").update(assurance="high")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_find_whose_a_record_is")]

    operations = [
        migrations.AddField(
            model_name="binding",
            name="assurance",
            field=models.CharField(
                choices=[
                    ("high", "High: an identity document was checked"),
                    ("substantial", "Medium: a letter reached the registered address"),
                ],
                default="",
                help_text="how sure it is that the sign-in is this person's",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="binding",
            constraint=models.CheckConstraint(
                condition=Q(method="letter", assurance="substantial")
                | Q(method__in=["card", "counter"], assurance="high"),
                name="assurance_follows_from_the_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="binding",
            constraint=models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("bound_at")), name="binding_ends_after_it_began"
            ),
        ),
    ]
