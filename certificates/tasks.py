"""Follows the changes of register and records, and puts right what certificates print."""

import datetime

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import ResidentChange
from certificates import expiring
from certificates.bulk import shelf, working
from certificates.models import Batch, Certificate, CertificateQuerySet
from certificates.replacing import correct, take_over
from links.models import Change

# Longer than any outage: what was missed for longer is still never shown as valid, only told later
FOLLOWED = datetime.timedelta(days=7)
ONE_MINUTE = datetime.timedelta(minutes=1)


@shared_task(ignore_result=True)
def follow_changes() -> int:
    """Replace or revoke certificates whose printed facts no longer hold, and tell their holders; how many."""
    now = timezone.now()
    outdated = changed_since(now - FOLLOWED).outdated(on=timezone.localdate(now))
    people = outdated.select_related("resident", "link")
    return sum(correct(one, at=now) for one in people.iterator())


@shared_task(ignore_result=True)
def end_those_whose_successor_arrived() -> int:
    """End the certificates whose successor was posted two weeks ago and did not come back; how many."""
    now = timezone.now()
    arrived = Certificate.objects.arrived(on=timezone.localdate(now)).select_related("replaces")
    return sum(take_over(one, by=None, at=now) for one in arrived.iterator())


@shared_task(ignore_result=True)
def tell_of_endings() -> int:
    """Tell people whose certificate ends in 60 or in 14 days; how many."""
    return expiring.tell_all(at=timezone.now())


@shared_task(ignore_result=True)
def carry_on_batch(*, batch_id: int) -> None:
    """List, issue or print what a batch waits for; repeating it does nothing twice."""
    working.carry_on(batch_id)


@shared_task(ignore_result=True)
def repeat_batches() -> None:
    """Queue again the batches whose worker, or message, was lost a minute ago."""
    quiet = Batch.objects.at_work().filter(worked_at__lt=timezone.now() - ONE_MINUTE)
    for batch_id in quiet.values_list("pk", flat=True):
        carry_on_batch.delay(batch_id=batch_id)


@shared_task(ignore_result=True)
def sweep_letters() -> None:
    """Delete the files for the letter shop whose time is over."""
    shelf.sweep(at=timezone.now())


def changed_since(moment: datetime.datetime) -> CertificateQuerySet:
    """Certificates whose person or insurance has a Change row since that moment."""
    of_link = Change.objects.filter(link=OuterRef("link"), at__gte=moment)
    of_resident = ResidentChange.objects.filter(resident=OuterRef("resident"), at__gte=moment)
    return Certificate.objects.filter(Exists(of_link) | Exists(of_resident))
