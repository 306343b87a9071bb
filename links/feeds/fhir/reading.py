"""A FHIR file as a stream of good rows and rejects: each Coverage with its Patient is a row.

The file is looked through once for where each Patient stands, and then read; to what a Coverage refers is
read again at its place. So their order does not matter, and nobody's number is written anywhere.
"""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from accounts.intake.columns import Form, Header
from accounts.intake.encoding import EMPTY, UTF_8, Encoding, detect
from accounts.intake.reading import Reading
from accounts.intake.refusal import FeedRefused
from accounts.intake.rows import CHANGED_MEANWHILE, Broken, Cells, first_bad_cell
from links.feeds.fhir.claims import REFERRED, Claim
from links.feeds.fhir.coverage import SOURCES
from links.feeds.fhir.lines import (
    NO_RESOURCE,
    Json,
    Line,
    Unusable,
    kind_of,
    line_at,
    parsed,
    possible_keys,
    read_lines,
)
from links.feeds.fhir.offsets import Offsets

NOT_UTF_8 = _("A FHIR file is in UTF-8, and this one is not.")
DIFFERENT_TWICE = _("This Coverage refers to what is in this file twice, and differs.")
IGNORED = _("Resources of the type %(kind)s are not read here and were ignored.")
NO_RESOURCES = _("Lines that hold no resource of FHIR were ignored.")
MANY_KINDS = _("Resources of more than 50 other types were ignored.")
MOST_KINDS = 50

COVERAGE = "Coverage"
# a family stands together most often, and has one person through whom it is insured
KEPT_AT_HAND = 8


class FhirReading(Reading):
    """One pass over a file of health insurance in FHIR, with everything that Reading promises."""

    def __init__(
        self, file: BinaryIO, form: Form, *, today: datetime.date, encoding: Encoding | None = None
    ) -> None:
        """`encoding` spares looking for it a second time."""
        super().__init__(file, form, today=today, encoding=encoding or _utf_8(file))
        self._offsets: Offsets | None = None
        self._found = lru_cache(maxsize=KEPT_AT_HAND)(self._look_up)
        self._done = 0

    def __exit__(self, *error: object) -> None:
        """Delete what was noted of the file."""
        if self._offsets:
            self._offsets.close()

    @property
    def position(self) -> int:
        """How many bytes have been read; reading at other places does not count."""
        return self._done

    def header(self) -> Header:
        """The elements that fill the columns of the form."""
        names = list(SOURCES)
        found = tuple((names.index(one.name), one) for one in self.form.columns if one.name in SOURCES)
        return Header(found, tuple(source.element for source in SOURCES.values()), ())

    def rows(self) -> Iterator[Cells | Broken]:
        """Every Coverage, and every line that cannot be read."""
        if not self._offsets:
            self._offsets = Offsets()
            self._look_through(self._offsets)
        for line in read_lines(self._file, self.encoding.skip):
            self._done = line.at + len(line.data)
            try:
                resource = parsed(line.data)
            except Unusable as problem:
                yield Broken(line.number, None, problem.reason, possible_keys(line.data, COVERAGE))
                continue
            if isinstance(resource, dict) and kind_of(resource) == COVERAGE:
                yield self._row(line, resource)

    def _look_through(self, offsets: Offsets) -> None:
        for line in read_lines(self._file, self.encoding.skip):
            try:
                resource = parsed(line.data)
            except Unusable:
                continue
            kind = kind_of(resource)
            if kind in REFERRED:
                offsets.note(_name(resource), line.at, line.data.strip())
            elif kind != COVERAGE:
                self._ignore(kind)
        offsets.finish()

    def _ignore(self, kind: str) -> None:
        """Count it by its name; how many names are told apart is limited, for a file may hold any number."""
        warning = NO_RESOURCES if kind == NO_RESOURCE else gettext(IGNORED) % {"kind": kind}
        known = warning in self.warnings or len(self.warnings) < MOST_KINDS
        self._context.warn(warning if known else MANY_KINDS)

    def _row(self, line: Line, coverage: Json) -> Cells | Broken:
        system = settings.FHIR_NUMBER_SYSTEM
        claim = Claim(coverage, self._found, context=self._context, number_system=system)
        cells: list[str] = []
        bad: tuple[int, str] | None = None
        for position, source in enumerate(SOURCES.values()):
            try:
                cells.append(source.read(claim))
            except Unusable as problem:
                cells.append(problem.value)
                bad = bad or (position, problem.reason)
        return Broken(line.number, *bad, cells) if bad else first_bad_cell(Cells(line.number, cells))

    def _look_up(self, name: str) -> Json | None:
        """What has that name in the file; raises Unusable where several have it that differ."""
        place = self._offsets.find(name) if self._offsets else None
        if place is None:
            return None
        if place.differs:
            raise Unusable(DIFFERENT_TWICE)
        try:
            found = parsed(line_at(self._file, place.at))
        except Unusable as problem:
            raise FeedRefused(CHANGED_MEANWHILE) from problem
        if not isinstance(found, dict) or _name(found) != name:
            raise FeedRefused(CHANGED_MEANWHILE)
        return found


def _name(resource: object) -> str:
    """`Patient/` and its id; nobody can refer to what has none."""
    own = resource.get("id") if isinstance(resource, dict) else None
    return f"{kind_of(resource)}/{own if isinstance(own, str) else ''}"


def _utf_8(file: BinaryIO) -> Encoding:
    try:
        found = detect(file)
    except FeedRefused as refusal:
        if refusal.reason == EMPTY:
            raise
        raise FeedRefused(NOT_UTF_8) from refusal
    if found.codec != UTF_8.codec:
        raise FeedRefused(NOT_UTF_8)
    return found
