"""The folder of letters: sealed files for the letter shop, which go after thirty days."""

import contextlib
import datetime
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.intake.sealed import SealedFile
from certificates.models import Batch

KEPT = datetime.timedelta(days=30)
ONE_DAY = datetime.timedelta(days=1)


def fresh() -> SealedFile:
    """A file still to be written, under a random name."""
    return SealedFile.at(folder() / f"{secrets.token_hex(16)}.pdf")


def of_batch(batch: Batch) -> SealedFile:
    """The file that was written for a batch."""
    return SealedFile(folder() / batch.stored_as, bytes(batch.file_key or b""))


def sweep(*, at: datetime.datetime) -> None:
    """Delete the files whose time is over, and those that a killed worker left without a row."""
    for batch in Batch.objects.with_file().filter(finished_at__lt=at - KEPT):
        forget(batch)
    known = set(Batch.objects.with_file().values_list("stored_as", flat=True))
    for path in folder().iterdir():
        with contextlib.suppress(FileNotFoundError):  # its worker may just have deleted it
            if path.name not in known and path.stat().st_mtime < (at - ONE_DAY).timestamp():
                path.unlink()


@transaction.atomic
def forget(batch: Batch) -> None:
    """Forget the key, and delete the bytes once that is certain."""
    file = of_batch(batch)
    Batch.objects.filter(pk=batch.pk).update(file_key=None)
    transaction.on_commit(file.delete)


def folder() -> Path:
    """Where they lie."""
    return Path(settings.LETTERS_DIR)
