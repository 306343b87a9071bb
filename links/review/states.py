"""What a decision can change about records, kept as plain values, so that it can be put back exactly."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from links.models import Change, Hold, Link
from links.review.settle import end, locked, write_down

# what of a record says that nobody decided or sent anything else since
STEADY = ("resident", "row", "settled_as", "settled_digest", "changed_at")
State = dict[str, Any]


class Turn(NamedTuple):
    """One record to be put back: the state it must be in now, and the one it gets."""

    link_id: int
    now: Mapping[str, Any]
    then: Mapping[str, Any]


def states_of(links: Iterable[Link]) -> dict[int, State]:
    """Each link's state by its key: codes, digests in hex, keys of the holds that stand. One query."""
    known = list(links)
    holds: defaultdict[int, list[int]] = defaultdict(list)
    standing = Hold.objects.active().filter(link__in=known).order_by("pk")
    for link_id, hold_id in standing.values_list("link_id", "pk"):
        holds[link_id].append(hold_id)
    return {link.pk: state_of(link, holds[link.pk]) for link in known}


def state_of(link: Link, holds: list[int]) -> State:
    """One link's state with these holds."""
    digest = link.settled_digest
    return {
        "resident": link.resident_id,
        "row": bytes(link.row_digest).hex(),
        "settled_as": str(link.settled_as),
        "settled_digest": bytes(digest).hex() if digest is not None else None,
        "changed_at": link.changed_at.isoformat(),
        "held": link.held,
        "holds": holds,
    }


def is_steady(state: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Whether nobody decided about the record, and nobody sent another row, since it was as expected."""
    return all(state[name] == expected[name] for name in STEADY)


@transaction.atomic
def put_back(turns: Iterable[Turn], *, by: User | None, at: datetime.datetime) -> set[int]:
    """Put each record that is still as it was left back as it was, holds included; the keys of those.

    What others did meanwhile stays: a hold that somebody placed later goes on, one lifted later stays lifted.
    """
    wanted = {turn.link_id: turn for turn in turns}
    links = locked(wanted)
    present = states_of(links)
    steady = [link for link in links if is_steady(present[link.pk], wanted[link.pk].now)]
    ids = {link.pk for link in steady}
    lift_placed([turn for turn in wanted.values() if turn.link_id in ids], by=by, at=at)
    place_ended([turn for turn in wanted.values() if turn.link_id in ids])
    for link in steady:
        restore(link, wanted[link.pk].then)
    Link.objects.bulk_update(steady, ["settled_as", "settled_digest", "changed_at"], batch_size=500)
    others = Hold.objects.active().filter(link=OuterRef("pk"))
    Link.objects.filter(pk__in=ids).update(held=Exists(others))
    write_down(steady, Change.Kind.PUT_BACK, "record.put_back", by=by, at=at, after={})
    return ids


def lift_placed(turns: list[Turn], *, by: User | None, at: datetime.datetime) -> None:
    """Lift the holds that came with what is put back."""
    placed = {hold for turn in turns for hold in turn.now["holds"]} - {
        hold for turn in turns for hold in turn.then["holds"]
    }
    end(Hold.objects.active().filter(pk__in=placed), by=by, at=at)


def place_ended(turns: list[Turn]) -> None:
    """Have the holds stand again that ended with it, but where a like one stands by now."""
    ended = {hold for turn in turns for hold in turn.then["holds"]} - {
        hold for turn in turns for hold in turn.now["holds"]
    }
    alike = Hold.objects.active().filter(
        link=OuterRef("link"), source=OuterRef("source"), reference=OuterRef("reference")
    )
    lifted = Hold.objects.filter(pk__in=ended, lifted_at__isnull=False).exclude(Exists(alike))
    lifted.update(lifted_at=None, lifted_by=None)


def restore(link: Link, then: Mapping[str, Any]) -> None:
    """Set what was decided, and since when, as it was; the caller saves."""
    digest = then["settled_digest"]
    link.settled_as = then["settled_as"]
    link.settled_digest = bytes.fromhex(digest) if digest is not None else None
    link.changed_at = datetime.datetime.fromisoformat(then["changed_at"])
