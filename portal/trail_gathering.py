"""A busy day in few lines: what one person did in one case, or in one minute, is one line that opens."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localtime

from portal.trail_words import Told

Deed = dict[str, Any]


@dataclass(slots=True)
class Line:
    """One line of the page: its first entry, and those that were gathered under it."""

    told: Told
    at: datetime.datetime
    times: int
    where: str
    is_look: bool
    more: list[Told] = field(default_factory=list)

    def take(self, other: "Line") -> None:
        """Gather another one under this: a change is told before looks."""
        if self.is_look and not other.is_look:
            self.told, self.is_look, other.told = other.told, False, self.told
        self.more.append(other.told)


def gathered(
    deeds: Iterable[Deed], tell: Callable[[Deed], Line], case_of: Callable[[Deed], str]
) -> list[Line]:
    """The lines of a page in their order; each deed stands in one; a change outside a case stands alone."""
    lines: dict[tuple[Any, ...], Line] = {}
    for number, deed in enumerate(deeds):
        line, case = tell(deed), case_of(deed)
        key = key_of(deed, case) if case or line.is_look else (number,)
        first = lines.setdefault(key, line)
        if first is not line:
            first.take(line)
    return list(lines.values())


def key_of(deed: Deed, case: str) -> tuple[Any, ...]:
    """What makes deeds one line: one doer, one place, and one case of a day or else one minute."""
    at = localtime(deed["last_at"])
    doer = (deed["actor"], deed["role"], deed["on_behalf"], deed["place"])
    return (*doer, at.date(), case) if case else (*doer, at.replace(second=0, microsecond=0), "")
