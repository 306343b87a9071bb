"""Large files that hold numbers: sealed while they come in, read back in constant memory from any place.

A file is cut into pieces, each sealed by Tink together with its place and whether it is the last one, so that
none can be changed, moved or cut off unseen. Every file has a key of its own, which the vault seals and the
file's row keeps: once the row has forgotten it, nobody opens what a disk or a backup still holds.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import tink
from google.protobuf.message import DecodeError
from tink import aead
from tink.proto import tink_pb2

from accounts import vault

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

PIECE = 1 << 16
# what Tink adds to each piece: the prefix of the key, the nonce, the tag
ADDED = 5 + 12 + 16


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file by its path and its own key, which only the vault can use, and only under this name."""

    path: Path
    key: bytes

    @classmethod
    def at(cls, path: Path) -> "SealedFile":
        """A file still to be written, with a fresh key."""
        aead.register()
        handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
        key = tink.proto_keyset_format.serialize_encrypted(handle, vault.sealer(), bound_to(path))
        return cls(path, bytes(key))

    def create(self) -> BinaryIO:
        """Open it for writing, readable by this user only; what it held is gone. Whole once it is closed."""
        primitive = self.primitive()
        self.path.touch(mode=0o600)
        return io.BufferedWriter(Sealing(self.path.open("wb"), primitive), PIECE)

    def open(self) -> BinaryIO:
        """Open it for reading, from any place; TinkError at a piece that was changed."""
        primitive = self.primitive()
        return io.BufferedReader(Opening(self.path.open("rb"), primitive), PIECE)

    def primitive(self) -> aead.Aead:
        """What the key can do; TinkError where it belongs to another file."""
        handle = tink.proto_keyset_format.parse_encrypted(self.key, vault.sealer(), bound_to(self.path))
        return handle.primitive(aead.Aead)

    def key_anew(self) -> bytes | None:
        """Its key sealed by the vault's present key; None where it is; TinkError where it stays closed."""
        try:
            sealed = tink_pb2.EncryptedKeyset.FromString(self.key).encrypted_keyset
        except DecodeError as problem:
            raise tink.TinkError("that is no sealed key") from problem
        if sealed.startswith(vault.mark()):
            return None
        name = bound_to(self.path)
        handle = tink.proto_keyset_format.parse_encrypted(self.key, vault.sealer(), name)
        return bytes(tink.proto_keyset_format.serialize_encrypted(handle, vault.sealer(), name))

    def delete(self) -> None:
        """Remove it from the disk, if it is there."""
        self.path.unlink(missing_ok=True)


def bound_to(path: Path) -> bytes:
    """The associated data that ties a key to its file."""
    return f"file:{path.name}".encode()


def placed(index: int, *, last: bool) -> bytes:
    """The associated data that ties a piece to its place."""
    return f"{index}:{'last' if last else 'more'}".encode()


class Sealing(io.RawIOBase):
    """Seals what is written to it, piece by piece."""

    def __init__(self, file: BinaryIO, primitive: aead.Aead) -> None:
        self._file = file
        self._primitive = primitive
        self._waiting = bytearray()
        self._index = 0

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: "ReadableBuffer") -> int:
        """Take all of it; the last piece waits, for nobody knows yet that it is the last."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(last=False)
        return memoryview(data).nbytes

    def close(self) -> None:
        """Seal what waits as the last piece."""
        if self.closed:
            return
        with self._file:
            self._seal(last=True)
        super().close()

    def _seal(self, *, last: bool) -> None:
        piece = bytes(self._waiting[:PIECE])
        del self._waiting[:PIECE]
        self._file.write(self._primitive.encrypt(piece, placed(self._index, last=last)))
        self._index += 1


class Opening(io.RawIOBase):
    """Opens what is read from it, and holds one piece."""

    def __init__(self, file: BinaryIO, primitive: aead.Aead) -> None:
        self._file = file
        self._primitive = primitive
        sealed = file.seek(0, io.SEEK_END)
        if sealed < ADDED:
            file.close()
            raise tink.TinkError("not even one piece is left")
        self._pieces = -(-sealed // (PIECE + ADDED))
        self._size = sealed - self._pieces * ADDED
        self._position = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read from any place."""
        return True

    def tell(self) -> int:
        """The place from which it is read next."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the start, from here or from the end."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read to the end of a piece at most."""
        view = memoryview(buffer).cast("B")
        index, within = divmod(self._position, PIECE)
        part = self._piece(index)[within : within + len(view)] if index < self._pieces else b""
        view[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file under it."""
        self._file.close()
        super().close()

    def _piece(self, index: int) -> bytes:
        if self._held[0] != index:
            self._file.seek(index * (PIECE + ADDED))
            sealed = self._file.read(PIECE + ADDED)
            opened = self._primitive.decrypt(sealed, placed(index, last=index == self._pieces - 1))
            self._held = (index, bytes(opened))
        return self._held[1]
