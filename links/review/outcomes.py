"""What the engine decides about one link: the rules' comparison and the signals across records, together."""

from typing import NamedTuple

from links.models import Link
from links.review.rules import Comparison, compare

# The reading of a name is all that banks send: equal, and with no signal against it, it is enough for them
KANA_SUFFICES = frozenset(("bank_account",))
KANA_ACCEPTED = "kana_equal_account"
# what signals say about whose details these are
IN_HOUSEHOLD, BESIDE, IN_REGISTER = "holder_in_household", "holder_beside", "holder_in_register"
ANOTHER_PERSON = frozenset((IN_HOUSEHOLD, BESIDE, IN_REGISTER))


class Case(NamedTuple):
    """One link, with what the rules say about it alone."""

    link: Link
    comparison: Comparison

    @property
    def may_be_right(self) -> bool:
        """Whether it may be its resident's: the rules do not deny it, or a person decided that it is."""
        return self.comparison.verdict != "mismatch" or settled(self.link)


class Outcome(NamedTuple):
    """What is stored as a Finding; `elements` holds the level of each, `owner_id` is for staff only."""

    verdict: str
    reasons: list[str]
    elements: dict[str, str]
    conceals: bool
    owner_id: int | None = None


def open_case(link: Link) -> Case:
    """The link, its holder compared with its resident; link.resident must be loaded."""
    return Case(link, compare(link.resident.as_person(), link.claimed_person()))


def settled(link: Link) -> bool:
    """Whether a person decided about exactly the row that stands now."""
    return link.settled_digest is not None and bytes(link.settled_digest) == bytes(link.row_digest)


def decide(case: Case, signals: list[str], owner_id: int | None = None) -> Outcome:
    """The verdict with its reasons, the deciding one first: a signal raises, silence lifts kana alone."""
    found = case.comparison
    levels = {name: element.level for name, element in found.elements.items()}
    verdict, reasons, conceals = found.verdict, [*found.reasons, *signals], found.conceals
    suffices = kana_suffices(case)
    if signals and (suffices or verdict in ("match", "unverifiable")):
        verdict, reasons = "review", [*signals, *found.reasons]
    elif suffices:
        verdict, reasons = "match", [KANA_ACCEPTED, *found.reasons]
    if ANOTHER_PERSON.intersection(signals) and not named_alike(levels):
        conceals = True
    return Outcome(verdict, reasons, levels, conceals, owner_id)


def kana_suffices(case: Case) -> bool:
    """Whether an equal reading, and nothing else, was sent, and the category needs no more."""
    found = case.comparison
    if case.link.category not in KANA_SUFFICES or found.reasons[0] != "kana_alone":
        return False
    elements = found.elements
    others = {elements[name].level for name in ("name", "birth_date", "address")}
    return elements["kana"].level == "equal" and others == {"missing"} and elements["sex"].level != "conflict"


def named_alike(levels: dict[str, str]) -> bool:
    """Whether one form of the name is the registered one."""
    return levels["name"] in ("equal", "variant", "filler") or levels["kana"] in ("equal", "near")
