"""The page of the team's figures, and the same as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import SignedInRequest
from accounts.rights import right_required
from reports.desk.team import as_csv, figures, order, today_name
from reports.kinds import Severity


@require_GET
@right_required("desk.view")
def team(request: SignedInRequest) -> HttpResponse:
    """What is open, how long it takes, what came back; by cause and institution."""
    known = figures(at=timezone.now())
    context = {
        "figures": known,
        "severities": [Severity(each).label for each in order()],
        "times": [known.first_answer, known.resolution],
    }
    return render(request, "desk/team.html", context)


@require_GET
@right_required("desk.view")
def team_csv(request: SignedInRequest) -> HttpResponse:
    """The same for spreadsheets."""
    name = {"Content-Disposition": f'attachment; filename="{today_name()}"'}
    return HttpResponse(
        as_csv(figures(at=timezone.now())), content_type="text/csv; charset=utf-8", headers=name
    )
