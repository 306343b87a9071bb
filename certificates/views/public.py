"""The public check: anybody who holds a certificate's number, code, PDF or paper, without sign-in."""

import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.files.uploading import takes_a_file_of_anybody
from accounts.limits import is_among_first
from certificates import comparing
from certificates.checking import Checked, check_file, typed_number
from certificates.checking import check as ask
from certificates.forms import CheckForm, CompareForm
from certificates.offline import Answer
from certificates.refusal import CertificateError
from certificates.wording import FAULTS

# a code is signed and cannot be guessed; a number is short enough to be tried by a machine
NUMBERS_A_MINUTE = 30
# reading a file takes a second
FILES_A_MINUTE = 10
NOT_NOW = Checked(Answer.UNAVAILABLE)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@takes_a_file_of_anybody
def check(request: HttpRequest) -> HttpResponse:
    """One of four answers to a number, a code or a QR's address; to a PDF of ours or a photo of the paper."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = request.method == "POST" or "code" in sent
    form = CheckForm(sent, request.FILES) if asked else CheckForm()
    if not form.is_bound or not form.is_valid():
        return page(request, form)
    try:
        return page(request, CheckForm(), answer(request, form, at=timezone.now()))
    except CertificateError as refusal:
        form.add_error("paper", str(refusal))
        return page(request, form)


@require_POST
@login_not_required
@never_cache
def compare(request: HttpRequest) -> HttpResponse:
    """The name of a valid certificate in full, to those who know the birth date on it."""
    form, now = CompareForm(request.POST), timezone.now()
    if not form.is_valid():
        number = form.data.get("number", "")
        checked = answer_to_number(request, number, at=now) if typed_number(number) else None
        return page(request, CheckForm(), checked, compare=form)
    number = form.cleaned_data["number"]
    try:
        seen = comparing.compare(number, form.cleaned_data["birth_date"], at=now)
        return page(request, CheckForm(), seen)
    except CertificateError as refusal:
        form.add_error("birth_date", str(refusal))
        return page(request, CheckForm(), answer_to_number(request, number, at=now), compare=form)


def answer(request: HttpRequest, form: CheckForm, *, at: datetime.datetime) -> Checked:
    """The answer to what was sent, a file before a text; CertificateError where a file cannot be read."""
    paper = form.cleaned_data["paper"]
    if not paper:
        return answer_to_number(request, form.cleaned_data["code"], at=at)
    if not is_among_first(FILES_A_MINUTE, what="certificate-file", request=request, at=at):
        return NOT_NOW
    return check_file(paper.read(), at=at)


def answer_to_number(request: HttpRequest, code: str, *, at: datetime.datetime) -> Checked:
    """The answer to a text; numbers are the first thirty that came from this address in a minute."""
    limited = bool(typed_number(code)) and not is_among_first(
        NUMBERS_A_MINUTE, what="certificate-number", request=request, at=at
    )
    return NOT_NOW if limited else ask(code, at=at)


def page(
    request: HttpRequest, form: CheckForm, checked: Checked | None = None, compare: CompareForm | None = None
) -> HttpResponse:
    """The page, with the answer once there is one."""
    context: dict[str, object] = {"form": form}
    if checked:
        ask_birth_date = compare or CompareForm(initial={"number": checked.number})
        fault = FAULTS[checked.fault] if checked.fault else ""
        context |= {"checked": checked, "fault": fault, "compare": ask_birth_date}
    response = render(request, "certificates/check.html", context)
    response.uses_camera = True  # type: ignore[attr-defined]
    return response
