"""What is over in this room: drafts that nobody touched, certificates and applications after their end."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from certificates.models import Application, Certificate, Draft


def drafts(*, before: datetime.datetime) -> QuerySet[Draft]:
    """Those that nobody touched since."""
    return Draft.objects.filter(changed_at__lt=before)


def certificates(*, before: datetime.datetime) -> QuerySet[Certificate]:
    """Those that were revoked or ran out before that moment."""
    return Certificate.objects.filter(Q(revoked_at__lt=before) | Q(valid_until__lt=localdate(before)))


def applications(*, before: datetime.datetime) -> QuerySet[Application]:
    """Those that were decided then, and have no certificate any more."""
    return Application.objects.filter(decided_at__lt=before, certificate=None)
