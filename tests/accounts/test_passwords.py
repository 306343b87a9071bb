"""Passwords: 15 characters, or 8 beside a second factor; without it a short one opens nothing any more."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains

from accounts import mfa, resealing, vault
from accounts.actions import forget_second_factors
from tests.factories import PASSWORD, UserFactory
from tests.readers import sign_in

SHORT = "kumo-8ga"
pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory.create()


@pytest.fixture
def app(user) -> Authenticator:
    return TOTP.activate(user, generate_totp_secret()).instance


def test_alone_it_needs_15_characters(user) -> None:
    with pytest.raises(ValidationError):
        validate_password("kumo-no-ue-14c", user)

    validate_password("kumo-no-ue-15ch", user)


def test_beside_a_second_factor_8_are_enough(user, app) -> None:
    with pytest.raises(ValidationError):
        validate_password("kumo-7g", user)

    validate_password(SHORT, user)


def test_recovery_codes_alone_are_no_second_factor(user, app) -> None:
    RecoveryCodes.activate(user)
    app.delete()

    with pytest.raises(ValidationError):
        validate_password(SHORT, user)


@pytest.mark.parametrize("common", ["password1", "12345678", "qwertyuiop"])
def test_a_common_one_is_refused(user, app, common) -> None:
    with pytest.raises(ValidationError):
        validate_password(common, user)


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "短すぎます"), ("ja-x-easy", "みじかい"), ("en", "too short")]
)
def test_it_is_said_in_three_languages(user, language, words) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        validate_password(SHORT, user)

    with translation.override(language):
        assert words in str(refused.value.messages)


def test_with_the_last_second_factor_goes_a_short_password(client, user, app) -> None:
    user.set_password(SHORT)
    user.save()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": SHORT})

    page = client.post(reverse("mfa_deactivate_totp"), follow=True)

    user.refresh_from_db()
    assertContains(page, "too short without a second step")
    assert not user.has_usable_password()
    assert not user.short_password


def test_a_long_one_stays(client, user, app) -> None:
    user.set_password(PASSWORD)
    user.save()
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    client.post(reverse("mfa_deactivate_totp"))

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_lost_second_factor_ends_a_short_password_too(user, app) -> None:
    user.set_password(SHORT)
    user.save()

    forget_second_factors(user=user, by=None, at=timezone.now())

    user.refresh_from_db()
    assert not user.has_usable_password()


def test_what_proves_a_second_factor_is_sealed(user) -> None:
    secret = generate_totp_secret()
    app = TOTP.activate(user, secret)
    RecoveryCodes.activate(user)

    kept = [str(row.data) for row in Authenticator.objects.all()]

    assert not any(secret in text for text in kept)
    assert all(mfa.SEALED in text for text in kept)
    assert mfa.SealedFactors().decrypt(app.instance.data["secret"]) == secret


def test_what_was_kept_in_clear_is_read_and_sealed_anew(user) -> None:
    row = Authenticator.objects.create(user=user, type="totp", data={"secret": "OPEN"})

    (tally,) = resealing.factors()

    row.refresh_from_db()
    assert tally.changed == 1
    assert row.data["secret"].startswith(mfa.SEALED)
    assert mfa.SealedFactors().decrypt(row.data["secret"]) == "OPEN"
    assert sum(each.changed for each in resealing.factors()) == 0


def test_a_second_factor_that_no_key_opens_is_named_and_left(user) -> None:
    broken = mfa.as_text(b"\x01" + bytes(40))
    Authenticator.objects.create(user=user, type="totp", data={"secret": broken})

    (tally,) = resealing.factors()

    assert len(tally.closed) == 1
    assert Authenticator.objects.get().data["secret"] == broken


def test_a_number_is_not_opened_as_a_second_factor(resident) -> None:
    row = vault.seal("123456789018", resident=resident, at=timezone.now())

    with pytest.raises(Exception, match="."):
        vault.open_factor(bytes(row.sealed))


def test_a_fresh_proof_gives_the_session_another_key_and_no_more_time(client, user) -> None:
    sign_in(client, user)
    before = user.sessions.get()

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    after = user.sessions.get()
    assert after.session_key != before.session_key
    assert (after.public_id, after.started_at) == (before.public_id, before.started_at)
    assert client.get(reverse("mfa_index")).status_code == 200


def test_whoever_signs_out_has_the_browser_forget(client, user) -> None:
    sign_in(client, user)

    answer = client.post(reverse("account_logout"))

    assert answer.headers["Clear-Site-Data"] == '"cache"'
