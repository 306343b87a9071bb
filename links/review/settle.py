"""The one place where links are withheld, released and settled: state, history, trail and notices at once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Greatest

from accounts import audit
from accounts.models import User
from links.models import Change, Hold, Institution, Link, ReviewRun
from notices.actions import tell_many


def locked(link_ids: Iterable[int]) -> list[Link]:
    """The links, locked in order of their key so that two settlements never wait for each other in a ring."""
    return list(Link.objects.select_for_update(of=("self",)).filter(pk__in=list(link_ids)).order_by("pk"))


@transaction.atomic
def withhold(
    link_ids: Iterable[int],
    *,
    source: Hold.Source,
    by: User | None,
    at: datetime.datetime,
    reference: str = "",
    run: ReviewRun | None = None,
    notice: str = "",
) -> list[Link]:
    """Place a hold of this source on each link that has none of it; returns those that got one.

    `run` is the check that found it; `notice` is told about those that were free until now.
    """
    links = locked(link_ids)
    standing = Hold.objects.active().filter(link__in=links, source=source, reference=reference)
    already = set(standing.values_list("link_id", flat=True))
    new = [link for link in links if link.pk not in already]
    Hold.objects.bulk_create(
        Hold(
            link=link,
            resident_id=link.resident_id,
            source=source,
            reference=reference,
            run=run,
            placed_by=by,
            placed_at=at,
        )
        for link in new
    )
    Link.objects.filter(pk__in=[link.pk for link in new]).update(held=True)
    for free in (True, False):
        part = [link for link in new if link.held is not free]
        told = notice if free else ""
        write_down(
            part, Change.Kind.HELD, "record.withheld", by=by, at=at, after={"source": source}, notice=told
        )
    return new


@transaction.atomic
def lift(
    link_ids: Iterable[int],
    *,
    source: Hold.Source,
    by: User | None,
    at: datetime.datetime,
    reference: str = "",
    notice: str = "",
) -> list[Link]:
    """Lift this source's hold; returns the links that are free now, because it was their last one."""
    links = locked(link_ids)
    holds = Hold.objects.active().filter(link__in=links, source=source, reference=reference)
    lifted = set(holds.values_list("link_id", flat=True))
    end(holds, by=by, at=at)
    others = Hold.objects.active().filter(link=OuterRef("pk"))
    unheld = Link.objects.filter(pk__in=lifted).exclude(Exists(others))
    free = set(unheld.values_list("pk", flat=True))
    freed = [link for link in links if link.pk in free]
    Link.objects.filter(pk__in=free).update(held=False)
    write_down(
        freed, Change.Kind.RELEASED, "record.released", by=by, at=at, after={"source": source}, notice=notice
    )
    return freed


def decide(
    link_id: int, *, as_what: Link.Settlement, by: User, at: datetime.datetime, notice: str = ""
) -> Link:
    """A person decided whose it is: every hold ends, until the institution sends a different row."""
    (link,) = decide_many([link_id], as_what=as_what, by=by, at=at, notice=notice)
    return link


@transaction.atomic
def decide_many(
    link_ids: Iterable[int], *, as_what: Link.Settlement, by: User, at: datetime.datetime, notice: str = ""
) -> list[Link]:
    """The same decided about each of them."""
    links = locked(link_ids)
    end(Hold.objects.active().filter(link__in=links), by=by, at=at)
    before: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        before[link.settled_as].append(link)
        link.settled_as, link.settled_digest = as_what, bytes(link.row_digest)
        link.changed_at, link.held = at, False
    fields = ["settled_as", "settled_digest", "changed_at", "held"]
    Link.objects.bulk_update(links, fields, batch_size=500)
    unlinked = as_what == Link.Settlement.UNLINKED
    kind = Change.Kind.UNLINKED if unlinked else Change.Kind.SETTLED_RIGHT
    verb = "record.unlinked" if unlinked else "record.settled_right"
    after = {"settled_as": str(as_what)}
    for was, part in before.items():
        write_down(part, kind, verb, by=by, at=at, before={"settled_as": was}, after=after, notice=notice)
    return links


@transaction.atomic
def follow_moves(link_ids: Iterable[int], *, at: datetime.datetime) -> None:
    """Links hang on another number now: what the person before reported no longer withholds them."""
    ids = [link.pk for link in locked(link_ids)]
    reported = Hold.objects.active().filter(link__in=ids, source=Hold.Source.REPORT)
    end(reported.exclude(resident=F("link__resident")), by=None, at=at)
    standing = Hold.objects.active().filter(link=OuterRef("pk"))
    Link.objects.filter(pk__in=ids).update(held=Exists(standing))


def end(holds: QuerySet[Hold], *, by: User | None, at: datetime.datetime) -> None:
    """Lift them; one that was placed while we waited for the lock ends when it began, not before."""
    lifted_at = Greatest("placed_at", Value(at, output_field=DateTimeField()))
    holds.update(lifted_at=lifted_at, lifted_by=by)


def write_down(
    links: list[Link],
    kind: Change.Kind,
    verb: str,
    *,
    by: User | None,
    at: datetime.datetime,
    after: dict[str, str],
    before: dict[str, str] | None = None,
    notice: str = "",
) -> None:
    """The history, the trail and, where there is something to tell, the notices of a settlement."""
    Change.objects.bulk_create(
        [
            Change(
                link=x, resident_id=x.resident_id, kind=kind, before=before or {}, after=after, by=by, at=at
            )
            for x in links
        ],
        batch_size=1000,
    )
    senders = Institution.objects.in_bulk({x.institution_id for x in links})
    audit.record_many(
        audit.event(
            verb,
            by=by,
            at=at,
            resident=x.resident_id,
            subject=("link", x.public_id),
            institution=senders[x.institution_id].code,
        )
        for x in links
    )
    if notice:
        tell_many([(x.resident_id, notice, ("link", x.public_id), x.area) for x in links], at=at)
