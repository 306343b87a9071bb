"""Tells whoever a sign-in belongs to."""

import datetime
import secrets

from django.db import transaction

from accounts.models import Resident, User
from notices.actions import tell
from notices.channels.email import send
from notices.channels.message import Message
from notices.codes import code_of
from notices.delivering import language_of
from notices.models import Notice
from notices.wording import letter


def tell_owner(
    *, user: User, kind: str, at: datetime.datetime, subject: tuple[str, str] | None = None
) -> None:
    """Tell the person whose sign-in it is; one that belongs to no person, such as staff's, by mail only."""
    resident = Resident.objects.behind(user).first()
    if resident:
        about = subject or ("sign_in", resident.public_id)
        tell(resident_id=resident.pk, kind=kind, subject=about, at=at)
    else:
        write_to(user.email, kind=kind, user=user)


def write_to(address: str, *, kind: str, user: User, code: str = "") -> None:
    """A mail after commit that is tried once: to an address that no notice reaches, or not any more."""
    words = letter(kind, language=language_of(user.pk), code=code)
    message = Message(to=address, subject=words.subject, text=words.text, key=secrets.token_hex(16))
    transaction.on_commit(lambda: send(message), robust=True)


def code_of_change(user: User) -> str:
    """The code of the last notice that the sign-in was changed; empty where it belongs to no person."""
    resident = Resident.objects.behind(user).first()
    told = Notice.objects.filter(resident=resident, kind="sign_in.changed").order_by("-id").first()
    return code_of(told.public_id) if resident and told else ""
