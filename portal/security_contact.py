"""Whom somebody tells who found a hole (RFC 9116)."""

import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

GOOD_FOR = datetime.timedelta(days=180)


@require_GET
@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    """The address that the installation names; 404 where it names none."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = timezone.now() + GOOD_FOR
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: ja, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
