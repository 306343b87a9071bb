"""Where files lie: sealed, under random names, beyond the web root.

A file is written before its row and inside the same transaction. What is rolled back leaves sealed bytes
that no row names: nobody can open them, and the nightly sweep removes them.
"""

import datetime
import os
import secrets
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from accounts import vault
from accounts.files.cleaning import Clean
from accounts.free_text import without_individual_numbers
from accounts.models import StoredFile, User

LONGEST_NAME = 100


def shelf() -> Storage:
    """The storage that the settings name `files`."""
    return storages["files"]


@transaction.atomic
def keep(clean: Clean, *, name: str, resident_id: int, by: User, at: datetime.datetime) -> StoredFile:
    """Seal the file and store it with its row; `name` is what its owner calls it, for reading only."""
    file = StoredFile(
        resident_id=resident_id,
        handed_in_by=by,
        name=readable(name),
        content_type=clean.content_type,
        size=len(clean.content),
        stored_at=at,
    )
    sealed = vault.seal_file(clean.content, file=file.public_id)
    file.path = shelf().save(random_path(), ContentFile(sealed))
    file.save(force_insert=True)
    return file


def content_of(file: StoredFile) -> bytes:
    """What is in the file; TinkError where the bytes were changed or belong to another file."""
    with shelf().open(file.path) as sealed:
        return vault.open_file(sealed.read(), file=file.public_id)


def seal_anew(file: StoredFile) -> bool:
    """Seal it with the vault's present key, and whether that was needed; TinkError, OSError where it cannot.

    A reader meanwhile finds the one or the other whole. What a kill leaves has no row, and is swept.
    """
    with shelf().open(file.path) as old:
        anew = vault.file_anew(old.read(), file=file.public_id)
    if anew is None:
        return False
    replace(file.path, anew)
    return True


def replace(path: str, sealed: bytes) -> None:
    """Put other bytes in a file's place at once: a store does so by itself, a folder by a new name."""
    try:
        place = Path(shelf().path(path))
    except NotImplementedError:
        in_store: Any = shelf()
        in_store.bucket.Object(path).put(Body=sealed, **in_store.object_parameters)
        return
    fresh = place.with_name(secrets.token_hex(15))
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(sealed)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(place)


def remove(file: StoredFile) -> None:
    """Delete the row, and the bytes once that is certain."""
    file.delete()
    transaction.on_commit(partial(shelf().delete, file.path))


def sweep(*, before: datetime.datetime) -> int:
    """Remove what was stored before that moment and has no row; how many files that were."""
    folders, _files = shelf().listdir("")
    return sum(sweep_folder(folder, before) for folder in folders)


def sweep_folder(folder: str, before: datetime.datetime) -> int:
    """Sweep one folder of the shelf."""
    _folders, names = shelf().listdir(folder)
    known = set(StoredFile.objects.filter(path__startswith=f"{folder}/").values_list("path", flat=True))
    nameless = {f"{folder}/{name}" for name in names} - known
    swept = [path for path in nameless if shelf().get_modified_time(path) < before]
    for path in swept:
        shelf().delete(path)
    return len(swept)


def random_path() -> str:
    """A path that says nothing, in one of 256 folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:]}"


def readable(name: str) -> str:
    """A file's name without individual numbers and without signs that turn or hide what follows."""
    seen = "".join(sign for sign in name if sign.isprintable())
    return without_individual_numbers(seen)[:LONGEST_NAME]
