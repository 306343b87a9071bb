"""The insurer's side: two people issue what an applicant stated, the service itself what sources prove."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, gates
from accounts.models import User
from accounts.proposals.words import OWN_PROPOSAL, WAITS
from accounts.subjects import is_own_affair
from certificates.insurers import insurer_of
from certificates.issuing import drawn
from certificates.judging import sources_suffice, verdict_on
from certificates.models import Application, Certificate, Insurer
from certificates.refusal import CertificateError
from certificates.replacing import put_in_place
from certificates.telling import code_of, tell, told

ISSUED = _("The certificate is issued. The applicant was told.")
SENT_BACK = _("The application went back. The applicant was told.")
NOT_PROPOSED = _("Nobody has proposed this yet. Two people issue a certificate.")
APPLICANT_IS_GUEST = _(
    "The applicant's sign-in was connected less than 7 days ago. Nothing is issued before they are over."
)
APPLICANT_LOCKED = _("The person locked everything. Nothing is issued before they prove who they are.")
ANOTHER_S = _("This application is another insurer's.")
INSURER_DECIDES = _("The insurer's own staff decide about this.")
OWN_AFFAIR = _("You cannot decide on an application of your own or of your family.")


@transaction.atomic
def propose(*, application: Application, by: User, at: datetime.datetime) -> Application:
    """The first person finds that it can be issued; another one issues it."""
    application = _open(application, by=by, at=at)
    if application.proposed_by_id:
        raise CertificateError(WAITS)
    _require_issuable(application, at=at)
    application.proposed_by, application.proposed_at = by, at
    application.save(update_fields=["proposed_by", "proposed_at"])
    subject = ("application", application.public_id)
    audit.record("certificate.proposed", by=by, at=at, resident=application.resident_id, subject=subject)
    return application


@transaction.atomic
def issue(*, application: Application, by: User, at: datetime.datetime) -> Certificate:
    """The second person issues from the facts of today; never while the insurance is under confirmation."""
    application = _open(application, by=by, at=at)
    if application.proposed_by_id is None:
        raise CertificateError(NOT_PROPOSED)
    if application.proposed_by_id == by.pk:
        raise CertificateError(OWN_PROPOSAL)
    _require_issuable(application, at=at)
    return _issued(application, by=by, at=at)


def issue_by_itself(application: Application, *, at: datetime.datetime) -> Application:
    """Issue a new application where every rule is met by what sources say; else it waits for two people."""
    today, insurer = timezone.localdate(at), insurer_of(application.link)
    if insurer is None or not insurer.by_itself:
        return application
    if application.disputed or not sources_suffice(application.resident, today=today):
        return application
    try:
        with transaction.atomic():
            _require_issuable(application, at=at)
            _issued(application, by=None, at=at)
    except CertificateError:
        # whatever stands against it is for people to see
        application.refresh_from_db()
    return application


def _require_issuable(application: Application, *, at: datetime.datetime) -> None:
    """CertificateError with what stands against it today."""
    today, link = timezone.localdate(at), application.link
    applicant = application.applicant
    if applicant and (found := gates.closed(applicant, at=at, about=application.resident_id)):
        raise CertificateError(APPLICANT_LOCKED if found.is_locked else APPLICANT_IS_GUEST)
    if not link.shows_details or link.resident_id != application.resident_id:
        raise CertificateError(
            _("The insurance record is being checked. Nothing is issued before that ends.")
        )
    if not verdict_on(application.resident, application.stated, today=today).may_apply:
        raise CertificateError(
            _("By the facts of today no certificate may be issued here. Please return it.")
        )


def _issued(application: Application, *, by: User | None, at: datetime.datetime) -> Certificate:
    certificate = drawn(application, by=by, today=timezone.localdate(at))
    put_in_place(certificate, by_post_only=application.by_post_only, by=by, at=at)
    _decide(application, Application.State.ISSUED, by=by, at=at)
    subject = ("certificate", certificate.public_id)
    office, holder = code_of(application.link), application.resident_id
    audit.record("certificate.issued", by=by, at=at, resident=holder, subject=subject, institution=office)
    tell(application, "certificate.issued", subject, at=at)
    return certificate


@transaction.atomic
def return_application(
    *, application: Application, reason: str, by: User, at: datetime.datetime
) -> Application:
    """Send an application back with a reason that the applicant reads."""
    application = _open(application, by=by, at=at)
    application.answer = reason
    _decide(application, Application.State.RETURNED, by=by, at=at)
    told(application, "certificate.returned", "certificate.returned", by=by, at=at)
    return application


def _open(application: Application, *, by: User, at: datetime.datetime) -> Application:
    """The application, locked, if it still waits and this member of staff may decide it."""
    if not by.may("certificates.issue"):
        raise CertificateError(_("Only staff who issue certificates may decide on an application."))
    locked = Application.objects.select_for_update(of=("self",)).select_related(
        "resident", "link", "applicant"
    )
    found = locked.within(by).filter(pk=application.pk).first()
    if found is None:
        raise CertificateError(ANOTHER_S)
    application, insurer = found, insurer_of(found.link)
    if insurer and insurer.issuing == Insurer.Issuing.OWN and by.may("certificates.everywhere"):
        raise CertificateError(INSURER_DECIDES)
    if not application.waits:
        raise CertificateError(_("Somebody decided this application before you."))
    own = is_own_affair(by, application.resident_id, on=timezone.localdate(at))
    if application.applicant_id == by.pk or own:
        raise CertificateError(OWN_AFFAIR)
    return application


def _decide(application: Application, state: str, *, by: User | None, at: datetime.datetime) -> None:
    application.state, application.decided_by, application.decided_at = state, by, at
    application.save(update_fields=["state", "decided_by", "decided_at", "answer"])
