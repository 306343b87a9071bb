"""From where something is done: the way in and, for pages, the kind of device. No address on the network.

A request says it, a task says it; what remains is a command on the server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.devices import named

WEB, COUNTER, MACHINE, TASK, SERVER = "web", "counter", "machine", "task", "server"
WAYS: dict[str, Promise] = {
    WEB: _("in the portal"),
    COUNTER: _("at a counter"),
    MACHINE: _("by a machine of an office"),
    TASK: _("by itself"),
    SERVER: _("by whoever runs the portal"),
}
MACHINES = "/api/"
LONGEST = 60
HERE: ContextVar[str] = ContextVar("place", default=SERVER)


def here() -> str:
    """The place of what is done now."""
    return HERE.get()


@contextmanager
def standing(place: str) -> Iterator[None]:
    """What is done meanwhile is done there."""
    token = HERE.set(place)
    try:
        yield
    finally:
        HERE.reset(token)


def say_from_where(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What a request does is done from its way in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with standing(way_of(request)):
            return get_response(request)

    return middleware


def way_of(request: HttpRequest) -> str:
    """A machine of an office, or a page with its kind of device."""
    if request.path_info.startswith(MACHINES):
        return MACHINE
    device = named(request.headers.get("User-Agent", ""))
    return f"{WEB}:{device}"[:LONGEST] if device else WEB


def words(place: str, *, with_device: bool) -> str:
    """The place as people read it; the device only where it is the reader's own sign-in that was used."""
    way, _colon, device = place.partition(":")
    if way not in WAYS:
        return ""
    return f"{WAYS[way]} ({device})" if with_device and device else str(WAYS[way])
