"""The end of a sign-in, over all rooms: what would go, and letting it go."""

import datetime
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import leaving as of_accounts
from accounts.models import KnownDevice, User
from accounts.refusal import AccountError
from certificates.models import Draft as CertificateDraft
from notices.models import Preference
from portal.models import Export
from portal.privacy.making import end
from portal.privacy.refusal import PrivacyError
from portal.privacy.rules import RULES
from portal.privacy.shape import Rule
from reports import drafts
from reports.models import Call, Draft, Report


@dataclass(frozen=True, slots=True)
class Goes:
    """One kind of thing that goes with the sign-in, and how many."""

    what: Promise
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen; `refusal` says why it cannot, `open_reports` how many cases go on unheard."""

    goes: list[Goes]
    stays: list[Rule]
    open_reports: int
    refusal: str


def preview(user: User) -> Preview:
    """Count, and change nothing."""
    counted = [
        (_("Mail addresses"), EmailAddress.objects.filter(user=user)),
        (_("Passkeys, apps and recovery codes"), Authenticator.objects.filter(user=user)),
        (_("Places where you are signed in"), user.sessions.all()),
        (_("Devices that we know again"), KnownDevice.objects.filter(user=user)),
        (_("The connection of the sign-in with you"), user.bindings.current()),
        (_("Authority to act, yours and that of helpers whom you named"), of_accounts.ending_authority(user)),
        (_("Drafts of reports"), Draft.objects.filter(user=user)),
        (_("Drafts of applications"), CertificateDraft.objects.filter(user=user)),
        (_("Calls that you asked for"), Call.objects.waiting().filter(by=user)),
        (_("Copies of your data"), Export.objects.open().filter(user=user)),
    ]
    goes = [Goes(what, rows.count()) for what, rows in counted]
    return Preview(
        goes=[each for each in goes if each.count],
        stays=[rule for rule in RULES if rule.stays],
        open_reports=Report.objects.open().filter(filed_by=user).count(),
        refusal=why_not(user),
    )


def why_not(user: User) -> str:
    """Why it may not go now; empty where it may."""
    try:
        of_accounts.may_leave(user)
    except AccountError as refusal:
        return str(refusal)
    return ""


@transaction.atomic
def leave(*, by: User, at: datetime.datetime) -> None:
    """Delete the sign-in with everything that is its alone, all of it or nothing; PrivacyError."""
    try:
        of_accounts.leave(by=by, at=at)
    except AccountError as refusal:
        raise PrivacyError(str(refusal)) from refusal
    for draft in Draft.objects.filter(user=by):
        drafts.throw_away(draft.pk, unless_changed_since=max(at, draft.changed_at))
    for kind in (CertificateDraft, Preference):
        kind.objects.filter(user=by).delete()
    waiting = Call.objects.waiting().filter(by=by)
    waiting.update(state=Call.State.WITHDRAWN, telephone="", settled_at=at)
    for export in Export.objects.open().filter(user=by):
        end(export, Export.State.OVER, at=at)
