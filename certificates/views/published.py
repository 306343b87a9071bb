"""Two files with which anybody checks a certificate without us: the keys, and the list of revoked ones."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from certificates.keys import NoKey, load_keys
from certificates.listing import present_list
from certificates.revoked import SECONDS_FRESH

KEYS_FRESH = 3600
FOR_ANY_PAGE = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


@require_GET
@login_not_required
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys as a JSON Web Key Set; 503 where ours is missing."""
    try:
        found = load_keys(settings.CERTIFICATE_KEY).published()
    except NoKey:
        return HttpResponse(status=503)
    return JsonResponse(found, headers=FOR_ANY_PAGE | {"Cache-Control": f"public, max-age={KEYS_FRESH}"})


@require_GET
@login_not_required
def revoked(request: HttpRequest) -> HttpResponse:
    """The signed list, cacheable for five minutes; 503 where it cannot be signed."""
    try:
        found = present_list(at=timezone.now())
    except NoKey:
        return HttpResponse(status=503)
    headers = FOR_ANY_PAGE | {"Cache-Control": f"public, max-age={SECONDS_FRESH}"}
    return HttpResponse(found, content_type="application/statuslist+jwt", headers=headers)
