"""The pages that belong to the whole service."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts import audit, heads
from accounts.display import is_simple
from accounts.models import Authority, Resident, User, permitted
from accounts.requests import SignedInRequest
from accounts.rights import right_required
from accounts.scopes import Area, Deed
from accounts.subjects import band, may, subject_or_404, whole_subject_or_404
from links.models import Institution
from notices.kinds import KINDS
from notices.models import Notice, NoticeQuerySet
from portal.databases import reading_from_replica
from portal.figure_files import as_csv, as_json
from portal.figure_page import figure_page
from portal.institution_pages import institution_page, listing
from portal.overview import Represented, overview, represented
from portal.staff_page import front_page
from portal.trail_page import as_csv as trail_as_csv
from portal.trail_page import as_json as trail_as_json
from portal.trail_page import entries, trail_page


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """What hangs on the user's number; staff go to their front page, agents of several to a list."""
    user = request.user
    if user.answers_inquiries:
        return redirect("inquiries:list")
    if user.works_here:
        return redirect("portal:staff")
    resident = Resident.objects.person_of(user)
    others = listed(request)
    if resident is None and not others:
        disputed = user.bindings.current().exists()
        return render(request, "portal/unbound.html", {"disputed": disputed})
    if resident is None or len(others) > 1:
        return redirect("portal:people")
    template = "portal/home_simple.html" if is_simple(request) else "portal/home.html"
    context = {
        "resident": resident,
        "overview": overview(resident, others),
        "represented": others,
        "unread_notices": Notice.objects.unread().filter(resident=resident).count(),
    }
    return render(request, template, context)


@require_GET
@right_required("feeds.view")
def staff(request: SignedInRequest) -> HttpResponse:
    """What waits for staff in every room."""
    page = front_page(request.user, today=timezone.localdate())
    return render(request, "portal/staff.html", {"page": page})


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    """Everyone whose records the user may see: oneself first."""
    own = Resident.objects.person_of(request.user)
    return render(request, "portal/people.html", {"own": own, "represented": listed(request)})


def listed(request: SignedInRequest) -> list[Represented]:
    """Those for whom the user may act, to be shown in a list; that their names were seen is recorded."""
    # most people act for nobody, which costs half as much to find out
    if not Authority.objects.given_to(request.user).exists():
        return []
    others = list(Resident.objects.represented_by(request.user, on=timezone.localdate()))
    audit.look("people.viewed", residents=[who.pk for who in others], by=request.user, at=timezone.now())
    return represented(others, reader=request.user)


@require_GET
def person(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """Every record of one person whom the user may see."""
    resident = subject_or_404(request.user, resident_id, on=timezone.localdate())
    audit.look("person.viewed", residents=[resident.pk], by=request.user, at=timezone.now())
    context = {
        "resident": resident,
        "overview": overview(resident, reader=request.user),
        "subject_band": band(request.user, resident),
        **not_for_helpers(request.user, resident),
    }
    return render(request, "portal/home.html", context)


def not_for_helpers(user: User, resident: Resident) -> dict[str, bool]:
    """Which ways on are closed to a helper who was not let at them."""
    today = timezone.localdate()
    whole = Resident.objects.wholly_visible_to(user, on=today).filter(pk=resident.pk).exists()
    applies = whole or may(user, Deed.APPLY, resident.pk, area=Area.HEALTH, on=today)
    return {"sees_no_trail": not whole, "applies_not": not applies}


@require_GET
def inbox(request: SignedInRequest) -> HttpResponse:
    """What the user was told, about oneself and those one acts for."""
    notices = told(request).select_related("resident")[:100]
    residents = [notice.resident_id for notice in notices]
    audit.look("notices.viewed", residents=residents, by=request.user, at=timezone.now())
    rows = [{"notice": notice, "words": KINDS[notice.kind]} for notice in notices]
    return render(request, "portal/inbox.html", {"rows": rows})


@require_GET
def open_notice(request: SignedInRequest, notice_id: str) -> HttpResponse:
    """Mark a notice as read and go to what it tells of."""
    notice = get_object_or_404(told(request), public_id=notice_id)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    if notice.subject_kind in OWN_PAGES:
        return redirect(OWN_PAGES[notice.subject_kind])
    return redirect(SUBJECT_PAGES[notice.subject_kind], notice.subject_id)


def told(request: SignedInRequest) -> NoticeQuerySet:
    """What the user was told, about oneself and in what areas one receives notices for others."""
    within = Notice.objects.within(permitted(request.user, Deed.TOLD, on=timezone.localdate()))
    return within.exclude(protections_of_others(request.user))


def protections_of_others(user: User) -> Q:
    """Notices of which nobody but their person learns."""
    own = Resident.objects.bound_to(user).values("pk")
    return Q(subject_kind="protection") & ~Q(resident__in=own)


OWN_PAGES = {
    "protection": "portal:own_trail",
    "sign_in": "accounts:sessions",
    "binding": "accounts:identity",
    "claim": "accounts:identity",
    "number": "accounts:number",
    "export": "portal:copy",
    "authority": "accounts:helpers",
    "mandate": "accounts:helpers",
}
SUBJECT_PAGES = {
    "link": "links:record",
    "report": "reports:report",
    "application": "certificates:application",
    "certificate": "certificates:certificate",
    "call": "calls:call",
    "incident": "reports:incident",
    "trail": "portal:trail",
}


@require_GET
@login_not_required
@reading_from_replica()
def figures(request: HttpRequest) -> HttpResponse:
    """What was checked, found wrong and put right, for everyone."""
    return render(request, "portal/figures.html", {"page": figure_page()})


@require_GET
@login_not_required
@reading_from_replica()
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The figures of every day, for spreadsheets and machines."""
    name = {"Content-Disposition": 'attachment; filename="figures.csv"'}
    return HttpResponse(as_csv(), content_type="text/csv; charset=utf-8", headers=name)


@require_GET
@login_not_required
@reading_from_replica()
def figures_json(request: HttpRequest) -> HttpResponse:
    """The latest figures with their definitions, for machines."""
    return JsonResponse(as_json(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_GET
def own_trail(request: SignedInRequest) -> HttpResponse:
    """To the trail of whoever the sign-in belongs to; who acts for others only chooses one of them."""
    own = Resident.objects.person_of(request.user)
    return redirect("portal:trail", own.public_id) if own else redirect("portal:people")


@require_GET
def trail(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """What was done with one person's data, in plain words."""
    resident = whole_subject_or_404(request.user, resident_id, on=timezone.localdate())
    now = timezone.now()
    audit.look("trail.viewed", residents=[resident.pk], by=request.user, at=now)
    context = {
        "trail": trail_page(resident, request.user, request.GET, at=now),
        "subject_band": band(request.user, resident),
    }
    return render(request, "portal/trail.html", context)


def downloaded(request: SignedInRequest, resident_id: str) -> tuple[Resident, list[dict[str, Any]]]:
    """Whose trail it is, and its entries that were asked for; that they were downloaded is recorded."""
    resident = whole_subject_or_404(request.user, resident_id, on=timezone.localdate())
    now = timezone.now()
    rows = entries(resident, request.user, request.GET, at=now)
    audit.record("trail.downloaded", by=request.user, at=now, resident=resident)
    return resident, rows


@require_GET
def trail_csv(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The same for spreadsheets, entry by entry."""
    _resident, rows = downloaded(request, resident_id)
    name = {"Content-Disposition": 'attachment; filename="trail.csv"'}
    return HttpResponse(trail_as_csv(rows), content_type="text/csv; charset=utf-8", headers=name)


@require_GET
def trail_json(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The same for machines."""
    resident, rows = downloaded(request, resident_id)
    return JsonResponse(
        trail_as_json(rows, resident, at=timezone.now()),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": 'attachment; filename="trail.json"'},
    )


@require_GET
@login_not_required
def trail_heads(request: HttpRequest) -> HttpResponse:
    """The signed daily heads of the trail, to be kept where we cannot change them."""
    return JsonResponse(heads.published(), json_dumps_params={"indent": 1})


@require_GET
@login_not_required
def institutions(request: HttpRequest) -> HttpResponse:
    """Each institution with its last feed, for everyone."""
    wanted = listing(order=request.GET.get("order", ""), page=request.GET.get("page", ""))
    return render(request, "portal/institutions.html", {"listing": wanted})


@require_GET
@login_not_required
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """What one institution has connected, and how it did, for everyone."""
    found = get_object_or_404(Institution, code=code)
    return render(request, "portal/institution.html", {"page": institution_page(found)})


@require_GET
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, for developers."""
    return render(request, "portal/gallery.html")
