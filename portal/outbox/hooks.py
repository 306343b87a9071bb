"""Where providers say what became of a message: signed, bounded, and harmless when it is repeated."""

import hmac
import json
import re
import time
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notices.models import Delivery
from notices.reporting import report

MOST_BYTES = 4096
# a signature of long ago is none: seconds to either side
SKEW = 300
CODE = re.compile(r"[A-Za-z]{0,6}[-_ ]?[0-9]{1,5}")
STATES = {
    "delivered": Delivery.State.DELIVERED,
    "failed": Delivery.State.REFUSED,
    "returned": Delivery.State.RETURNED,
}


@csrf_exempt
@require_POST
@login_not_required
def reported(request: HttpRequest, channel: str) -> HttpResponse:
    """Take `{"id", "state", "code"}` with `X-Timestamp` and `X-Signature` (docs/api.md).

    204 taken; 403 not signed; 400 not understood; 404 no such message (yet): the provider comes again.
    """
    if channel not in settings.NOTICE_REPORTED or not is_signed(request):
        return HttpResponse(status=403)
    word = word_of(request.body)
    if word is None:
        return HttpResponse(status=400)
    number, state, code = word
    known = report(channel=channel, reference=number, state=state, reason=code, at=timezone.now())
    return HttpResponse(status=204 if known else 404)


def is_signed(request: HttpRequest) -> bool:
    """Whether whoever has the key signed this very body a moment ago."""
    stamp, signature = request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")
    key = settings.NOTICE_REPORT_KEY.encode()
    if not key or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12) or not signature.isascii():
        return False
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or abs(time.time() - int(stamp)) > SKEW:
        return False
    expected = hmac.digest(key, stamp.encode() + b"." + request.body, "sha256").hex()
    return hmac.compare_digest(expected, signature)


def word_of(body: bytes) -> tuple[str, Delivery.State, str] | None:
    """The number, the state and a code for the operator; None where it makes no sense."""
    try:
        word: Any = json.loads(body)
    except ValueError:
        return None
    if not isinstance(word, dict) or word.get("state") not in list(STATES):
        return None
    number, code = word.get("id"), word.get("code", "")
    if not isinstance(number, str) or not isinstance(code, str | int):
        return None
    # a provider's own words may repeat the address or number: only what looks like a code is kept
    return number, STATES[word["state"]], str(code) if CODE.fullmatch(str(code)) else ""
