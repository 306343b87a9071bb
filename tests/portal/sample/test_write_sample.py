"""manage.py write_sample, and the way of its files into the database."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from links.models import FeedImport, Institution, Link


def written(folder: Path, *options: str) -> str:
    """What the command printed."""
    out = io.StringIO()
    call_command("write_sample", str(folder), *options, stdout=out)
    return out.getvalue()


def imported(folder: Path, entry: dict[str, str]) -> str:
    """The summary of one feed's import."""
    out = io.StringIO()
    options = {name: entry[name] for name in ("institution", "category", "format")}
    call_command("import_feed", str(folder / entry["file"]), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_the_command_writes_all_files_and_says_how_many_rows(tmp_path: Path):
    out = written(tmp_path, "--residents", "60", "--seed", "3", "--as-of", "2026-10-01")

    files = {path.name for path in tmp_path.iterdir()}
    assert out.startswith("residents=60 feeds=13 records=")
    assert {"residents.csv", "institutions.csv", "manifest.json"} <= files
    assert len(files) == 16


def test_it_describes_today_where_no_day_is_given(tmp_path: Path):
    written(tmp_path, "--residents", "60")

    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["as_of"] == timezone.localdate().isoformat()


@pytest.mark.django_db
def test_every_file_of_the_sample_is_imported_with_just_the_rejects_that_were_meant(tmp_path: Path):
    written(tmp_path, "--residents", "150", "--as-of", "2026-10-01")
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    call_command("import_institutions", str(tmp_path / "institutions.csv"), verbosity=0)
    call_command("import_residents", str(tmp_path / "residents.csv"), as_of="2026-10-01", verbosity=0)

    first = [imported(tmp_path, entry) for entry in manifest["feeds"]]
    second = [imported(tmp_path, entry) for entry in manifest["feeds"]]

    rejected = list(FeedImport.objects.order_by("pk").values_list("rejected", flat=True))
    assert rejected == [entry["rejected"] for entry in manifest["feeds"]] * 2
    assert all(" changed=0 unchanged=0 removed=0 " in line for line in first)
    assert all(" created=0 changed=0 " in line for line in second)
    assert Institution.objects.count() == 13
    assert Link.objects.unreviewed().count() == Link.objects.count()
