"""Which characters a font file can draw, variation sequences included, read from its cmap table.

OpenType specification, "cmap": subtable format 12 (characters) and format 14 (variation sequences).
"""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@dataclass(frozen=True)
class Coverage:
    """The characters of one face, as sorted ranges, and its (character, selector) pairs."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sequences: frozenset[tuple[int, int]]

    def has(self, character: int) -> bool:
        """Whether the face draws this character."""
        place = bisect_right(self.starts, character) - 1
        return place >= 0 and character <= self.ends[place]

    def missing(self, text: str) -> list[str]:
        """Return what the face cannot draw: single characters, or a character with its selector."""
        found = []
        for cluster in clusters(text):
            character, *selector = map(ord, cluster)
            drawn = (character, selector[0]) in self.sequences if selector else self.has(character)
            if not drawn:
                found.append(cluster)
        return found


def clusters(text: str) -> list[str]:
    """Split a text into characters, each with the variation selector that follows it."""
    found: list[str] = []
    for character in text:
        if _selects(character) and found and len(found[-1]) == 1 and not _selects(found[-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def _selects(character: str) -> bool:
    return any(ord(character) in selectors for selectors in SELECTORS)


def read_coverage(path: Path) -> Coverage:
    """Read the coverage of a TrueType or OpenType file; ValueError where it has no full Unicode cmap."""
    data = path.read_bytes()
    cmap = _cmap_offset(data)
    formats = {_u16(data, cmap + offset): cmap + offset for offset in _subtables(data, cmap)}
    if 12 not in formats:
        raise ValueError(f"{path.name} has no full Unicode character map.")
    groups = sorted(_groups(data, formats[12]))
    sequences = _sequences(data, formats[14]) if 14 in formats else frozenset()
    return Coverage(tuple(start for start, _ in groups), tuple(end for _, end in groups), sequences)


def _cmap_offset(data: bytes) -> int:
    for place in range(12, 12 + 16 * _u16(data, 4), 16):
        if data[place : place + 4] == b"cmap":
            return _u32(data, place + 8)
    raise ValueError("The file has no character map.")


def _subtables(data: bytes, cmap: int) -> list[int]:
    return [_u32(data, cmap + 4 + 8 * number + 4) for number in range(_u16(data, cmap + 2))]


def _groups(data: bytes, table: int) -> list[tuple[int, int]]:
    """Format 12: groups of start, end and first glyph; glyph 0 is the blank box, hence left out."""
    count = _u32(data, table + 12)
    body = data[table + 16 : table + 16 + 12 * count]
    return [(start, end) for start, end, glyph in struct.iter_unpack(">III", body) if glyph]


def _sequences(data: bytes, table: int) -> frozenset[tuple[int, int]]:
    """Format 14: for each selector, ranges that keep the default glyph and single other glyphs."""
    found: set[tuple[int, int]] = set()
    for number in range(_u32(data, table + 6)):
        record = table + 10 + 11 * number
        selector = _u24(data, record)
        default, other = _u32(data, record + 3), _u32(data, record + 7)
        if default:
            found |= {(character, selector) for character in _default_ranges(data, table + default)}
        if other:
            found |= {(character, selector) for character in _mapped(data, table + other)}
    return frozenset(found)


def _default_ranges(data: bytes, place: int) -> list[int]:
    found: list[int] = []
    for record in range(place + 4, place + 4 + 4 * _u32(data, place), 4):
        start = _u24(data, record)
        found.extend(range(start, start + data[record + 3] + 1))
    return found


def _mapped(data: bytes, place: int) -> list[int]:
    return [_u24(data, record) for record in range(place + 4, place + 4 + 5 * _u32(data, place), 5)]


def _u16(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "big")


def _u24(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 3], "big")


def _u32(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "big")
