"""Seals and finds by the vault's present keys what older ones did, while the service runs.

Whatever bears the present key's mark is passed over, so a run that was killed is simply repeated.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

import tink
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts import mfa, vault
from accounts.files import store
from accounts.models import Claim, Invitation, SealedNumber, StoredFile

BATCH = 500
SECRETS = ("secret", "seed")


@dataclass
class Tally:
    """How many were sealed anew, and the names of those that could not be."""

    changed: int = 0
    closed: list[str] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.changed + other.changed, self.closed + other.closed)


def numbers() -> Iterator[Tally]:
    """Seal individual numbers anew, a batch at a time."""
    for ids in batches(SealedNumber.objects.all()):
        yield number_batch(ids)


def number_batch(ids: list[int]) -> Tally:
    """One batch in a transaction; a row that an import holds is waited for by itself, with no lock held."""
    rows = SealedNumber.objects.filter(pk__in=ids).order_by("pk")
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        free = list(rows.select_for_update(skip_locked=skip))
        tally = tallied(free)
    for busy in sorted(set(ids) - {row.pk for row in free}):
        with transaction.atomic():
            tally += tallied(list(rows.filter(pk=busy).select_for_update()))
    return tally


def tallied(rows: list[SealedNumber]) -> Tally:
    """Seal these locked rows anew."""
    changed, closed = vault.seal_anew(rows)
    return Tally(changed, [f"the number of resident {resident}" for resident in closed])


def files() -> Iterator[Tally]:
    """Seal anew what people handed in, a batch at a time."""
    for ids in batches(StoredFile.objects.all()):
        yield sum(map(file_tally, StoredFile.objects.filter(pk__in=ids)), Tally())


def file_tally(file: StoredFile) -> Tally:
    """One file; one that was removed meanwhile is nobody's loss."""
    try:
        return Tally(changed=int(store.seal_anew(file)))
    except (tink.TinkError, OSError):
        there = StoredFile.objects.filter(pk=file.pk).exists()
        return Tally(closed=[f"the file {file.public_id}"] if there else [])


def factors() -> Iterator[Tally]:
    """Seal anew what proves second factors, one at a time; clear ones of before are sealed too."""
    for ids in batches(Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)):
        for key in ids:
            with transaction.atomic():
                row = Authenticator.objects.select_for_update().filter(pk=key).first()
                yield factor_tally(row) if row else Tally()


def factor_tally(row: Authenticator) -> Tally:
    """One app or set of recovery codes, locked."""
    try:
        fresh = {name: mfa.anew(row.data[name]) for name in SECRETS if name in row.data}
    except tink.TinkError:
        return Tally(closed=[f"the second factor {row.pk}"])
    changed = {name: text for name, text in fresh.items() if text}
    if changed:
        row.data |= changed
        row.save(update_fields=["data"])
    return Tally(changed=int(bool(changed)))


def codes_of_older_keys(*, at: datetime.datetime) -> int:
    """How many codes, on paper or with helpers, open nothing any more once the older index key is dropped."""
    mark = vault.index_mark()
    rest = b"\xff" * (vault.FINGERPRINT_BYTES - vault.MARK_BYTES)
    older = Q(code_digest__lt=mark) | Q(code_digest__gt=mark + rest)
    posted, offered = Claim.objects.open().filter(older), Invitation.objects.open(at=at).filter(older)
    return posted.count() + offered.count()


def batches(rows: QuerySet) -> Iterator[list[int]]:
    """The primary keys of all rows in order, so many at a time; rows that come meanwhile included."""
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]
