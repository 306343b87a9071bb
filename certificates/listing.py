"""The list of revoked certificates as it is now, made once a minute for all who fetch it."""

import datetime

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from certificates.keys import load_keys
from certificates.models import Certificate
from certificates.revoked import write

SECONDS_KEPT = 60


def address() -> str:
    """Where the list is fetched: the same for good."""
    return f"{settings.BASE_URL}{reverse('certificates:revoked')}"


def present_list(*, at: datetime.datetime) -> str:
    """The signed list, at most a minute old; NoKey."""
    kept: str | None = cache.get("revoked-certificates")
    if kept is None:
        kept = list_of(at=at)
        cache.set("revoked-certificates", kept, timeout=SECONDS_KEPT)
    return kept


def list_of(*, at: datetime.datetime) -> str:
    """The signed list of this moment; NoKey."""
    named = Certificate.objects.in_list(on=timezone.localdate(at))
    places = named.values_list("place", flat=True).iterator(chunk_size=10_000)
    key = load_keys(settings.CERTIFICATE_KEY).signing
    return write(
        (place for place in places if place is not None),
        issuer=settings.BASE_URL,
        address=address(),
        key=key,
        at=at,
    )
