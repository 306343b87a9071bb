"""A backup holds one moment, is known to be whole, and is read into an empty database only."""

import json
import sqlite3

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Resident
from portal import backup
from portal.backup import BackupError
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="tests/deploy/test_backup.py does it there"),
]


@pytest.fixture
def written(resident, link, tmp_path, settings):  # noqa: ANN201
    """A backup of a service with a record and a photo."""
    settings.FILES_DIR = tmp_path / "files"
    (settings.FILES_DIR / "ab").mkdir(parents=True)
    (settings.FILES_DIR / "ab" / "photo").write_bytes(b"sealed")
    return backup.back_up(tmp_path / "backups", at=timezone.now())


def test_it_holds_every_row_of_that_moment(written) -> None:
    factories.ResidentFactory.create()  # too late

    copy = sqlite3.connect(written / "database.sqlite3")
    [(people,)] = copy.execute("SELECT count(*) FROM accounts_resident").fetchall()
    copy.close()

    assert people == json.loads((written / "contents.json").read_text())["counts"]["accounts_resident"]
    assert people == Resident.objects.count() - 1


def test_the_folder_of_a_backup_is_for_the_service_alone(written) -> None:
    assert written.stat().st_mode & 0o077 == 0
    assert not list(written.parent.glob("*.partial"))


@pytest.mark.parametrize("file", ["database.sqlite3", "files.tar"])
def test_a_changed_byte_is_found_before_anything_is_read(written, file) -> None:
    with (written / file).open("r+b") as changed:
        changed.seek(100)
        changed.write(b"\xff")

    with pytest.raises(BackupError, match=rf"^{file} in .* is not as it was written"):
        backup.checked(written)


def test_a_backup_that_was_cut_off_is_none(written) -> None:
    (written / "files.tar").unlink()

    with pytest.raises(BackupError, match="is no whole backup"):
        backup.checked(written)


def test_nothing_is_restored_over_a_database_that_is_used(written) -> None:
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("restore", str(written))


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path, db) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(CommandError, match=r"^No backup was written\."):
        call_command("back_up", str(tmp_path / "file"))
