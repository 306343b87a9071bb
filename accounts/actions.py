"""Makes sign-ins and ties them to people of the register."""

import datetime
import hashlib
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts import audit, gates, places, vault
from accounts.models import ASSURANCE, Authority, Binding, Card, KnownDevice, Resident, SealedNumber, User
from accounts.models.sessions import SessionQuerySet
from accounts.owners import tell_owner
from accounts.passwords import end_short_password
from accounts.protection.refusing import refuse_agents
from accounts.refusal import CARD_TAKEN, TOO_WEAK, AccountError
from notices.actions import tell


@transaction.atomic
def make_sign_in(*, email: str, password: str, name: str = "", role: str = "") -> User:
    """A sign-in whose address is proven, by mail code or password."""
    user = User.objects.create_user(email, password, name=name, role=role)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@transaction.atomic
def bind(
    *, user: User, resident: Resident, method: Binding.Method, by: User | None, at: datetime.datetime
) -> Binding:
    """The sign-in belongs to this person; IntegrityError where either is bound already."""
    binding = Binding.objects.create(
        user=user, resident=resident, method=method, assurance=ASSURANCE[method], bound_at=at
    )
    place = places.COUNTER if method == Binding.Method.COUNTER else places.here()
    audit.record("sign_in.bound", by=by, at=at, resident=resident, place=place)
    return binding


@transaction.atomic
def grant_parent(*, agent: User, child: Resident, by: User | None, at: datetime.datetime) -> Authority:
    """A parent may act for a child until the day before its fifteenth birthday; IntegrityError past it."""
    refuse_agents(child, at=at)
    authority = Authority.objects.create(
        agent=agent,
        subject=child,
        kind=Authority.Kind.PARENT,
        starts_on=localdate(at),
        ends_on=child.last_day_as_child,
    )
    audit.record(
        "authority.granted", by=by, at=at, resident=child, subject=("authority", authority.public_id)
    )
    return authority


def end_sessions(sessions: SessionQuerySet) -> int:
    """Sign out where these were open, from the next page on; how many."""
    return sessions.delete()[0]


@transaction.atomic
def sign_out_elsewhere(sessions: SessionQuerySet, *, by: User, at: datetime.datetime) -> None:
    """End these sessions of one's own, and write that in the trail where there was one."""
    if end_sessions(sessions):
        audit.record("session.ended", by=by, at=at, **whose_is(by))


@transaction.atomic
def look_at_own_number(*, by: User, at: datetime.datetime) -> str:
    """The number of whoever the sign-in belongs to, in clear; empty where none is known. They are told.

    AccountError while it is closed, and for one that was connected by letter.
    """
    resident = Resident.objects.bound_to(by).get()
    binding = resident.bindings.current().get()
    if not binding.opens_number:
        raise AccountError(TOO_WEAK)
    gates.require_open(by, at=at)
    try:
        number = vault.open_number(resident=resident, by=by, purpose="", at=at)
    except SealedNumber.DoesNotExist:
        return ""
    tell(resident_id=resident.pk, kind="number.opened", subject=("number", resident.public_id), at=at)
    return number


@transaction.atomic
def connect_card(*, whose: tuple[str, str], session_key: str | None, by: User, at: datetime.datetime) -> None:
    """This card (issuer, subject) opens the sign-in from now on; AccountError where it opens another one."""
    issuer, subject = whose
    try:
        with transaction.atomic():
            Card.objects.update_or_create(
                user=by, defaults={"issuer": issuer, "subject": subject, "connected_at": at}
            )
    except IntegrityError:
        raise AccountError(CARD_TAKEN) from None
    sign_in_changed(session_key=session_key, by=by, at=at)


@transaction.atomic
def disconnect_card(*, card: Card, session_key: str | None, by: User, at: datetime.datetime) -> None:
    """The card opens the sign-in no more."""
    card.delete()
    sign_in_changed(session_key=session_key, by=by, at=at)


@transaction.atomic
def sign_in_changed(
    *, session_key: str | None, by: User, at: datetime.datetime, verb: str = "sign_in.changed"
) -> None:
    """End every session but this one, write it in the trail, tell whoever the sign-in belongs to."""
    end_sessions(by.sessions.others_than(session_key))
    audit.record(verb, by=by, at=at, **whose_is(by))
    tell_owner(user=by, kind="sign_in.changed", at=at)


@transaction.atomic
def remember_device(*, mark: str, is_first: bool, by: User, at: datetime.datetime) -> None:
    """Somebody signed in on the device with this mark: on another than the first, its owner is told once."""
    digest = hashlib.sha256(mark.encode()).digest()
    _device, is_new = KnownDevice.objects.update_or_create(user=by, digest=digest, defaults={"seen_at": at})
    if is_new and not is_first:
        audit.record("sign_in.new_device", by=by, at=at, **whose_is(by))
        tell_owner(user=by, kind="sign_in.new_device", at=at)


def whose_is(user: User) -> dict[str, Any]:
    """The person whose sign-in it is, as a deed names them."""
    resident = Resident.objects.behind(user).first()
    return {"resident": resident} if resident else {}


@transaction.atomic
def forget_second_factors(*, user: User, by: User | None, at: datetime.datetime) -> int:
    """Take passkeys, code generator and recovery codes away, and sign out everywhere; how many there were."""
    forgotten: int = Authenticator.objects.filter(user=user).delete()[0]
    end_short_password(user)
    end_sessions(user.sessions.all())
    audit.record("sign_in.changed", by=by, at=at, purpose="second factor lost", **whose_is(user))
    tell_owner(user=user, kind="sign_in.changed", at=at)
    return forgotten


@transaction.atomic
def switch(*, user: User, active: bool, at: datetime.datetime) -> int:
    """Sign out everywhere, and let the sign-in open something or nothing from now on; how many sessions."""
    verb = "sign_in.ended_everywhere"
    if user.is_active != active:
        verb = "sign_in.switched_on" if active else "sign_in.switched_off"
        User.objects.filter(pk=user.pk).update(is_active=active)
    audit.record(verb, by=None, at=at, **whose_is(user))
    return end_sessions(user.sessions.all())
