"""Web push: a message to each browser that asked for it, which says no more than that there is one."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from notices.channels.message import Answer, Message, Refused, Unreachable, taken
from notices.channels.posting import AT_ONCE, accepted, post, side_by_side
from notices.channels.sealing import authorization, decoded, sealed
from notices.models import PushSubscription

# a service keeps it as long as we try
KEPT_SECONDS = 4 * 3600
# the browser asked for no more
GONE = {404, 410}


class Over(Refused):
    """That browser asked for no more."""


def send(message: Message) -> str:
    """Hand one over."""
    return taken(send_all([message]))


def send_all(messages: Iterable[Message]) -> Iterator[Answer]:
    """Hand each to the browsers of the sign-in `message.to`; they are looked up once for some at a time."""
    waiting = iter(messages)
    while some := list(islice(waiting, AT_ONCE)):
        browsers: dict[str, list[PushSubscription]] = defaultdict(list)
        for browser in PushSubscription.objects.filter(user__in=[int(message.to) for message in some]):
            browsers[str(browser.user_id)].append(browser)
        gone: list[int] = []
        yield from side_by_side(partial(to_any, browsers=browsers, gone=gone), some)
        if gone:
            PushSubscription.objects.filter(pk__in=gone).delete()


def to_any(message: Message, *, browsers: Mapping[str, list[PushSubscription]], gone: list[int]) -> str:
    """Hand it to each browser of that sign-in; one that took it is enough. Adds those that are over."""
    problems: list[Unreachable | Refused] = []
    took = 0
    for subscription in browsers.get(message.to, []):
        try:
            hand_over(message, subscription)
            took += 1
        except Over:
            gone.append(subscription.pk)
        except (Unreachable, Refused) as problem:
            problems.append(problem)
    if not took:
        later = [problem for problem in problems if isinstance(problem, Unreachable)]
        raise next(iter(later or problems), Refused("No browser is left."))
    return ""


def hand_over(message: Message, subscription: PushSubscription) -> None:
    """One request; Over for a subscription that is. A repeat replaces what still waits there."""
    if not is_known_service(subscription.endpoint):
        raise Refused("No known push service.")
    text = json.dumps({"title": message.subject, "url": reverse("portal:inbox"), "tag": message.key})
    headers = {
        "Authorization": authorization(
            subscription.endpoint, key=settings.PUSH_KEY, contact=f"mailto:{settings.DEFAULT_FROM_EMAIL}"
        ),
        "Content-Encoding": "aes128gcm",
        "TTL": str(KEPT_SECONDS),
        "Topic": message.key[:32],
    }
    body = sealed(
        text.encode(), browser=decoded(subscription.browser_key), secret=decoded(subscription.secret)
    )
    answer = post(subscription.endpoint, headers, body)
    if answer.status in GONE:
        raise Over(f"HTTP {answer.status}")
    accepted(answer)


def is_known_service(endpoint: str) -> bool:
    """Whether it is an address of a push service: we ask no other machine because a browser says so.

    ValueError where it is no address.
    """
    parts = urlsplit(endpoint)
    if f"{parts.scheme}://{parts.netloc}" in settings.PUSH_SERVICES:
        return True
    hosts = tuple(known for known in settings.PUSH_SERVICES if known.startswith("."))
    return parts.scheme == "https" and parts.port in (None, 443) and (parts.hostname or "").endswith(hosts)
