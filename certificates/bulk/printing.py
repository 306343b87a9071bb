"""The file for the letter shop: every letter of a batch in one PDF, and a manifest that names nobody."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.intake.sealed import SealedFile
from certificates.bulk import shelf
from certificates.letters import letter_of
from certificates.models import Batch, Certificate, Item
from certificates.refusal import CertificateError
from certificates.telling import code_of


@dataclass
class Letters:
    """The PDF as far as it is, and what the manifest says of each letter."""

    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    printed: list[Certificate] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[Item, str]] = field(default_factory=list)

    def add(self, certificate: Certificate, letter: bytes) -> None:
        """One more letter behind those that are there."""
        first = len(self.pdf.pages) + 1
        with pikepdf.open(BytesIO(letter)) as pages:
            self.pdf.pages.extend(pages.pages)
        row = {
            "letter": len(self.rows) + 1,
            "certificate": certificate.number,
            "first_page": first,
            "pages": len(self.pdf.pages) + 1 - first,
            "sha256": hashlib.sha256(letter).hexdigest(),
        }
        self.rows.append(row)
        self.printed.append(certificate)

    def whole(self) -> bytes:
        """The PDF: the same bytes for the same letters."""
        if not self.rows:
            return b""
        out = BytesIO()
        self.pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def print_letters(batch: Batch, *, alive: Callable[[], None]) -> None:
    """Write the file and end the batch; of two workers that do so the second one's file is dropped."""
    if batch.items.waiting().exists():
        return  # another worker still has one of them
    with pikepdf.new() as pdf:
        letters = set_letters(batch, Letters(pdf), alive=alive)
        content = letters.whole()
    file = shelf.fresh()
    with file.create() as out:
        out.write(content)
    if not end(batch, letters, content, file, at=timezone.now()):
        file.delete()


def set_letters(batch: Batch, letters: Letters, *, alive: Callable[[], None]) -> Letters:
    """Every letter, by postal code, as letter shops and the post want them."""
    posted = batch.started_at or batch.made_at
    items = batch.items.issued().select_related("certificate__link__institution", "resident")
    for item in items.order_by("resident__postal_code", "pk"):
        certificate = item.certificate
        if certificate is None or not _is_valid(certificate):
            letters.refused.append((item, _("It is not valid any more.")))
            continue
        certificate.resident = item.resident
        try:
            letters.add(certificate, letter_of(certificate, at=posted))
        except CertificateError as refusal:
            letters.refused.append((item, str(refusal)))
        alive()
    return letters


def _is_valid(certificate: Certificate) -> bool:
    return Certificate.objects.valid(on=timezone.localdate()).filter(pk=certificate.pk).exists()


@transaction.atomic
def end(batch: Batch, letters: Letters, content: bytes, file: SealedFile, *, at: datetime.datetime) -> bool:
    """The batch is done, its file kept, each letter in the trail; False where another worker was first."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("started_by").get(pk=batch.pk)
    if batch.state != Batch.State.PRINTING:
        return False
    for item, why in letters.refused:
        Item.objects.filter(pk=item.pk).update(refusal=why)
    batch.manifest = manifest(batch, letters, content)
    batch.state, batch.finished_at = Batch.State.DONE, at
    if content:
        batch.stored_as, batch.file_key = file.path.name, file.key
    else:
        file.delete()
    batch.save()
    posted = [certificate.pk for certificate in letters.printed]
    Certificate.objects.filter(pk__in=posted).update(posted_at=at)
    audit.record_many(
        audit.event(
            "certificate.printed",
            by=batch.started_by,
            at=at,
            resident=certificate.resident_id,
            subject=("certificate", certificate.public_id),
            purpose=batch.number,
            on_behalf=False,
            institution=code_of(certificate.link),
        )
        for certificate in letters.printed
    )
    return True


def manifest(batch: Batch, letters: Letters, content: bytes) -> dict[str, Any]:
    """What the letter shop counts and compares: pages, hashes, numbers of certificates; no names."""
    return {
        "batch": batch.number,
        "file": f"{batch.number}.pdf",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "letters": len(letters.rows),
        "pages": sum(row["pages"] for row in letters.rows),
        "not_printed": [item.certificate.number for item, _why in letters.refused if item.certificate],
        "content": letters.rows,
    }
