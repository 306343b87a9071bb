"""What somebody does who says who they are."""

import datetime
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts import vault
from accounts.identity import matching
from accounts.identity.connecting import connect, end, note
from accounts.models import Binding, Claim, Lock, Resident, User
from accounts.models.claims import MOST_TRIES
from accounts.refusal import NO_AGENTS, AccountError
from links.review.rules import Person

MOST_LETTERS = 3  # in 30 days, for one sign-in and to one person
BOUND = _("This sign-in is connected already.")
STAFF_DECIDE = _("Our staff are checking whose this sign-in is. Please wait for their answer.")
TOO_OFTEN = _("You asked three times in 30 days. Please come to a counter with an identity document.")
TWICE = _("You sent this twice. We took the first one.")
NO_LETTER = _("Please tell us first who you are.")
WRONG_CODE = _(
    "This code is not right, or it is older than 30 days. After five wrong codes you need a new letter."
)
ELEMENTS = ("name", "kana", "birth_date", "sex", "address")


@transaction.atomic
def ask_for_letter(*, claims: Person, by: User, at: datetime.datetime) -> Claim:
    """Keep what was stated; where it is one person alone, a letter will be printed. Nobody learns which."""
    if by.bindings.current().exists():
        raise AccountError(BOUND)
    if Claim.objects.recent(at=at).filter(user=by, method=Binding.Method.LETTER).count() >= MOST_LETTERS:
        raise AccountError(TOO_OFTEN)
    give_up_open(by, at=at)
    resident = within_limit(matching.only_one(claims), at=at)
    return opened(by, Binding.Method.LETTER, claims, resident, at=at)


def within_limit(resident: Resident | None, *, at: datetime.datetime) -> Resident | None:
    """The person, unless letters enough went there: then only a counter helps. One query for anybody."""
    sent = Claim.objects.recent(at=at).filter(resident=resident, resident__isnull=False).count()
    return resident if sent < MOST_LETTERS else None


@transaction.atomic
def ask_for_counter(*, by: User, at: datetime.datetime) -> Claim:
    """Somebody who was connected by letter comes to a counter, to be surer: a number to say there."""
    own = Resident.objects.bound_to(by).first()
    if own is None:
        raise AccountError(NO_LETTER)
    give_up_open(by, at=at)
    return opened(by, Binding.Method.COUNTER, None, own, at=at)


@transaction.atomic
def ask_for_own_letter(*, by: User, at: datetime.datetime) -> Claim:
    """Somebody locked everything and proves once more who they are: a letter to the registered address."""
    own = Resident.objects.behind(by).first()
    if own is None or not Lock.objects.standing().filter(resident=own).exists():
        raise AccountError(NO_LETTER)
    if Claim.objects.recent(at=at).filter(user=by, method=Binding.Method.LETTER).count() >= MOST_LETTERS:
        raise AccountError(TOO_OFTEN)
    give_up_open(by, at=at)
    reached = within_limit(own if matching.may_bind_alone(own) else None, at=at)
    if reached is None:
        raise AccountError(NO_AGENTS)
    return opened(by, Binding.Method.LETTER, None, own, at=at)


@transaction.atomic
def bind_by_claims(*, user: User, claims: Person, by: User | None, at: datetime.datetime) -> Claim:
    """Connect the sign-in with the one person of verified claims; otherwise a person decides: see its state.

    `bound`: connected (or made surer). `disputed`: staff decide between two sign-ins. `asked`: at a counter.
    """
    own = user.bindings.current().first()
    resident = matching.only_one(claims)
    if own and (resident is None or own.resident_id != resident.pk):
        raise AccountError(BOUND)
    give_up_open(user, at=at)
    claim = opened(user, Binding.Method.CARD, claims, resident, at=at)
    return connect(claim, resident, by=by, at=at) if resident else claim


def give_up_open(user: User, *, at: datetime.datetime) -> None:
    """End what the sign-in claimed before; AccountError where staff are deciding about it."""
    for claim in Claim.objects.open().filter(user=user).select_for_update():
        if claim.is_disputed or claim.proposals.filter(state="waiting").exists():
            raise AccountError(STAFF_DECIDE)
        end(claim, Claim.State.OVER, at=at)


def opened(
    user: User,
    method: Binding.Method,
    claims: Person | None,
    resident: Resident | None,
    *,
    at: datetime.datetime,
) -> Claim:
    """A new claim; of two at the same moment the database takes one."""
    stated = {key: value for key, value in asdict(claims).items() if key in ELEMENTS} if claims else {}
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                user=user, method=method, resident=resident, stated=stated, opened_at=at
            )
    except IntegrityError as problem:
        raise AccountError(TWICE) from problem
    note(claim, "sign_in.asked", by=user, at=at)
    return claim


def enter_code(*, code: str, by: User, at: datetime.datetime) -> Claim:
    """The claim that the posted code opened: bound or disputed. AccountError for a wrong one; it counts."""
    claim = tried(code=code, by=by, at=at)
    if claim is None:
        raise AccountError(WRONG_CODE)
    return claim


@transaction.atomic
def tried(*, code: str, by: User, at: datetime.datetime) -> Claim | None:
    """Count one try, under lock: what it opened, or None. A wrong code must not raise: it would not count."""
    claim = Claim.objects.open().filter(user=by).select_for_update(of=("self",)).first()
    if claim is None or not claim.takes_code:
        raise AccountError(NO_LETTER)
    claim.tries += 1
    claim.save(update_fields=["tries"])
    resident = claim.resident
    right = claim.opens_with(vault.code_digests(code, claim=claim.public_id), at=at)
    if right and resident and matching.may_bind_alone(resident):
        return connect(claim, resident, by=by, at=at)
    note(claim, "sign_in.code_wrong", by=by, at=at)
    if claim.tries >= MOST_TRIES:
        end(claim, Claim.State.OVER, at=at)
    return None
