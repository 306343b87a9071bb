"""The list as the service publishes it."""

import datetime

from django.conf import settings
from django.utils import timezone

from certificates.ending import end
from certificates.keys import load_keys
from certificates.listing import list_of
from certificates.models import Certificate
from certificates.revoked import read
from certificates.tokens import verify
from tests.certificates.factories import certificate


def revoked(at):
    """What the list says."""
    return read(list_of(at=at), load_keys(settings.CERTIFICATE_KEY).standing(at), at=at)


def test_a_certificate_has_a_place_that_its_code_names(resident, support, now):
    issued = certificate(resident, support)

    keys = load_keys(settings.CERTIFICATE_KEY).standing(now)
    assert verify(issued.token, keys, issuer=settings.BASE_URL).place == issued.place
    assert not revoked(now).has(issued.place)


def test_a_revoked_one_is_in_the_list_of_the_same_moment(resident, support, now):
    issued = certificate(resident, support)

    end(issued, why=Certificate.Revocation.FACTS_CHANGED, by=None, at=now)

    assert revoked(now).has(issued.place)


def test_one_that_is_over_anyway_is_not_named(resident, support, now):
    issued = certificate(resident, support)
    end(issued, why=Certificate.Revocation.FACTS_CHANGED, by=None, at=now)

    later = timezone.now() + datetime.timedelta(days=6 * 366)

    assert not revoked(later).has(issued.place)
