"""The list of institutions: who sends feeds, what they are called, how often a feed is due."""

from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from accounts.intake.columns import Column, Form
from accounts.intake.fields import code, text, whole_number
from accounts.intake.reading import Row
from accounts.intake.whole import Listeners, Report, WholeFile
from links import watching
from links.models import Institution

INSTITUTIONS = Form(
    key="code",
    columns=(
        Column("code", code, required=True),
        Column("kind", text(40)),
        Column("name_ja", text(200), required=True),
        Column("name_en", text(200)),
        Column("contact", text(200)),
        Column("hours", text(200)),
        Column("expected_every_days", whole_number(36_500)),
    ),
)


def import_institutions(file: BinaryIO, *, listeners: Listeners | None = None) -> Report:
    """Add and describe institutions by code, removing none; raises FeedRefused."""
    today = timezone.localdate()
    with WholeFile(file, INSTITUTIONS, today=today, listeners=listeners or Listeners()) as whole:
        with transaction.atomic():
            for rows in whole.batches():
                _store(rows, whole)
            watching.look(at=timezone.now())
        return whole.report()


def _store(rows: list[Row], whole: WholeFile) -> None:
    known = {
        one.code: one for one in Institution.objects.filter(code__in=[row.values["code"] for row in rows])
    }
    for row in rows:
        fields = {column.name: row.values.get(column.name) for column in INSTITUTIONS.columns}
        institution = known.get(str(row.values["code"]), Institution())
        _describe(institution, fields, whole)


def _describe(institution: Institution, fields: dict[str, Any], whole: WholeFile) -> None:
    """Save what the row says where it says something new."""
    wanted = {
        name: value if value is not None or name == "expected_every_days" else ""
        for name, value in fields.items()
    }
    if all(getattr(institution, name) == value for name, value in wanted.items()):
        whole.counts.unchanged += 1
        return
    whole.counts.changed += institution.pk is not None
    whole.counts.created += institution.pk is None
    for name, value in wanted.items():
        setattr(institution, name, value)
    institution.save()
