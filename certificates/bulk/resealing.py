"""Seals with the vault's present key the keys of files for the letter shop."""

from collections.abc import Iterator

import tink

from accounts.resealing import Tally
from certificates.bulk import shelf
from certificates.models import Batch


def keys() -> Iterator[Tally]:
    """One after the other; a key that somebody forgot meanwhile stays forgotten."""
    for batch in Batch.objects.with_file():
        file = shelf.of_batch(batch)
        same = Batch.objects.filter(pk=batch.pk, file_key=file.key)
        try:
            anew = file.key_anew()
        except tink.TinkError:
            yield Tally(closed=[f"the key of {file.path.name}"] if same.exists() else [])
        else:
            yield Tally(changed=same.update(file_key=anew) if anew else 0)
