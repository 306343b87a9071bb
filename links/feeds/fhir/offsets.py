"""Where in the file each resource stands: found by keyed digests in a temporary table on disk.

Nothing of the resource itself is in the table: no name, no number. It is deleted with its connection.
"""

import hashlib
import secrets
import sqlite3
from typing import NamedTuple

RESOURCES_A_WRITE = 5_000


class Place(NamedTuple):
    """The byte at which a resource begins, and whether unlike ones came under its name."""

    at: int
    differs: bool


class Offsets:
    """Takes note of (name, byte, content), then answers for names; a context manager."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._waiting: list[tuple[bytes, int, bytes]] = []
        # an empty name: a temporary file that nobody else can open
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE noted (name BLOB, at INTEGER, content BLOB)")
        self._table.execute("CREATE TABLE found (name BLOB PRIMARY KEY, at INTEGER, differs) WITHOUT ROWID")

    def __enter__(self) -> "Offsets":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete the table."""
        self._table.close()

    def note(self, name: str, at: int, content: bytes) -> None:
        """Remember one resource."""
        self._waiting.append((self._digest(name.encode()), at, self._digest(content)))
        if len(self._waiting) >= RESOURCES_A_WRITE:
            self._write()

    def finish(self) -> None:
        """No more resources come: from now on questions are answered."""
        self._write()
        self._table.execute(
            "INSERT INTO found SELECT name, min(at), count(DISTINCT content) > 1 FROM noted GROUP BY name"
        )
        self._table.execute("DROP TABLE noted")

    def find(self, name: str) -> Place | None:
        """Where the resource of that name begins."""
        digest = self._digest(name.encode())
        row = self._table.execute("SELECT at, differs FROM found WHERE name = ?", [digest]).fetchone()
        return Place(row[0], bool(row[1])) if row else None

    def _digest(self, content: bytes) -> bytes:
        return hashlib.blake2b(content, key=self._secret, digest_size=16).digest()

    def _write(self) -> None:
        self._table.execute("BEGIN")
        self._table.executemany("INSERT INTO noted VALUES (?, ?, ?)", self._waiting)
        self._table.execute("COMMIT")
        self._waiting.clear()
