"""The number vault: the only module that seals, finds or opens an individual number, or what may show one."""

import datetime
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TypeVar

import tink
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from tink import aead, prf, secret_key_access
from tink.proto import tink_pb2

from accounts import audit
from accounts.models import Resident, SealedNumber, User

FINGERPRINT_BYTES = 32
# what a key of VAULT_INDEX_KEYSET makes begins with the key's id
MARK_BYTES = 4
MOST_INDEX_KEYS = 2
CHECK_DIGIT = 11
Key = TypeVar("Key", aead.Aead, prf.PrfSet)


def keyset(name: str, text: str) -> tink.KeysetHandle:
    """The keyset of that setting; ImproperlyConfigured, without its content, where it cannot be read."""
    try:
        return tink.json_proto_keyset_format.parse(text, secret_key_access.TOKEN)
    except tink.TinkError:
        # the cause may quote the keyset, and a traceback would show it
        raise ImproperlyConfigured(f"{name} is not a Tink keyset in JSON.") from None


def primitive(name: str, text: str, purpose: type[Key]) -> Key:
    """What the keyset of that setting can do; ImproperlyConfigured where it was made for something else."""
    handle = keyset(name, text)
    try:
        return handle.primitive(purpose)
    except tink.TinkError:
        raise ImproperlyConfigured(f"{name} is a keyset for another purpose.") from None


@lru_cache(maxsize=1)
def sealer() -> aead.Aead:
    """Seals and opens; the associated data binds a sealed number to its resident."""
    aead.register()
    return primitive("VAULT_KEYSET", settings.VAULT_KEYSET, aead.Aead)


@lru_cache(maxsize=1)
def finder() -> tuple[tuple[bytes, prf.Prf], ...]:
    """The mark and the function of each key that makes fingerprints, the present one first.

    ImproperlyConfigured where there are more keys than a rotation needs: every look-up asks for each.
    """
    prf.register()
    keys = primitive("VAULT_INDEX_KEYSET", settings.VAULT_INDEX_KEYSET, prf.PrfSet)
    if len(keys.all()) > MOST_INDEX_KEYS:
        raise ImproperlyConfigured("VAULT_INDEX_KEYSET has more than two keys: end one rotation first.")
    present = keys.primary_id()
    others = [(key, made) for key, made in keys.all().items() if key != present]
    return tuple(
        (key.to_bytes(MARK_BYTES, "big"), made) for key, made in [(present, keys.primary()), *others]
    )


def keyed(content: bytes) -> tuple[bytes, ...]:
    """The 32-byte digest of this under the present key, then under the other one while keys change."""
    length = FINGERPRINT_BYTES - MARK_BYTES
    return tuple(mark + bytes(key.compute(content, length)) for mark, key in finder())


def fingerprints(number: str) -> tuple[bytes, ...]:
    """Every keyed digest by which the row of a normalised 12-digit number may be found now."""
    return keyed(number.encode())


def fingerprint(number: str) -> bytes:
    """The one that its row is given."""
    return fingerprints(number)[0]


def code_digests(code: str, *, claim: str) -> tuple[bytes, ...]:
    """Every keyed digest that the code in the letter of that claim may have: it opens no other one."""
    return keyed(f"code:{claim}:{code}".encode())


def code_digest(code: str, *, claim: str) -> bytes:
    """The one that is kept of a new code."""
    return code_digests(code, claim=claim)[0]


def index_mark() -> bytes:
    """How everything begins that the present key of VAULT_INDEX_KEYSET made."""
    return finder()[0][0]


def mark() -> bytes:
    """How everything begins that the present key sealed: Tink writes the key's id in front."""
    return mark_of(settings.VAULT_KEYSET)


@lru_cache(maxsize=1)
def mark_of(text: str) -> bytes:
    """The mark of that keyset's primary key; ImproperlyConfigured where its key leaves none."""
    info = keyset("VAULT_KEYSET", text).keyset_info()
    primary = next(key for key in info.key_info if key.key_id == info.primary_key_id)
    if primary.output_prefix_type != tink_pb2.TINK:
        raise ImproperlyConfigured("VAULT_KEYSET has a key that `python -m portal.keys` did not make.")
    return b"\x01" + int(info.primary_key_id).to_bytes(4, "big")


def seal(number: str, *, resident: Resident, at: datetime.datetime) -> SealedNumber:
    """An unsaved row with the number sealed to this resident, who has a primary key already."""
    return SealedNumber(
        resident=resident,
        sealed=sealer().encrypt(number.encode(), bound_to(resident.pk)),
        fingerprint=fingerprint(number),
        sealed_at=at,
    )


def replace(number: str, *, resident: Resident, at: datetime.datetime) -> None:
    """Seal another number in the row of somebody who has one."""
    row = seal(number, resident=resident, at=at)
    SealedNumber.objects.filter(resident=resident).update(
        sealed=row.sealed, fingerprint=row.fingerprint, sealed_at=at
    )


def seal_anew(rows: Iterable[SealedNumber]) -> tuple[int, list[int]]:
    """Seal locked rows, and find them, with the present keys: how many were changed, and whose cannot be.

    Those cannot be that no key opens, or whose number another resident has too.
    """
    fresh: dict[int, dict[str, bytes]] = {}
    closed = []
    for row in rows:
        try:
            fresh[row.pk] = fields_anew(row)
        except tink.TinkError:
            closed.append(row.resident_id)
    twins = with_a_twin(fresh)
    closed += SealedNumber.objects.filter(pk__in=twins).values_list("resident_id", flat=True)
    changes = [(row, fields) for row, fields in fresh.items() if fields and row not in twins]
    return sum(SealedNumber.objects.filter(pk=row).update(**fields) for row, fields in changes), closed


def with_a_twin(fresh: dict[int, dict[str, bytes]]) -> set[int]:
    """Rows whose new fingerprint stands in another row already, or comes a second time here."""
    rows: dict[bytes, list[int]] = {}
    for row, fields in fresh.items():
        if "fingerprint" in fields:
            rows.setdefault(fields["fingerprint"], []).append(row)
    taken = SealedNumber.objects.filter(fingerprint__in=list(rows)).values_list("fingerprint", flat=True)
    standing = {bytes(fingerprint) for fingerprint in taken}
    return {row for made, same in rows.items() for row in same if made in standing or len(same) > 1}


def fields_anew(row: SealedNumber) -> dict[str, bytes]:
    """The fields that older keys made, by the present ones; TinkError where no key of ours opens it."""
    sealed, bound = bytes(row.sealed), bound_to(row.resident_id)
    anew = anew_or_none(sealed, bound)
    fields = {"sealed": anew} if anew else {}
    if not bytes(row.fingerprint).startswith(index_mark()):
        fields["fingerprint"] = fingerprint(str(sealer().decrypt(sealed, bound), "ascii"))
    return fields


def anew_or_none(sealed: bytes, associated: bytes) -> bytes | None:
    """The same sealed with the present key; None where it is; TinkError where no key of ours opens it."""
    if sealed.startswith(mark()):
        return None
    return bytes(sealer().encrypt(sealer().decrypt(sealed, associated), associated))


def residents_by_fingerprint(wanted: Iterable[bytes]) -> dict[bytes, int]:
    """Primary keys of residents by fingerprint of their number, in one query."""
    rows = SealedNumber.objects.filter(fingerprint__in=list(wanted))
    return {bytes(found): resident for found, resident in rows.values_list("fingerprint", "resident_id")}


@transaction.atomic
def open_number(*, resident: Resident, by: User, purpose: str, at: datetime.datetime) -> str:
    """The number of one resident, in clear, for a purpose that the trail keeps."""
    row = SealedNumber.objects.get(resident=resident)
    audit.record("number.opened", by=by, resident=resident, purpose=purpose, at=at)
    return str(sealer().decrypt(bytes(row.sealed), bound_to(resident.pk)), "ascii")


def last_four_reader(
    *, by: User | None, purpose: str, at: datetime.datetime
) -> Callable[[Collection[int]], dict[int, str]]:
    """A reader of last four digits by batch of primary keys, for one export: one audit event, written now."""
    audit.record("number.exported", by=by, purpose=purpose, at=at)

    def read(residents: Collection[int]) -> dict[int, str]:
        rows = SealedNumber.objects.filter(resident__in=residents).only("resident_id", "sealed")
        return {
            row.resident_id: sealer().decrypt(bytes(row.sealed), bound_to(row.resident_id)).decode()[-4:]
            for row in rows
        }

    return read


def one_slip_apart(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of these pairs of residents whose numbers differ by one slip; nobody gets to see a number."""
    residents = {resident for pair in pairs for resident in pair}
    rows = SealedNumber.objects.filter(resident__in=residents).only("resident_id", "sealed") if pairs else ()
    numbers = {
        row.resident_id: sealer().decrypt(bytes(row.sealed), bound_to(row.resident_id)).decode()
        for row in rows
    }
    return {
        (one, other)
        for one, other in pairs
        if one in numbers and other in numbers and is_slip(numbers[one], numbers[other])
    }


def is_slip(one: str, other: str) -> bool:
    """Whether one digit differs, or two neighbours changed places; the check digit may follow them."""
    differing = [place for place in range(CHECK_DIGIT) if one[place] != other[place]]
    if len(differing) == 2:
        first, second = differing
        return second == first + 1 and one[first] + one[second] == other[second] + other[first]
    return len(differing) == 1


def seal_file(content: bytes, *, file: str) -> bytes:
    """The content of the file with that public id, sealed: a photo or paper may show a number."""
    return bytes(sealer().encrypt(content, f"file:{file}".encode()))


def file_anew(sealed: bytes, *, file: str) -> bytes | None:
    """The sealed file under the present key; None where it is; TinkError where no key of ours opens it."""
    return anew_or_none(sealed, f"file:{file}".encode())


def open_file(sealed: bytes, *, file: str) -> bytes:
    """What was sealed for that file; TinkError where it was changed or belongs to another."""
    return bytes(sealer().decrypt(sealed, f"file:{file}".encode()))


def seal_factor(secret: str) -> bytes:
    """What makes the codes of a second factor, sealed."""
    return bytes(sealer().encrypt(secret.encode(), b"factor"))


def factor_anew(sealed: bytes) -> bytes | None:
    """The same under the present key; None where it is; TinkError where no key of ours opens it."""
    return anew_or_none(sealed, b"factor")


def open_factor(sealed: bytes) -> str:
    """What was sealed as a second factor; TinkError where it is something else."""
    return str(sealer().decrypt(sealed, b"factor"), "utf-8")


def bound_to(resident_id: int) -> bytes:
    """The associated data that ties a sealed number to one row."""
    return f"resident:{resident_id}".encode()
