"""One record of one institution, before anything is written."""

import datetime
import random
from dataclasses import dataclass, field

from portal.sample.register import Person, Register


@dataclass(slots=True)
class Record:
    """`about` is whose number it hangs on, `holder` whose details it has: one person, but for mistakes."""

    about: Person
    holder: Person
    reference: str
    linked_on: datetime.date
    obtained_by: str
    entered_by: str
    details: dict[str, str]
    status: str = "active"
    number: str = ""
    written: dict[str, str] = field(default_factory=dict)

    @property
    def intact(self) -> bool:
        """Whether nothing may be wrong with it."""
        return self.about.intact


class Draw:
    """What the makers of records share: chance, the day of the sample, and small draws."""

    def __init__(self, chance: random.Random, register: Register) -> None:
        self.chance = chance
        self.register = register
        self.as_of = register.as_of

    def one_in(self, share: float, person: Person) -> bool:
        """Whether this person has it; people who must be complete always do."""
        return person.intact or self.chance.random() < share

    def digits(self, count: int) -> str:
        """So many digits."""
        return f"{self.chance.randrange(10**count):0{count}}"

    def past_day(self, *, days: int, since: datetime.date | None = None) -> datetime.date:
        """A day within the last `days`, not before `since`."""
        day = self.as_of - datetime.timedelta(days=self.chance.randint(1, days))
        return max(day, since) if since else day

    def coming_day(self, *, days: int) -> datetime.date:
        """A day within the next `days`."""
        return self.as_of + datetime.timedelta(days=self.chance.randint(30, days))

    def record(
        self,
        prefix: str,
        person: Person,
        origin: tuple[str, str],
        details: dict[str, str],
        *,
        status: str = "active",
    ) -> Record:
        """A record of this person; `origin` is how the number was obtained, and where."""
        linked_on = self.past_day(days=3500, since=max(person.born_on, datetime.date(2016, 1, 4)))
        reference = f"{prefix}{self.digits(10)}"
        return Record(person, person, reference, min(linked_on, self.as_of), *origin, details, status)
