"""Invented households and the register of their people."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from stdnum.jp import in_

from portal.sample import names
from portal.sample.places import Place, Places


@dataclass(slots=True)
class Person:
    """One person as the register has them; `intact` people get no error at all."""

    number: str
    code: str
    surname: names.Pair
    given: names.Pair
    born_on: datetime.date
    sex: str
    place: Place
    household: str = ""
    relationship: str = "世帯主"
    latin: bool = False
    has_kana: bool = True
    common_name: str = ""
    former_surname: str = ""
    previous_address: str = ""
    moved_in_on: datetime.date | None = None
    residence_expires_on: datetime.date | None = None
    protected: bool = False
    died_on: datetime.date | None = None
    intact: bool = False
    role: str = ""

    @property
    def name(self) -> str:
        """As the register writes it."""
        return f"{self.surname[0]}{' ' if self.latin else '　'}{self.given[0]}"

    @property
    def kana(self) -> str:
        """In full-width katakana; empty where the register has none."""
        return f"{self.surname[1]}　{self.given[1]}" if self.has_kana else ""

    def age_on(self, day: datetime.date) -> int:
        """Full years."""
        born = self.born_on
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(slots=True)
class Register:
    """Everybody, by household, in the order of the file."""

    as_of: datetime.date
    households: list[list[Person]] = field(default_factory=list)
    namesakes: list[tuple[Person, Person]] = field(default_factory=list)
    near_numbers: list[tuple[Person, Person]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Person]:
        return (person for household in self.households for person in household)

    def playing(self, role: str) -> Person:
        """The one person with that role."""
        return next(person for person in self if person.role == role)

    def family_of(self, person: Person) -> list[Person]:
        """The person's household."""
        return next(family for family in self.households if family[0].household == person.household)


class Maker:
    """Makes households until there are enough people."""

    def __init__(self, chance: random.Random, *, as_of: datetime.date, residents: int) -> None:
        self.chance = chance
        self.as_of = as_of
        self.places = Places(chance, towns=max(40, residents // 4))
        self.register = Register(as_of)
        self._numbers: set[str] = set()
        self._wanted = residents

    def fill(self) -> Register:
        """Add invented households to those that are there already, up to the wanted number of residents."""
        count = sum(map(len, self.register.households))
        while count < self._wanted:
            family = self._family()[: self._wanted - count]
            self.add(family)
            count += len(family)
        return self.register

    def add(self, family: list[Person]) -> None:
        """Give a family its household code and a place in the register."""
        code = f"{len(self.register.households):010}"
        for person in family:
            person.household = code
        self.register.households.append(family)

    def number(self, body: str = "") -> str:
        """A valid individual number that nobody has yet."""
        while True:
            digits = body or f"{self.chance.randrange(10**11):011}"
            number = digits + in_.calc_check_digit(digits)
            if number not in self._numbers:
                self._numbers.add(number)
                return number
            body = ""

    def code(self) -> str:
        """The register's own key of a person."""
        return f"{self.chance.randrange(10**9, 10**10)}"

    def day(self, *, youngest: int, oldest: int) -> datetime.date:
        """A day of birth of somebody of that age."""
        return self.as_of - datetime.timedelta(days=self.chance.randint(youngest * 366, oldest * 365))

    def person(
        self, surname: names.Pair, *, sex: str, born_on: datetime.date, place: Place, **more: object
    ) -> Person:
        """Somebody with that surname."""
        given = names.given_name(self.chance, sex=sex, year=born_on.year)
        return replace(Person(self.number(), self.code(), surname, given, born_on, sex, place), **more)  # type: ignore[arg-type]

    def _family(self) -> list[Person]:
        draw = self.chance.random()
        if draw < 0.03:
            return [self._foreigner()]
        surname, place = names.surname(self.chance), self.places.draw()
        if draw < 0.35:
            return [self._single(surname, place)]
        family = self._couple(surname, place)
        if draw > 0.55:
            family += self._children(family)
        if draw > 0.9:
            family.append(self._grandmother(surname, place))
        return family

    def _single(self, surname: names.Pair, place: Place) -> Person:
        born_on = self.day(youngest=20, oldest=97)
        return self._touched(self.person(surname, sex=self.chance.choice("12"), born_on=born_on, place=place))

    def _couple(self, surname: names.Pair, place: Place) -> list[Person]:
        his = self.day(youngest=26, oldest=88)
        apart = datetime.timedelta(days=self.chance.randint(-2000, 3000))
        hers = min(his + apart, self.day(youngest=24, oldest=25))
        head = self._touched(self.person(surname, sex="1", born_on=his, place=place))
        wife = self.person(surname, sex="2", born_on=hers, place=place, relationship="妻")
        wife.previous_address, wife.moved_in_on = head.previous_address, head.moved_in_on
        wife.former_surname = names.surname(self.chance)[0] if self.chance.random() < 0.12 else ""
        return [head, wife]

    def _children(self, parents: list[Person]) -> list[Person]:
        mother = parents[1]
        eldest = mother.born_on + datetime.timedelta(days=self.chance.randint(24 * 365, 36 * 365))
        births = [eldest + datetime.timedelta(days=gap * self.chance.randint(400, 1300)) for gap in range(3)]
        if self.chance.random() < 0.06:  # twins
            births[1] = births[0]
        wanted = self.chance.choice([1, 2, 2, 3])
        recent = [day for day in births[:wanted] if 0 < (self.as_of - day).days < 22 * 365]
        return [self._child(mother, day) for day in recent]

    def _child(self, mother: Person, born_on: datetime.date) -> Person:
        sex = self.chance.choice("12")
        return self.person(mother.surname, sex=sex, born_on=born_on, place=mother.place, relationship="子")

    def _grandmother(self, surname: names.Pair, place: Place) -> Person:
        born_on = self.day(youngest=76, oldest=98)
        return self._touched(self.person(surname, sex="2", born_on=born_on, place=place, relationship="母"))

    def _foreigner(self) -> Person:
        family, given, sex = self.chance.choice(names.LATIN)
        expires = self.as_of + datetime.timedelta(days=self.chance.randint(60, 1700))
        return replace(
            self.person(family, sex=sex, born_on=self.day(youngest=20, oldest=50),
                        place=self.places.draw()),
            given=given, latin=True, has_kana=self.chance.random() < 0.5,
            residence_expires_on=expires,
            common_name=f"{names.surname(self.chance)[0]}　真理" if self.chance.random() < 0.3 else "",
        )  # fmt: skip

    def _touched(self, person: Person) -> Person:
        """Perhaps with a move, a death or protection."""
        draw = self.chance.random()
        if draw < 0.08:
            person.previous_address = self.places.draw().address
            person.moved_in_on = self.as_of - datetime.timedelta(days=self.chance.randint(5, 900))
        elif draw < 0.09:
            person.died_on = self.as_of - datetime.timedelta(days=self.chance.randint(10, 400))
        elif draw < 0.1:
            person.protected = True
        return person
