"""Who changes how they sign in is signed out everywhere else, and told."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Session, User
from notices.codes import code_of
from notices.models import Notice
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "a quite different long sentence"
PAGE = "/account/sessions/"


def signed_in(user: User) -> Client:
    """The user at a device, who proved by password a moment ago who they are."""
    browser = Client(headers={"accept-language": "en"})
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return browser


@pytest.fixture
def here(resident_user) -> Client:
    """The device at which something is changed."""
    return signed_in(resident_user)


@pytest.fixture
def elsewhere(resident_user, here) -> Client:
    """Another device of the same person."""
    return signed_in(resident_user)


def new_password(here: Client) -> None:
    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )


def code_generator(here: Client) -> None:
    secret = here.get(reverse("mfa_activate_totp")).context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    here.post(reverse("mfa_activate_totp"), {"code": code})


def no_code_generator(here: Client) -> None:
    here.post(reverse("mfa_deactivate_totp"))


def other_address(here: Client) -> None:
    user = User.objects.get(pk=here.session["_auth_user_id"])
    EmailAddress.objects.create(user=user, email="new@example.jp", verified=True, primary=False)
    here.post(reverse("account_email"), {"action_primary": "", "email": "new@example.jp"})


def one_address_less(here: Client) -> None:
    user = User.objects.get(pk=here.session["_auth_user_id"])
    EmailAddress.objects.create(user=user, email="old@example.jp", verified=True, primary=False)
    here.post(reverse("account_email"), {"action_remove": "", "email": "old@example.jp"})


@pytest.mark.parametrize("change", [new_password, code_generator, other_address, one_address_less])
def test_a_change_ends_all_other_sessions_and_is_told_once(
    here, elsewhere, resident_user, change, django_capture_on_commit_callbacks
):
    assert elsewhere.get(PAGE).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        change(here)

    assert elsewhere.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200
    verb = "sign_in.app_added" if change is code_generator else "sign_in.changed"
    assert AuditEvent.objects.get(verb=verb).actor == resident_user
    assert Notice.objects.filter(kind="sign_in.changed").count() == 1


def test_the_address_that_was_left_gets_the_code_of_the_change(here, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        other_address(here)

    notice = Notice.objects.get(kind="sign_in.changed")
    [left] = [letter for letter in mail.outbox if "new@example.jp" not in letter.to]
    assert code_of(notice.public_id) in left.body


def test_a_code_generator_that_is_taken_away_ends_them_too(here, resident_user):
    code_generator(here)
    assert Authenticator.objects.filter(user=resident_user, type=Authenticator.Type.TOTP).exists()
    other = Client()
    other.force_login(resident_user)

    no_code_generator(here)

    assert other.get(PAGE).status_code == 302


def test_a_change_at_a_sign_in_that_belongs_to_no_person_ends_its_sessions_too(support):
    here, other = signed_in(support), signed_in(support)

    new_password(here)

    assert Session.objects.filter(user=support).count() == 1
    assert other.get(PAGE).status_code == 302
    assert AuditEvent.objects.get(verb="sign_in.changed").resident is None


def test_nobody_else_is_signed_out(here, neighbour_user):
    neighbour = signed_in(neighbour_user)

    new_password(here)

    assert neighbour.get(PAGE).status_code == 200


def test_the_notice_leads_to_the_list_of_devices(here, resident_user):
    new_password(here)

    notice = Notice.objects.get()

    assert here.get(reverse("portal:notice", args=[notice.public_id])).url == PAGE


def test_a_device_that_is_signed_out_is_in_the_trail(here, elsewhere, resident):
    here.post(reverse("accounts:end_others"))

    assert AuditEvent.objects.get(verb="session.ended").resident == resident
    here.post(reverse("accounts:end_others"))
    assert AuditEvent.objects.filter(verb="session.ended").count() == 1
