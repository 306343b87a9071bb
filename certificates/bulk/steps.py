"""A batch step by step: people are listed, then each gets a certificate in a transaction of its own."""

import datetime
from collections import Counter

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.scopes import Area
from accounts.subjects import is_own_affair
from certificates.bulk.people import Due, Person, Without, candidates, described, judged
from certificates.issuing import drawn_for
from certificates.models import Batch, Certificate, Item
from certificates.refusal import CertificateError
from certificates.replacing import put_in_place
from certificates.telling import code_of
from notices import actions as notices

CHUNK = 500
# what one file of letters holds; whoever is over waits for the next batch
MOST = 1_000
State = Batch.State


def list_next(batch: Batch, *, at: datetime.datetime) -> bool:
    """List those of the next people who get one; False once everybody was looked at, or the list is full."""
    today = timezone.localdate(at)
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).select_related("insurer").get(pk=batch.pk)
        if batch.state != State.LISTING:
            return False
        waiting = candidates(batch.kind, today=today, insurer=batch.insurer).filter(pk__gt=batch.reached)
        people = list(waiting.order_by("pk")[:CHUNK])
        room = MOST - batch.items.count()
        described_ones = described(people, today=today)
        found = [(one, judged(one, batch.kind, today=today, insurer=batch.insurer)) for one in described_ones]
        _keep(batch, people[-1].pk if people else batch.reached, found, room)
        if not people or batch.more_wait:
            batch.state = State.LISTED
        batch.worked_at = at
        batch.save()
        return batch.state == State.LISTING


def _keep(batch: Batch, last: int, found: list[tuple[Person, Due | Without]], room: int) -> None:
    """Add the people to the list and the others to the counts; a full list ends before the one too many."""
    left_out, items = Counter(batch.left_out), list[Item]()
    for person, due in found:
        if isinstance(due, Due) and len(items) == room:
            batch.more_wait = True
            break
        batch.looked_at, batch.reached = batch.looked_at + 1, person.resident.pk
        if isinstance(due, Due):
            items.append(Item(batch=batch, resident=person.resident, link=person.link, reason=due.reason))
        else:
            left_out[str(due)] += 1
    else:
        batch.reached = last
    batch.left_out = dict(left_out)
    Item.objects.bulk_create(items)


def issue_next(batch: Batch, *, at: datetime.datetime) -> bool:
    """One person's certificate; False where nobody is left, or somebody stopped the batch."""
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        batch = Batch.objects.select_related("started_by", "insurer").get(pk=batch.pk)
        if batch.state != State.ISSUING:
            return False
        free = batch.items.waiting().select_for_update(of=("self",), skip_locked=skip)
        item = free.select_related("resident").order_by("pk").first()
        if item is None:
            return False
        _settle(item, batch, at=at)
    return True


def _settle(item: Item, batch: Batch, *, at: datetime.datetime) -> None:
    """Issue by the facts of now, or write down why not."""
    try:
        with transaction.atomic():
            item.certificate = _issued(item, batch, at=at)
            item.state = Item.State.ISSUED
    except (CertificateError, IntegrityError) as refusal:
        # somebody else may have issued one at this moment: the database is the referee
        item.certificate, item.state = None, Item.State.REFUSED
        words = _("Somebody else issued one at the same moment.")
        item.refusal = str(refusal) if isinstance(refusal, CertificateError) else words
    item.save()


def _issued(item: Item, batch: Batch, *, at: datetime.datetime) -> Certificate:
    today, by = timezone.localdate(at), batch.started_by
    due = _still_due(item, batch, by=by, today=today)
    running = due.person.running
    follows = running.valid_until if running else None
    optional = running.shows_optional if running else False
    certificate = drawn_for(
        item.resident, due.person.link, by=by, today=today, follows=follows, optional=optional
    )
    put_in_place(certificate, by_post_only=True, by=by, at=at)
    subject, whom = ("certificate", certificate.public_id), item.resident_id
    why, office = batch.number, code_of(due.person.link)
    audit.record(
        "certificate.issued", by=by, at=at, resident=whom, subject=subject, purpose=why, institution=office
    )
    notices.tell(resident_id=whom, kind="certificate.posted", subject=subject, area=Area.HEALTH, at=at)
    return certificate


def _still_due(item: Item, batch: Batch, *, by: User | None, today: datetime.date) -> Due:
    """The person by the facts of now; CertificateError where they do not get one any more."""
    if by and is_own_affair(by, item.resident_id, on=today):
        raise CertificateError(_("This is an affair of whoever started the batch, or of their family."))
    people = described([item.resident], today=today)
    due = [judged(one, batch.kind, today=today, insurer=batch.insurer) for one in people]
    found = due[0] if due and item.resident.died_on is None else None
    if not isinstance(found, Due):
        raise CertificateError(_("The facts changed since the list was made."))
    return found
