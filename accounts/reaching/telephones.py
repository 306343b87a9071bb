"""A telephone number is used once whoever holds it entered the code that was sent there."""

import datetime
import secrets

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit, gates
from accounts.actions import whose_is
from accounts.limits import has_place
from accounts.models import Telephone, User
from accounts.owners import tell_owner
from accounts.refusal import AccountError
from notices.channels import sms
from notices.channels.message import Message, Refused, Unreachable

DIGITS = 6
AN_HOUR, A_DAY = 3600, 24 * 3600
# a text message costs us money and whoever gets it patience
CODES_AN_HOUR, CODES_A_DAY = 3, 5
TOO_MANY = gettext_lazy("Too many codes were sent. Please try again in an hour, or call us.")
NOT_SENT = gettext_lazy("The text message could not be sent. Please check the number, or try again later.")
WRONG = gettext_lazy("This code is not right. Please look at the text message once more.")
OVER = gettext_lazy("This code counts no more. Please have a new one sent.")


def send_code(*, number: str, shared: bool, by: User, at: datetime.datetime) -> None:
    """Send a code to this number, which waits from then on; the one that is used stays until it is proven."""
    gates.require_open(by, at=at)
    hourly = has_place(CODES_AN_HOUR, what="sms", who=str(by.pk), at=at, seconds=AN_HOUR)
    if not hourly or not has_place(CODES_A_DAY, what="sms-to", who=number, at=at, seconds=A_DAY):
        raise AccountError(TOO_MANY)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    Telephone.objects.update_or_create(
        user=by,
        defaults={
            "waiting": number,
            "waiting_shared": shared,
            "code_digest": digest(code, number, by),
            "code_sent_at": at,
            "tries": 0,
        },
    )
    text = _("Tsunagari Check: your code is %(code)s. Tell it to nobody.") % {"code": code}
    message = Message(to=number, subject="", text=text, short=text, key=secrets.token_hex(16))
    try:
        sms.send(message)
    except (Refused, Unreachable) as problem:
        raise AccountError(NOT_SENT) from problem


def digest(code: str, number: str, user: User) -> bytes:
    """What is kept of a code: of no use with another number or sign-in."""
    return salted_hmac("accounts.telephone", f"{user.pk}:{number}:{code}", algorithm="sha256").digest()


def enter_code(*, code: str, by: User, at: datetime.datetime) -> None:
    """From now on text messages go to the number that waited; AccountError for a wrong or old code."""
    gates.require_open(by, at=at)
    found = Telephone.objects.filter(user=by).exclude(waiting="").first()
    if found is None or not takes_try(found, at=at):
        raise AccountError(OVER)
    expected = digest(code, found.waiting, by)
    if not constant_time_compare(bytes(found.code_digest or b""), expected):
        raise AccountError(WRONG)
    use(found, by=by, at=at)


def takes_try(found: Telephone, *, at: datetime.datetime) -> bool:
    """Count a try before it is looked at: of many at once no more than five are."""
    if not found.takes_code(at=at):
        return False
    mine = Telephone.objects.filter(pk=found.pk, code_sent_at=found.code_sent_at, tries=found.tries)
    return bool(mine.update(tries=F("tries") + 1))


@transaction.atomic
def use(found: Telephone, *, by: User, at: datetime.datetime) -> None:
    """Put the proven number in its place, and tell by mail and at the old number that it changed."""
    farewell(found.number, but=found.waiting)
    found.number, found.shared, found.proven_at = found.waiting, found.waiting_shared, at
    found.waiting, found.code_digest, found.code_sent_at = "", None, None
    found.save()
    changed("contact.telephone_set", by=by, at=at)


@transaction.atomic
def forget(*, by: User, at: datetime.datetime) -> None:
    """Write to this telephone no more."""
    gates.require_open(by, at=at)
    found = Telephone.objects.select_for_update().filter(user=by).first()
    if found is None:
        return
    farewell(found.number)
    found.delete()
    if found.number:
        changed("contact.telephone_removed", by=by, at=at)


def changed(verb: str, *, by: User, at: datetime.datetime) -> None:
    """Write it into the trail, and tell the owner of the sign-in."""
    audit.record(verb, by=by, at=at, **whose_is(by))
    tell_owner(user=by, kind="contact.telephone_changed", at=at)


def farewell(number: str, *, but: str = "") -> None:
    """A last text message to a number that is used no more, after commit and tried once."""
    if not number or number == but:
        return
    text = _("Tsunagari Check: notices go to this telephone no more. That was not you? Please call us.")
    message = Message(to=number, subject="", text=text, short=text, key=secrets.token_hex(16))
    transaction.on_commit(lambda: sms.send(message), robust=True)
