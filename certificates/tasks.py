"""Follows the changes of register and records, and ends certificates that print something outdated."""

import datetime

from celery import shared_task
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import ResidentChange
from certificates.ending import end
from certificates.models import Certificate, CertificateQuerySet
from links.models import Change

# Longer than any outage: what was missed for longer is still never shown as valid, only told later
FOLLOWED = datetime.timedelta(days=7)


@shared_task(ignore_result=True)
def follow_changes() -> int:
    """Revoke, and tell the holders of, certificates whose printed facts no longer hold; how many."""
    now = timezone.now()
    outdated = changed_since(now - FOLLOWED).outdated(on=timezone.localdate(now))
    return sum(
        end(one, why=Certificate.Revocation.FACTS_CHANGED, by=None, at=now) for one in outdated.iterator()
    )


def changed_since(moment: datetime.datetime) -> CertificateQuerySet:
    """Certificates whose person or insurance has a Change row since that moment."""
    of_link = Change.objects.filter(link=OuterRef("link"), at__gte=moment)
    of_resident = ResidentChange.objects.filter(resident=OuterRef("resident"), at__gte=moment)
    return Certificate.objects.filter(Exists(of_link) | Exists(of_resident))
