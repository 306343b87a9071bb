"""Searches of the queue: those that everybody has, and one's own."""

from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from reports.desk.filters import USUAL


@dataclass(frozen=True, slots=True)
class Choice:
    """A search by name; `drop` is the public id of one that can be deleted, empty otherwise."""

    name: str | Promise
    query: str
    drop: str = ""


def searches(user: User) -> list[Choice]:
    """The usual ones, then the user's own by name."""
    own = [Choice(each.name, each.query, each.public_id) for each in user.searches.order_by("name")]
    return [*(Choice(words, query) for words, query in USUAL), *own]
