"""What a browser needs to install the portal, and to show without network what somebody kept."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.display import chosen_language
from portal.languages import spoken

PAGE, MAIN = "#f5f6f8", "#0017c1"
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any"))
MASKABLE = ("icon-maskable.png", "512x512", "maskable")


@require_GET
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, icons and first page of the installed portal."""
    icons = [
        {"src": static(f"img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in (*ICONS, MASKABLE)
    ]
    told = {
        "id": reverse("portal:home"),
        "name": _("Tsunagari Check"),
        "short_name": _("Tsunagari Check"),
        "lang": spoken(chosen_language(request)),
        "start_url": reverse("portal:home"),
        "scope": reverse("portal:home"),
        "display": "standalone",
        "background_color": PAGE,
        "theme_color": MAIN,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_GET
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it stands at the root, so that it serves every page."""
    return render(request, "portal/worker.js", content_type="text/javascript; charset=utf-8")


@require_GET
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a page that nobody kept; it holds nothing of anybody."""
    return render(request, "portal/offline.html")
