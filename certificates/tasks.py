"""Follows the changes of register and records, and puts right what certificates print."""

import datetime

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import ResidentChange
from certificates.models import Certificate, CertificateQuerySet
from certificates.replacing import correct, take_over
from links.models import Change

# Longer than any outage: what was missed for longer is still never shown as valid, only told later
FOLLOWED = datetime.timedelta(days=7)


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


def changed_since(moment: datetime.datetime) -> CertificateQuerySet:
    """Certificates whose person or insurance has a Change row since that moment."""
    of_link = Change.objects.filter(link=OuterRef("link"), at__gte=moment)
    of_resident = ResidentChange.objects.filter(resident=OuterRef("resident"), at__gte=moment)
    return Certificate.objects.filter(Exists(of_link) | Exists(of_resident))
