"""Files lie sealed under random names; a row and its bytes come and go together."""

import datetime
import os
import stat

import pytest
import tink
from django.db import transaction

from accounts.files import store
from accounts.files.cleaning import Clean
from accounts.models import StoredFile
from accounts.tasks import sweep_files

CONTENT = b"\xff\xd8\xff what the photo shows"


@pytest.fixture
def file(resident, resident_user, now) -> StoredFile:
    """A photo that was kept."""
    return kept(resident, resident_user, now)


def kept(resident, user, now, *, name: str = "photo.jpg") -> StoredFile:
    """One photo more."""
    return store.keep(Clean(CONTENT, "image/jpeg"), name=name, resident_id=resident.pk, by=user, at=now)


def bytes_of(file: StoredFile) -> bytes:
    """What lies on the disk."""
    with store.shelf().open(file.path) as found:
        return found.read()


def grow_old(path: str, now: datetime.datetime) -> None:
    """It was stored two days ago."""
    then = (now - datetime.timedelta(days=2)).timestamp()
    os.utime(store.shelf().path(path), (then, then))


def test_a_file_comes_back_as_it_was(file) -> None:
    assert store.content_of(StoredFile.objects.get()) == CONTENT


def test_its_row_says_what_it_is(file, resident, resident_user, now) -> None:
    assert (file.resident, file.handed_in_by, file.stored_at) == (resident, resident_user, now)
    assert (file.content_type, file.size) == ("image/jpeg", len(CONTENT))


def test_on_the_disk_it_is_sealed_and_says_nothing(file) -> None:
    assert b"photo" not in bytes_of(file)
    assert file.public_id not in file.path
    assert not {"photo", "jpg"} & set(file.path.replace("/", ".").split("."))


def test_only_the_service_may_read_it(file) -> None:
    path = store.shelf().path(file.path)

    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700


def test_bytes_that_were_exchanged_are_noticed(file, neighbour, neighbour_user, now) -> None:
    other = kept(neighbour, neighbour_user, now)
    StoredFile.objects.filter(pk=file.pk).update(path="elsewhere")
    StoredFile.objects.filter(pk=other.pk).update(path=file.path)

    with pytest.raises(tink.TinkError):
        store.content_of(StoredFile.objects.get(pk=other.pk))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("保険証.jpg", "保険証.jpg"),
        ("番号621498320257.jpg", "番号□□□□□□□□□□□□.jpg"),
        ("innocent\u202egpj.exe", "innocentgpj.exe"),
        ("a\0b\n.jpg", "ab.jpg"),
        ("あ" * 300, "あ" * 100),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_it_may_be_shown(resident, resident_user, now, name, shown) -> None:
    assert kept(resident, resident_user, now, name=name).name == shown


def test_a_file_that_is_removed_leaves_nothing(file, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        store.remove(file)

    assert not StoredFile.objects.exists()
    assert not store.shelf().exists(file.path)


def test_a_removal_that_is_rolled_back_leaves_the_file(file, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        store.remove(file)
        transaction.set_rollback(True)

    assert store.content_of(StoredFile.objects.get()) == CONTENT


def test_what_a_rolled_back_deed_left_is_swept(resident, resident_user, now) -> None:
    with transaction.atomic():
        path = kept(resident, resident_user, now).path
        transaction.set_rollback(True)
    grow_old(path, now)

    swept = sweep_files()

    assert swept >= 1
    assert not store.shelf().exists(path)


def test_nothing_that_has_a_row_is_swept(file, now) -> None:
    grow_old(file.path, now)

    sweep_files()

    assert store.shelf().exists(file.path)


def test_what_may_still_get_its_row_is_not_swept(file) -> None:
    StoredFile.objects.all().delete()

    sweep_files()

    assert store.shelf().exists(file.path)
