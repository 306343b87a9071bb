"""Finds what comes more than once in a file, in constant memory: keyed digests in a temporary table."""

import hashlib
import secrets
import sqlite3
from collections.abc import Collection
from typing import NamedTuple

ROWS_A_WRITE = 5_000
KEYS_A_QUERY = 500


class Repeat(NamedTuple):
    """A key that came more than once: on which line first, and whether its rows were unlike each other."""

    first_line: int
    differs: bool


class Twice:
    """Takes note of (key, content, line), then answers for batches of keys; a context manager.

    The key of the digests lives as long as this object; the table is deleted with it.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._waiting: list[tuple[bytes, bytes, int]] = []
        self._table = sqlite3.connect(
            "", isolation_level=None
        )  # an empty name: a temporary file that nobody else can open
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("CREATE TABLE noted (key BLOB, content BLOB, line INTEGER)")

    def __enter__(self) -> "Twice":
        return self

    def __exit__(self, *error: object) -> None:
        self._table.close()

    def note(self, key: str, content: str, line: int) -> None:
        """Remember one row."""
        self._waiting.append((self._digest(key), self._digest(content), line))
        if len(self._waiting) >= ROWS_A_WRITE:
            self._write()

    def finish(self) -> None:
        """No more rows come: from now on questions are answered."""
        self._write()
        self._table.execute("CREATE INDEX by_key ON noted (key, content, line)")

    def repeats(self, keys: Collection[str]) -> dict[str, Repeat]:
        """Those of the keys that came more than once."""
        found: dict[str, Repeat] = {}
        for by_digest, marks in self._asked(keys):
            rows = self._table.execute(
                "SELECT key, min(line), count(DISTINCT content) > 1 FROM noted"  # noqa: S608  question marks only
                f" WHERE key IN ({marks}) GROUP BY key HAVING count(*) > 1",
                list(by_digest),
            )
            found |= {by_digest[key]: Repeat(line, bool(differs)) for key, line, differs in rows}
        return found

    def known(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that came at all."""
        found: set[str] = set()
        for by_digest, marks in self._asked(keys):
            rows = self._table.execute(f"SELECT key FROM noted WHERE key IN ({marks})", list(by_digest))  # noqa: S608
            found |= {by_digest[key] for (key,) in rows}
        return found

    def _asked(self, keys: Collection[str]) -> "list[tuple[dict[bytes, str], str]]":
        """The keys by digest in handy portions, each with its question marks."""
        every = list(dict.fromkeys(keys))
        portions = (every[start : start + KEYS_A_QUERY] for start in range(0, len(every), KEYS_A_QUERY))
        return [
            ({self._digest(key): key for key in portion}, ",".join("?" * len(portion)))
            for portion in portions
        ]

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self._secret, digest_size=16).digest()

    def _write(self) -> None:
        self._table.execute("BEGIN")
        self._table.executemany("INSERT INTO noted VALUES (?, ?, ?)", self._waiting)
        self._table.execute("COMMIT")
        self._waiting.clear()
