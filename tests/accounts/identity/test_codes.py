"""The code of a letter: its owner's alone, five tries, thirty days, once."""

import datetime

import pytest
from django.utils import timezone

from accounts import vault
from accounts.identity.claiming import ask_for_letter, enter_code
from accounts.models import AuditEvent, Binding, Claim
from accounts.models.claims import CODE_VALID_FOR
from accounts.refusal import AccountError
from notices.models import Notice
from tests import factories
from tests.accounts.identity.stating import NOBODY, asked, printed, single
from tests.at_once import at_once

SECOND = datetime.timedelta(seconds=1)
WRONG = "0000000000"


@pytest.fixture
def claim(db):
    return asked(single())


def test_the_code_connects_the_sign_in_and_that_is_told(claim, now) -> None:
    code = printed(claim)

    entered = enter_code(code=code, by=claim.user, at=now)

    binding = Binding.objects.current().get(user=claim.user)
    assert (binding.resident, binding.method, binding.assurance) == (claim.resident, "letter", "substantial")
    assert (entered.state, entered.stated) == (Claim.State.BOUND, {})
    assert Notice.objects.filter(kind="sign_in.connected", resident=claim.resident).exists()
    assert not AuditEvent.objects.get(verb="sign_in.bound").on_behalf


def test_the_code_of_somebody_else_opens_nothing(claim, now) -> None:
    code = printed(claim)
    other = asked(single(name="黒田　海斗", name_kana="クロダ　カイト", birth_date="1988-02-02", sex="1"))
    printed(other)

    with pytest.raises(AccountError):
        enter_code(code=code, by=other.user, at=now)

    assert not Binding.objects.exists()


def test_the_same_person_claimed_twice_has_a_code_for_each_sign_in(claim, now) -> None:
    code = printed(claim)
    thief = asked(claim.resident)
    printed(thief)

    with pytest.raises(AccountError):
        enter_code(code=code, by=thief.user, at=now)


def test_wrong_codes_count_and_the_right_one_comes_too_late_after_five(claim, now) -> None:
    code = printed(claim)
    for _try in range(5):
        with pytest.raises(AccountError):
            enter_code(code=WRONG, by=claim.user, at=now)

    with pytest.raises(AccountError):
        enter_code(code=code, by=claim.user, at=now)

    claim.refresh_from_db()
    assert (claim.state, claim.tries) == (Claim.State.OVER, 5)
    assert not Binding.objects.exists()
    assert AuditEvent.objects.filter(verb="sign_in.code_wrong", resident=claim.resident).count() == 5


def test_the_fifth_try_may_be_the_right_one(claim, now) -> None:
    code = printed(claim)
    for _try in range(4):
        with pytest.raises(AccountError):
            enter_code(code=WRONG, by=claim.user, at=now)

    assert enter_code(code=code, by=claim.user, at=now).state == Claim.State.BOUND


def test_a_code_is_good_for_thirty_days_to_the_second(claim, now) -> None:
    code = printed(claim, at=now)

    with pytest.raises(AccountError):
        enter_code(code=code, by=claim.user, at=now + CODE_VALID_FOR)

    assert enter_code(code=code, by=claim.user, at=now + CODE_VALID_FOR - SECOND)


def test_a_code_of_an_earlier_print_is_void(claim, now) -> None:
    first = printed(claim)
    printed(claim)

    with pytest.raises(AccountError):
        enter_code(code=first, by=claim.user, at=now)


def test_where_nobody_was_found_tries_count_the_same(db, now) -> None:
    user = factories.UserFactory.create()
    claim = ask_for_letter(claims=NOBODY, by=user, at=now)
    said = set()

    for _try in range(5):
        with pytest.raises(AccountError) as refusal:
            enter_code(code=WRONG, by=user, at=now)
        said.add(str(refusal.value))

    claim.refresh_from_db()
    assert (claim.state, claim.tries, len(said)) == (Claim.State.OVER, 5, 1)


def test_who_came_under_protection_meanwhile_is_not_connected_by_letter(claim, now) -> None:
    code = printed(claim)
    type(claim.resident).objects.update(protected=True)

    with pytest.raises(AccountError):
        enter_code(code=code, by=claim.user, at=now)

    assert not Binding.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_code_sent_twice_at_once_connects_once() -> None:
    claim = asked(single())
    code = printed(claim)

    def enter() -> object:
        return enter_code(code=code, by=claim.user, at=timezone.now())

    results = at_once(enter, enter, refusal=AccountError)

    assert sum(isinstance(result, Claim) for result in results) == 1
    assert Binding.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_wrong_codes_at_once_all_count() -> None:
    claim = asked(single())
    printed(claim)

    def enter() -> object:
        return enter_code(code=WRONG, by=claim.user, at=timezone.now())

    at_once(*[enter] * 6, refusal=AccountError)

    claim.refresh_from_db()
    assert (claim.tries, claim.state) == (5, Claim.State.OVER)


def test_the_same_digits_have_another_digest_in_another_letter() -> None:
    one, other = (vault.code_digest(WRONG, claim=claim) for claim in ("one", "other"))

    assert one != other
    assert one != vault.fingerprint(WRONG)
