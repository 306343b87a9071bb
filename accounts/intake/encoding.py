"""Which of the two accepted encodings a file is in: all of it is looked at before any row is read.

Bytes of one encoding often pass as another: EUC-JP kanji decode as half-width kana of CP932, and
damaged UTF-8 as CP932 mojibake.  So a file is CP932 only if nothing else explains it better.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_noop as _

from accounts.intake.refusal import FeedRefused

PIECE_BYTES = 1 << 20

EMPTY = _("The file is empty.")
UTF_16 = _("The file is in UTF-16. Please save it as UTF-8 or Shift_JIS (CP932).")
ISO_2022_JP = _("The file is in ISO-2022-JP (JIS). Please save it as UTF-8 or Shift_JIS (CP932).")
EUC_JP = _("The file is in EUC-JP. Please save it as UTF-8 or Shift_JIS (CP932).")
DAMAGED_UTF_8 = _("The file is UTF-8, but some bytes in it are damaged. Please write it again.")
UNKNOWN = _("The file is neither UTF-8 nor Shift_JIS (CP932).")

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_JIS_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([IJ]|\$\([DO-Q])")
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
# Bytes that Python maps to control or private-use characters although CP932 does not define them.
_NOT_IN_CP932 = re.compile("[\x80\uf8f0-\uf8f3]")
# What half-width kana of real names never hold: full-width letters, punctuation, a stray voicing mark.
_NOT_KANA = re.compile("[^\x00-\x7fｦ-ﾟ]|(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file: Python's name, the bytes of the byte order mark, and a label for people."""

    codec: str
    skip: int
    label: str


UTF_8 = Encoding("utf-8", 0, "UTF-8")
UTF_8_MARKED = Encoding("utf-8", len(codecs.BOM_UTF8), "UTF-8 (BOM)")
CP932 = Encoding("cp932", 0, "CP932")


def detect(file: BinaryIO) -> Encoding:
    """The encoding of a whole seekable file; raises FeedRefused for any other, and for an empty file."""
    first_line = _first_line(file)
    if first_line.startswith(_WIDE_MARKS) or b"\0" in first_line:
        raise FeedRefused(UTF_16)
    marked = first_line.startswith(codecs.BOM_UTF8)
    if _is_utf_8(file):
        return UTF_8_MARKED if marked else UTF_8
    if marked:
        raise FeedRefused(DAMAGED_UTF_8)
    _require_cp932(file)
    return CP932


def _first_line(file: BinaryIO) -> bytes:
    file.seek(0)
    line = file.readline(PIECE_BYTES)
    if not line.removeprefix(codecs.BOM_UTF8):
        raise FeedRefused(EMPTY)
    return line


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The file from its start, ending with an empty piece that lets decoders see a character cut in two."""
    file.seek(0)
    while piece := file.read(PIECE_BYTES):
        yield piece
    yield b""


def _is_utf_8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    ascii_only, escaped, tail = True, False, b""
    try:
        for piece in _pieces(file):
            decoder.decode(piece, final=not piece)
            ascii_only = ascii_only and piece.isascii()
            escaped = escaped or bool(ascii_only and _JIS_ESCAPE.search(tail + piece))
            tail = piece[-3:]
    except UnicodeDecodeError:
        return False
    if ascii_only and escaped:
        raise FeedRefused(ISO_2022_JP)
    return True


def _require_cp932(file: BinaryIO) -> None:
    """Raise FeedRefused unless CP932 is the best explanation of a file that is not UTF-8."""
    cp932, euc_jp, utf_8 = _Cp932Trial(), _EucTrial(), _Utf8Trial()
    for piece in _pieces(file):
        for trial in (cp932, euc_jp, utf_8):
            trial.feed(piece)
    if utf_8.likely:
        raise FeedRefused(DAMAGED_UTF_8)
    if euc_jp.possible and not (cp932.possible and cp932.only_kana):
        raise FeedRefused(EUC_JP)
    if not cp932.possible:
        raise FeedRefused(UNKNOWN)


class _Utf8Trial:
    """Counts what speaks for and against UTF-8 with some damage."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._japanese = self._broken = 0

    def feed(self, piece: bytes) -> None:
        text = self._decoder.decode(piece, final=not piece)
        self._broken += text.count("\ufffd")
        self._japanese += len(_JAPANESE.findall(text))

    @property
    def likely(self) -> bool:
        return self._japanese > self._broken


class _EucTrial:
    """Whether every byte so far is EUC-JP."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("euc_jis_2004")()
        self.possible = True

    def feed(self, piece: bytes) -> None:
        try:
            if self.possible:
                self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            self.possible = False


class _Cp932Trial:
    """Whether every byte so far is CP932, and whether nothing but plausible half-width kana came of it."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("cp932")()
        self._last = ""
        self.possible = self.only_kana = True

    def feed(self, piece: bytes) -> None:
        try:
            text = self._decoder.decode(piece, final=not piece) if self.possible else ""
        except UnicodeDecodeError:
            self.possible, text = False, ""
        self.possible = self.possible and not _NOT_IN_CP932.search(text)
        self.only_kana = self.only_kana and not _NOT_KANA.search(self._last + text, len(self._last))
        self._last = text[-1:]
