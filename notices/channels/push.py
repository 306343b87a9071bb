"""Web push: a message to each browser that asked for it, which says no more than that there is one."""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from notices.channels.message import Message, Refused, Unreachable
from notices.channels.posting import accepted, post
from notices.channels.sealing import authorization, decoded, sealed
from notices.models import PushSubscription

# a service keeps it as long as we try
KEPT_SECONDS = 4 * 3600
# the browser asked for no more
GONE = {404, 410}


def send(message: Message) -> str:
    """Hand it to each browser of the sign-in `message.to`; one that took it is enough."""
    problems: list[Unreachable | Refused] = []
    taken = 0
    for subscription in PushSubscription.objects.filter(user=int(message.to)):
        try:
            hand_over(message, subscription)
            taken += 1
        except (Unreachable, Refused) as problem:
            problems.append(problem)
    if not taken:
        later = [problem for problem in problems if isinstance(problem, Unreachable)]
        raise next(iter(later or problems), Refused("No browser is left."))
    return ""


def hand_over(message: Message, subscription: PushSubscription) -> None:
    """One request; a subscription that is over is forgotten. A repeat replaces what still waits there."""
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
        subscription.delete()
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
