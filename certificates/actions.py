"""What people do with applications and certificates."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, gates
from accounts.models import Resident, User
from accounts.posting.returning import doubt
from accounts.scopes import Area, Deed
from accounts.subjects import is_own_affair, may
from certificates import answers as answering
from certificates.documents.render import PageTooFull, Size
from certificates.eligibility import Reason, Verdict, verdict
from certificates.ending import end
from certificates.issuing import drawn
from certificates.known import insurance_of, known_of
from certificates.letters import letter_of
from certificates.models import Application, Certificate, Draft
from certificates.paper import signed_pdf_of
from certificates.refusal import CertificateError
from certificates.replacing import put_in_place
from certificates.signing.signer import NoSigner
from links.models import Link
from notices import actions as notices

ISSUED = _("The certificate is issued. The applicant was told.")
ENDED = _("The certificate ended. Its holder was told.")
SENT_BACK = _("The application went back. The applicant was told.")
ANSWERED_WITHIN = datetime.timedelta(days=7)

APPLICANT_IS_GUEST = _(
    "The applicant's sign-in was connected less than 7 days ago. Nothing is issued before they are over."
)
CANNOT_SIGN = _(
    "The certificate cannot be signed now. The fault is ours, and it stays valid. "
    "Please try again in some minutes."
)
TOO_SMALL = _("What is printed does not fit on this size. Please choose a larger one.")
APPLICANT_LOCKED = _("The person locked everything. Nothing is issued before they prove who they are.")
NOT_TO_YOU = _("You cannot download this certificate. The person can, or gets it at a counter.")
OWN_AFFAIR = _("You cannot decide on an application of your own or of your family.")


@transaction.atomic
def answer(*, resident: Resident, step: str, value: str, by: User, at: datetime.datetime) -> Draft:
    """Keep one answer on the server until the application is sent; the others stay as they are."""
    # locked, or two tabs that answer different questions would undo each other
    drafts = Draft.objects.select_for_update()
    draft, _created = drafts.get_or_create(user=by, resident=resident, defaults={"changed_at": at})
    draft.answers[step] = value
    draft.changed_at = at
    draft.save(update_fields=["answers", "changed_at"])
    return draft


def verdict_on(resident: Resident, answers: answering.Answers, *, today: datetime.date) -> Verdict:
    """The answer of the rules to what is known and what was stated."""
    known = known_of(resident, insurance_of(resident), today=today)
    return verdict(answering.facts(known, answers))


@transaction.atomic
def apply(*, draft: Draft, by: User, at: datetime.datetime) -> Application:
    """Send the application with the reason that the rules give; one open application a person."""
    resident, today = draft.resident, timezone.localdate(at)
    if not may(by, Deed.APPLY, resident.pk, area=Area.HEALTH, on=today):
        raise CertificateError(_("You may not act for this person any more."))
    link = insurance_of(resident)
    if link is None or answering.unanswered(known_of(resident, link, today=today), draft.answers):
        raise CertificateError(_("Please answer the questions first."))
    found = verdict_on(resident, draft.answers, today=today)
    if not found.may_apply or found.reason is None:
        raise CertificateError(_("By your answers no application is needed here."))
    application = _received(draft, link, found.reason, at=at)
    draft.delete()
    _told(application, "certificate.applied", "certificate.received", by=by, at=at)
    return application


def _received(draft: Draft, link: Link, reason: Reason, *, at: datetime.datetime) -> Application:
    """Two at the same moment both pass any question asked before: the database is the referee."""
    try:
        with transaction.atomic():
            return Application.objects.create(
                resident=draft.resident,
                link=link,
                applicant=draft.user,
                reason=reason.value,
                stated=draft.answers,
                disputed=not link.shows_details,
                received_at=at,
                next_step_by=timezone.localdate(at) + ANSWERED_WITHIN,
            )
    except IntegrityError as problem:
        raise CertificateError(_("There is already an application. You can follow it here.")) from problem


@transaction.atomic
def issue(*, application: Application, by: User, at: datetime.datetime) -> Certificate:
    """Issue from the facts of today; never while the insurance is under confirmation."""
    application = _open(application, by=by, at=at)
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
    certificate = drawn(application, by=by, today=today)
    put_in_place(certificate, by_post_only=application.by_post_only, by=by, at=at)
    _decide(application, Application.State.ISSUED, by=by, at=at)
    subject = ("certificate", certificate.public_id)
    audit.record("certificate.issued", by=by, at=at, resident=application.resident_id, subject=subject)
    _tell(application, "certificate.issued", subject, at=at)
    return certificate


@transaction.atomic
def report_lost(*, certificate: Certificate, by: User, at: datetime.datetime) -> None:
    """The holder says that the paper is lost or stolen: it ends at once, here and at every clinic."""
    today = timezone.localdate(at)
    if not may(by, Deed.APPLY, certificate.resident_id, area=Area.HEALTH, on=today):
        raise CertificateError(_("You may not act for this person any more."))
    if not end(certificate, why=Certificate.Revocation.LOST, by=by, at=at):
        raise CertificateError(_("This certificate was ended before."))


@transaction.atomic
def return_application(
    *, application: Application, reason: str, by: User, at: datetime.datetime
) -> Application:
    """Send an application back with a reason that the applicant reads."""
    application = _open(application, by=by, at=at)
    application.answer = reason
    _decide(application, Application.State.RETURNED, by=by, at=at)
    _told(application, "certificate.returned", "certificate.returned", by=by, at=at)
    return application


def print_letter(*, certificate: Certificate, by: User, at: datetime.datetime) -> bytes:
    """Address sheet and paper for the posting office, noted in the trail; CertificateError if not valid."""
    require_right(certificate, by=by, at=at)
    if not Certificate.objects.valid(on=timezone.localdate(at)).filter(pk=certificate.pk).exists():
        raise CertificateError(_("This certificate is not valid any more."))
    letter = letter_of(certificate, at=at)
    subject = ("certificate", certificate.public_id)
    person, why = certificate.resident_id, certificate.number
    audit.record("certificate.printed", by=by, at=at, resident=person, subject=subject, purpose=why)
    return letter


def require_right(certificate: Certificate, *, by: User, at: datetime.datetime) -> None:
    """CertificateError unless this member of staff may deal with the certificate."""
    if not by.may("certificates.issue"):
        raise CertificateError(_("Only staff who issue certificates may decide on an application."))
    if is_own_affair(by, certificate.resident_id, on=timezone.localdate(at)):
        raise CertificateError(OWN_AFFAIR)


@transaction.atomic
def revoke(*, certificate: Certificate, why: Certificate.Revocation, by: User, at: datetime.datetime) -> None:
    """End a certificate before its last day and tell its holder."""
    require_right(certificate, by=by, at=at)
    if not end(certificate, why=why, by=by, at=at):
        raise CertificateError(_("This certificate was ended before."))
    if why == Certificate.Revocation.LETTER_BACK:
        doubt(certificate.resident, by=by, at=at)


def take_letter_back(*, number: str, by: User, at: datetime.datetime) -> None:
    """The letter with this certificate came back; CertificateError where there is none, or it is over."""
    certificate = Certificate.objects.filter(number=number).first()
    if certificate is None:
        raise CertificateError(_("There is no certificate with this number."))
    revoke(certificate=certificate, why=Certificate.Revocation.LETTER_BACK, by=by, at=at)


def download(*, certificate: Certificate, size: Size = Size.A4, by: User, at: datetime.datetime) -> bytes:
    """The signed PDF, noted in the trail; CertificateError if not valid, not to be signed, or closed."""
    if found := gates.closed(by, at=at, about=certificate.resident_id):
        raise CertificateError(found.words)
    today = timezone.localdate(at)
    if Resident.objects.hidden_from(by, on=today).filter(pk=certificate.resident_id).exists():
        raise CertificateError(NOT_TO_YOU)
    if not Certificate.objects.valid(on=today).filter(pk=certificate.pk).exists():
        raise CertificateError(_("This certificate is not valid any more."))
    subject = ("certificate", certificate.public_id)
    try:
        pdf = signed_pdf_of(certificate, size)
    except PageTooFull as problem:
        raise CertificateError(TOO_SMALL) from problem
    except NoSigner as problem:
        raise CertificateError(CANNOT_SIGN) from problem
    audit.record("certificate.downloaded", by=by, at=at, resident=certificate.resident_id, subject=subject)
    return pdf


def look_into(*, resident: Resident, by: User, at: datetime.datetime) -> None:
    """Write into the trail that an agent saw what a resident would be asked and told."""
    audit.look("certificate.looked_into", residents=[resident.pk], by=by, at=at)


def look_at_certificate(*, certificate: Certificate, by: User, at: datetime.datetime) -> None:
    """Write into the trail that somebody looked at a certificate: its holder or who acts for them."""
    subject = ("certificate", certificate.public_id)
    audit.record("certificate.viewed", by=by, at=at, resident=certificate.resident_id, subject=subject)


def look_at(*, application: Application, by: User, at: datetime.datetime) -> None:
    """Write into the trail that somebody looked at an application: applicant, who acts for them, or staff."""
    subject = ("application", application.public_id)
    purpose = application.number
    audit.record(
        "certificate.application_viewed",
        by=by,
        at=at,
        resident=application.resident_id,
        subject=subject,
        purpose=purpose,
    )


def _open(application: Application, *, by: User, at: datetime.datetime) -> Application:
    """The application, locked, if it still waits and this member of staff may decide it."""
    if not by.may("certificates.issue"):
        raise CertificateError(_("Only staff who issue certificates may decide on an application."))
    locked = Application.objects.select_for_update(of=("self",)).select_related(
        "resident", "link", "applicant"
    )
    application = locked.get(pk=application.pk)
    if not application.waits:
        raise CertificateError(_("Somebody decided this application before you."))
    own = is_own_affair(by, application.resident_id, on=timezone.localdate(at))
    if application.applicant_id == by.pk or own:
        raise CertificateError(OWN_AFFAIR)
    return application


def _decide(application: Application, state: str, *, by: User, at: datetime.datetime) -> None:
    application.state, application.decided_by, application.decided_at = state, by, at
    application.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def _told(application: Application, verb: str, kind: str, *, by: User, at: datetime.datetime) -> None:
    subject = ("application", application.public_id)
    audit.record(verb, by=by, at=at, resident=application.resident_id, subject=subject)
    _tell(application, kind, subject, at=at)


def _tell(application: Application, kind: str, subject: tuple[str, str], *, at: datetime.datetime) -> None:
    whom = application.resident_id
    notices.tell(resident_id=whom, kind=kind, subject=subject, area=Area.HEALTH, at=at)
