"""One application for several members of a family: the questions of each, each one's verdict, one sending."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from accounts.subjects import band
from certificates import actions, answers, family
from certificates.family import Member
from certificates.forms import FamilyForm, QuestionForm
from certificates.models import Application
from certificates.views import family_pages as pages

# kept with the sign-in: whom it is about, and what was sent last
CHOSEN, SENT = "certificates_together", "certificates_sent_together"


@require_http_methods(["GET", "POST"])
def choose(request: SignedInRequest) -> HttpResponse:
    """For whom one applies; whoever has nobody else goes the way for one."""
    people = family.people_of(request.user, on=timezone.localdate())
    if not people:
        raise Http404
    if len(people) == 1:
        return redirect("certificates:start", people[0].public_id)
    sent = request.POST if request.method == "POST" else None
    form = FamilyForm(sent, people=people, initial={"people": request.session.get(CHOSEN)})
    if form.is_valid():
        request.session[CHOSEN] = form.cleaned_data["people"]
        return redirect("certificates:together_next")
    actions.look_at_names(people=people, by=request.user, at=timezone.now())
    return render(request, "certificates/together/choose.html", pages.choice(form))


@require_GET
def following(request: SignedInRequest) -> HttpResponse:
    """The next question of anybody, then those that are asked once for all, then everything to check."""
    members = chosen(request)
    if not members:
        return redirect("certificates:together")
    for member in members:
        if member.missing:
            return redirect("certificates:together_question", member.resident.public_id, member.missing)
    if step := family.unsaid(members):
        return redirect("certificates:together_wish", step)
    return redirect("certificates:together_check")


@require_http_methods(["GET", "POST"])
def question(request: SignedInRequest, resident_id: str, step: str) -> HttpResponse:
    """One question about one of them; after the last one that person's verdict."""
    members = chosen(request)
    member = one_of(members, resident_id)
    if step not in member.steps_with(step):
        return redirect("certificates:together_next")
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, step=step, initial={"answer": member.draft.answers.get(step)})
    now = timezone.now()
    if form.is_valid():
        actions.answer(resident=member.resident, step=step, value=form.stored(), by=request.user, at=now)
        [member] = family.members_of(request.user, [resident_id], on=timezone.localdate(now))
        where = ("together_next",) if member.missing else ("together_verdict", resident_id)
        return redirect(f"certificates:{where[0]}", *where[1:])
    actions.look_into(resident=member.resident, by=request.user, at=now)
    context = pages.question(member, members, step) | {"form": form}
    return shown(request, "question", context, member)


@require_GET
def verdict(request: SignedInRequest, resident_id: str) -> HttpResponse:
    """The answer about one of them, and the way on to the next."""
    members = chosen(request)
    member = one_of(members, resident_id)
    if member.verdict is None:
        return redirect("certificates:together_next")
    actions.look_into(resident=member.resident, by=request.user, at=timezone.now())
    return shown(request, "verdict", pages.verdict(member, members), member)


@require_http_methods(["GET", "POST"])
def wish(request: SignedInRequest, step: str) -> HttpResponse:
    """What is asked once for all who apply: what is printed besides, how they get it, how large."""
    members = [member for member in chosen(request) if member.may_apply]
    asked = answers.wishes(family.said(members))
    if not members or step not in asked:
        return redirect("certificates:together_next")
    sent = request.POST if request.method == "POST" else None
    form = QuestionForm(sent, step=step, initial={"answer": family.said(members).get(step)})
    if form.is_valid():
        people, now = [member.resident for member in members], timezone.now()
        actions.answer_together(people=people, step=step, value=form.stored(), by=request.user, at=now)
        return redirect("certificates:together_next")
    return render(request, "question.html", pages.wish(step, asked) | {"form": form})


@require_http_methods(["GET", "POST"])
def check(request: SignedInRequest) -> HttpResponse:
    """Everybody with their verdict and answers; then all applications go at once."""
    members = chosen(request)
    if not members or any(member.missing for member in members) or family.unsaid(members):
        return redirect("certificates:together_next")
    people = [member.resident for member in members]
    if request.method == "POST":
        return send(request, [member for member in members if member.may_apply])
    for each in people:
        actions.look_into(resident=each, by=request.user, at=timezone.now())
    return render(request, "certificates/together/check.html", pages.check(members))


def send(request: SignedInRequest, members: list[Member]) -> HttpResponse:
    """Send for each of them; who was refused meanwhile is named with the reason."""
    drafts = [member.draft for member in members]
    sent = actions.apply_together(drafts=drafts, by=request.user, at=timezone.now())
    for resident, why in sent.refused:
        messages.error(request, f"{resident.name}: {why}")
    request.session[SENT] = [application.public_id for application in sent.applications]
    if not sent.applications:
        return redirect("certificates:together_check")
    request.session.pop(CHOSEN, None)
    return redirect("certificates:together_sent")


@require_GET
def sent(request: SignedInRequest) -> HttpResponse:
    """What was sent: each with its number and what happens next."""
    scope = Application.objects.visible_to(request.user, on=timezone.localdate())
    found = scope.filter(public_id__in=request.session.get(SENT, []))
    applications = list(found.select_related("resident", "link__institution", "certificate").order_by("pk"))
    if not applications:
        return redirect("certificates:together")
    for each in applications:
        actions.look_at(application=each, by=request.user, at=timezone.now())
    return render(request, "certificates/together/sent.html", {"applications": applications})


def chosen(request: SignedInRequest) -> list[Member]:
    """Those who were chosen and for whom the user may apply today."""
    ids = request.session.get(CHOSEN, [])
    return family.members_of(request.user, ids, on=timezone.localdate()) if ids else []


def one_of(members: list[Member], resident_id: str) -> Member:
    """The one with that id; 404 for anybody else."""
    found = next((one for one in members if one.resident.public_id == resident_id), None)
    if found is None:
        raise Http404
    return found


def shown(request: SignedInRequest, name: str, context: dict[str, Any], member: Member) -> HttpResponse:
    """A page about one of them, with the band where that is another person."""
    context |= {"subject_band": band(request.user, member.resident)}
    return render(request, f"certificates/together/{name}.html", context)
