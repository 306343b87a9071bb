"""Seals with the vault's present key the keys of files that staff import."""

from collections.abc import Iterator
from typing import Any

import tink
from django.db.models import Model

from accounts.intake.sealed import SealedFile
from accounts.resealing import Tally
from links.models import Job, Upload
from links.uploads import spool


def keys() -> Iterator[Tally]:
    """One after the other: there are as many as files that lie in the intake folder."""
    for upload in Upload.objects.exclude(key=None):
        yield key_tally(upload, "key", spool.of_upload(upload))
    for job in Job.objects.exclude(output_key=None):
        yield key_tally(job, "output_key", spool.output(job))


def key_tally(row: Any, name: str, file: SealedFile) -> Tally:
    """The key in that field; it stays as it is where somebody changed or forgot it meanwhile."""
    kind: type[Model] = type(row)
    same = kind._default_manager.filter(**{"pk": row.pk, name: file.key})
    try:
        anew = file.key_anew()
    except tink.TinkError:
        return Tally(closed=[f"the key of {file.path.name}"] if same.exists() else [])
    return Tally(changed=same.update(**{name: anew}) if anew else 0)
