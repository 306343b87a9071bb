"""What goes into a comparison and what comes out of it."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a source described them: every field as sent, empty when absent.

    `name` may be in the register's bracket form (`氏［旧氏］　名`, `LATIN＿漢字（通称）`).
    `former_addresses` are those that the register holds.
    """

    name: str
    kana: str
    birth_date: str
    sex: str
    address: str
    former_addresses: tuple[str, ...] = ()


class Element(NamedTuple):
    """One of the five elements: how well it agrees, and the two forms that were compared."""

    level: str
    registered: str
    claimed: str


class Comparison(NamedTuple):
    """The verdict on one record, with all that is needed to explain it.

    `verdict` is match, unverifiable, review or mismatch; `elements` has the keys name, kana,
    birth_date, sex and address; `reasons` are codes of `reasons.REASONS`, the deciding one first.
    `conceals` says that the details may be a stranger's and must be hidden.
    """

    verdict: str
    elements: dict[str, Element]
    reasons: tuple[str, ...]
    conceals: bool
