"""People answer the questions and apply; what sources alone prove is issued at once."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.identifiers import public_id
from accounts.models import Resident, User
from accounts.scopes import Area, Deed
from accounts.subjects import may
from certificates import answers as answering
from certificates.actions.deciding import issue_by_itself
from certificates.eligibility import Reason
from certificates.judging import verdict_on
from certificates.known import insurance_of, known_of
from certificates.models import Application, Draft
from certificates.refusal import CertificateError
from certificates.telling import tell
from links.models import Link

ANSWERED_WITHIN = datetime.timedelta(days=7)


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


@transaction.atomic
def answer_together(
    *, people: Iterable[Resident], step: str, value: str, by: User, at: datetime.datetime
) -> None:
    """Keep the same answer for each of them."""
    for resident in people:
        answer(resident=resident, step=step, value=value, by=by, at=at)


@dataclass
class Sent:
    """What came of one sending for several people."""

    applications: list[Application] = field(default_factory=list)
    refused: list[tuple[Resident, str]] = field(default_factory=list)


def apply_together(*, drafts: Iterable[Draft], by: User, at: datetime.datetime) -> Sent:
    """One sending for several members of a family; right, rules and referee are asked for each by itself."""
    sent, mark = Sent(), public_id()
    for draft in drafts:
        try:
            sent.applications.append(apply(draft=draft, by=by, at=at, together=mark))
        except CertificateError as refusal:
            sent.refused.append((draft.resident, str(refusal)))
    return sent


@transaction.atomic
def apply(*, draft: Draft, by: User, at: datetime.datetime, together: str = "") -> Application:
    """Send the application with the reason that the rules give; one open application a person.

    Issued at once where no rule needs what was stated. `together`: the mark of those that are sent with it.
    """
    resident, today = draft.resident, timezone.localdate(at)
    if not may(by, Deed.APPLY, resident.pk, area=Area.HEALTH, on=today):
        raise CertificateError(_("You may not act for this person any more."))
    link = insurance_of(resident)
    if link is None or answering.unanswered(known_of(resident, link, today=today), draft.answers):
        raise CertificateError(_("Please answer the questions first."))
    found = verdict_on(resident, draft.answers, today=today)
    if not found.may_apply or found.reason is None:
        raise CertificateError(_("By your answers no application is needed here."))
    application = _received(draft, link, found.reason, together, at=at)
    draft.delete()
    subject = ("application", application.public_id)
    audit.record("certificate.applied", by=by, at=at, resident=resident, subject=subject)
    application = issue_by_itself(application, at=at)
    if application.waits:
        tell(application, "certificate.received", subject, at=at)
    return application


def _received(
    draft: Draft, link: Link, reason: Reason, together: str, *, at: datetime.datetime
) -> Application:
    """Two at the same moment both pass any question asked before: the database is the referee."""
    try:
        with transaction.atomic():
            return Application.objects.create(
                resident=draft.resident,
                link=link,
                applicant=draft.user,
                reason=reason.value,
                stated=draft.answers,
                together=together,
                disputed=not link.shows_details,
                received_at=at,
                next_step_by=timezone.localdate(at) + ANSWERED_WITHIN,
            )
    except IntegrityError as problem:
        raise CertificateError(_("There is already an application. You can follow it here.")) from problem
