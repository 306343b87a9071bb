"""What is over in this room: drafts that nobody touched, certificates and applications after their end."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from certificates.models import Application, Batch, Certificate, Draft, Item


def drafts(*, before: datetime.datetime) -> QuerySet[Draft]:
    """Those that nobody touched since."""
    return Draft.objects.filter(changed_at__lt=before)


def certificates(*, before: datetime.datetime) -> QuerySet[Certificate]:
    """Those that were revoked or ran out before that moment."""
    return Certificate.objects.filter(Q(revoked_at__lt=before) | Q(valid_until__lt=localdate(before)))


def applications(*, before: datetime.datetime) -> QuerySet[Application]:
    """Those that were decided then, and have no certificate any more."""
    return Application.objects.filter(decided_at__lt=before, certificate=None)


def items(*, before: datetime.datetime) -> QuerySet[Item]:
    """Those of bulk issues that ended then: who got a certificate by which list."""
    return Item.objects.filter(batch__finished_at__lt=before)


def batches(*, before: datetime.datetime) -> QuerySet[Batch]:
    """Bulk issues that ended then and whose people are forgotten."""
    return Batch.objects.filter(finished_at__lt=before, items=None)
