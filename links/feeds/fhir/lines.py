"""From bytes to resources: one JSON value a line, a stream in constant memory, stricter than JSON has to be.

What two programs would read differently is not read at all: a name twice in one object, half a character,
NaN. Each of them costs its own line only.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, NamedTuple, TypeAlias

from django.utils.translation import gettext_noop as _

from accounts.intake.fields import only_digits
from accounts.intake.refusal import FeedRefused
from accounts.intake.rows import CHANGED_MEANWHILE, ROW_BYTES

LINE_TOO_LONG = _("Line %(line)s has more than 1 MB.")
NOT_JSON = _("This line is not JSON.")
NAME_TWICE = _("An object in this line has the same name twice.")
HALF_A_CHARACTER = _("This line has half a character, written as \\u and four digits.")
TOO_DEEP = _("The objects in this line are nested too deeply.")

Json: TypeAlias = dict[str, Any]

NO_RESOURCE = "-"
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_KIND = re.compile("[A-Za-z]{1,64}")
_KINDS = re.compile(r'"resourceType"\s*:\s*"([A-Za-z]*)"')
_KEYS = re.compile(r'"(?:id|value)"\s*:\s*"([^"\\]{1,1000})"')
_MOST_KEYS = 100
_NUMBER_DIGITS = 12


class Unusable(Exception):
    """What cannot be read; `reason` is a message id, `value` the text that is wrong where there is one."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


class Line(NamedTuple):
    """One physical line that is not blank: its number, the byte at which it begins, and its bytes."""

    number: int
    at: int
    data: bytes


def read_lines(file: BinaryIO, start: int) -> Iterator[Line]:
    """Every line from that byte on; the file may be moved between two of them. FeedRefused beyond 1 MB."""
    number, at = 1, start
    while data := line_at(file, at):
        if len(data) > ROW_BYTES:
            raise FeedRefused(LINE_TOO_LONG, line=number)
        if not data.isspace():
            yield Line(number, at, data)
        number, at = number + 1, at + len(data)


def line_at(file: BinaryIO, at: int) -> bytes:
    """The line that begins at that byte; longer than the limit where it is too long."""
    file.seek(at)
    return file.readline(ROW_BYTES + 1)


def parsed(data: bytes) -> object:
    """What the line says; raises Unusable."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise FeedRefused(CHANGED_MEANWHILE) from error
    try:
        found: object = _DECODER.decode(text)
        if _HALF.search(text):  # most often both halves, which are one character
            json.dumps(found, ensure_ascii=False).encode()
    except RecursionError as error:
        raise Unusable(TOO_DEEP) from error
    except UnicodeEncodeError as error:
        raise Unusable(HALF_A_CHARACTER) from error
    except ValueError as error:
        raise Unusable(NOT_JSON) from error
    return found


def kind_of(found: object) -> str:
    """The type of the resource; NO_RESOURCE for anything that has no name for one."""
    kind = found.get("resourceType") if isinstance(found, dict) else None
    return kind if isinstance(kind, str) and _KIND.fullmatch(kind) else NO_RESOURCE


def possible_keys(data: bytes, kind: str) -> list[str]:
    """Everything in an unreadable line of that kind that may have been its key; no individual number."""
    line = data.decode(errors="replace")
    kinds = _KINDS.findall(line)
    if kinds and kind not in kinds:
        return []
    found = dict.fromkeys(match[1] for match in islice(_KEYS.finditer(line), _MOST_KEYS))
    return [key for key in found if len(only_digits(key)) != _NUMBER_DIGITS]


def _object(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unusable(NAME_TWICE)
    return found


def _constant(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)
