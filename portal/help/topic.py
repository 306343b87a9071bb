"""What a page of help is made of: a topic with its sections, in words that can be searched."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# in the simple version a longer topic is read section by section
MOST_SECTIONS_A_SCREEN = 4


@dataclass(frozen=True, slots=True)
class Section:
    """One question with its answer; `picture` names a file in templates/help/pictures."""

    slug: str
    title: Promise
    paragraphs: tuple[Promise, ...] = ()
    points: tuple[Promise, ...] = ()
    steps: tuple[Promise, ...] = ()
    picture: str = ""
    picture_says: Promise | str = ""

    @property
    def drawn_by(self) -> str:
        """The template that draws its picture."""
        return f"help/pictures/{self.picture}.html"

    @property
    def sentences(self) -> tuple[Promise, ...]:
        """Everything that it says, in reading order."""
        return (*self.paragraphs, *self.points, *self.steps)


@dataclass(frozen=True, slots=True)
class WayOn:
    """A page of the service to which a topic leads."""

    words: Promise
    address: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help; `also` holds words that people search for and that it does not say."""

    slug: str
    title: Promise
    lead: Promise
    sections: tuple[Section, ...]
    layout: str = "sections"
    ways_on: tuple[WayOn, ...] = ()
    also: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the simple version shows its sections one by one."""
        return len(self.sections) > MOST_SECTIONS_A_SCREEN

    def place_of(self, slug: str) -> int | None:
        """Which section that is, counted from 0; None where it has no such section."""
        return next((place for place, each in enumerate(self.sections) if each.slug == slug), None)

    def around(self, place: int) -> Iterator[Section | None]:
        """The section before that one and the one behind it."""
        yield self.sections[place - 1] if place else None
        yield self.sections[place + 1] if place + 1 < len(self.sections) else None


TO_RECORDS = WayOn(_("See your records"), "portal:home")
TO_FIGURES = WayOn(_("What was found and put right"), "portal:figures")
TO_TRAIL = WayOn(_("Who looked at my data"), "portal:own_trail")
TO_SECURITY = WayOn(_("Sign-in and security"), "mfa_index")
