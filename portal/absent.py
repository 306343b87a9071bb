"""What may be missing on everybody's page: an empty page must not look like 'nothing is linked'."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.timezone import localdate

from links.categories import CATEGORIES
from links.models import Institution, Source

# late and silent institutions that a page names; the public list has them all
NAMED = 10


@dataclass(frozen=True, slots=True)
class Late:
    """A source whose next feed is missing since a day; the fields of components/feed_state.html."""

    institution: Institution
    category: str
    fed_on: datetime.date
    late_since: datetime.date

    @property
    def title(self) -> Promise:
        """What it sends, in words."""
        return CATEGORIES[self.category]


@dataclass(frozen=True, slots=True)
class Absent:
    """The first late and silent institutions, how many more there are, and what nobody has connected."""

    late: list[Late]
    silent: list[Institution]
    more: int
    categories: list[str]

    @property
    def titles(self) -> list[Promise]:
        """What nobody has connected, in words."""
        return [CATEGORIES[category] for category in self.categories]

    @property
    def is_anything(self) -> bool:
        """Whether there is something to say."""
        return bool(self.late or self.silent or self.categories)


def what_is_absent() -> Absent:
    """The longest late and the silent institutions, and the categories without a source."""
    late = Source.objects.late(today=localdate())
    silent = list(Institution.objects.never_connected().order_by("code"))
    connected = Source.objects.categories()
    return Absent(
        late=[Late(each.institution, each.category, each.fed_on, since) for since, each in late[:NAMED]],
        silent=silent[:NAMED],
        more=len(late[NAMED:]) + len(silent[NAMED:]),
        categories=[category for category in CATEGORIES if category not in connected],
    )
