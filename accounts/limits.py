"""How often one visitor may try what a machine could guess or wear out, counted by all processes together."""

import datetime
import ipaddress
import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)
A_MINUTE = 60


def is_among_first(
    most: int, *, what: str, request: HttpRequest, at: datetime.datetime, seconds: int = A_MINUTE
) -> bool:
    """Whether this try is one of the first so many from its address in this minute of the clock."""
    who = origin(get_adapter().get_client_ip(request))
    return has_place(most, what=what, who=who, at=at, seconds=seconds)


def has_place(most: int, *, what: str, who: str, at: datetime.datetime, seconds: int = A_MINUTE) -> bool:
    """Whether this try is one of somebody's first so many in this minute, or this stretch, of the clock.

    Each try takes a place of its own, for `add` gives it to one process only, whichever cache it is.
    """
    stretch = int(at.timestamp()) // seconds
    places = [f"{what}:{who}:{stretch}:{place}" for place in range(most)]
    taken = cache.get_many(places)
    found = any(cache.add(place, True, timeout=seconds) for place in places if place not in taken)
    if not found:
        logger.warning("A limit was hit: %s", what)
    return found


def origin(address: str) -> str:
    """The address; in IPv6 the network that one connection has to itself, of 2⁶⁴ addresses."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
