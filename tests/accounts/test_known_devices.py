"""A sign-in on a device that is not known is told once; the address that was left is told as well."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import remember_device
from accounts.devices import KEPT_DAYS, cookie_name
from accounts.models import AuditEvent, KnownDevice, User
from notices.models import Notice
from portal.tasks import forget_old
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def sign_in_at(browser: Client, user: User) -> Client:
    """The user at this browser, which keeps its cookies."""
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert browser.session["_auth_user_id"] == str(user.pk)
    return browser


def sign_out_at(browser: Client) -> None:
    browser.post(reverse("account_logout"))


def told() -> list[str]:
    return list(Notice.objects.values_list("kind", flat=True))


def test_the_first_device_is_nothing_new(resident_user):
    sign_in_at(Client(), resident_user)

    assert told() == []
    assert KnownDevice.objects.filter(user=resident_user).count() == 1


def test_another_device_is_told_once_and_stands_in_the_trail(resident, resident_user):
    sign_in_at(Client(), resident_user)
    phone = Client()

    for _each in range(3):
        sign_in_at(phone, resident_user)
        sign_out_at(phone)

    assert told() == ["sign_in.new_device"]
    assert AuditEvent.objects.get(verb="sign_in.new_device").resident == resident


def test_the_notice_says_what_to_do_and_leads_to_the_devices(resident_user, client):
    sign_in_at(Client(), resident_user)
    sign_in_at(client, resident_user)

    notice = Notice.objects.get()

    assert client.get(reverse("portal:notice", args=[notice.public_id])).url == reverse("accounts:sessions")


def test_a_device_that_a_family_shares_is_new_to_each_of_them(resident_user, neighbour_user, client):
    for user in (resident_user, neighbour_user):
        sign_in_at(Client(), user)
        sign_in_at(client, user)
        sign_out_at(client)

    assert told() == ["sign_in.new_device"] * 2


def test_the_mark_is_out_of_reach_of_scripts_and_kept_as_a_digest_only(resident_user, client):
    sign_in_at(client, resident_user)

    cookie = client.cookies[cookie_name()]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value.encode() not in bytes(KnownDevice.objects.get().digest)


def test_a_mark_that_is_none_of_ours_is_replaced(resident_user, client):
    client.cookies[cookie_name()] = "x" * 5000

    sign_in_at(client, resident_user)

    assert len(client.cookies[cookie_name()].value) == 43


def test_staff_who_belong_to_no_person_are_told_by_mail(support, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _each in range(2):
            sign_in_at(Client(), support)

    assert [message.to for message in mail.outbox] == [[support.email]]
    assert "はじめての端末" in mail.outbox[0].body
    assert AuditEvent.objects.get(verb="sign_in.new_device").resident is None


@pytest.mark.parametrize("change", ["action_primary", "action_remove"])
def test_the_address_that_is_left_is_told_as_well(
    resident_user, client, change, django_capture_on_commit_callbacks
):
    other = EmailAddress.objects.create(user=resident_user, email="other@example.jp", verified=True)
    left = resident_user.email if change == "action_primary" else other.email
    sign_in_at(client, resident_user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_email"), {change: "", "email": other.email})

    assert [left] in [message.to for message in mail.outbox]
    assert told() == ["sign_in.changed"]
    assert other.email not in "".join(message.body for message in mail.outbox)


def test_an_address_that_was_never_proven_gets_no_mail(
    resident_user, client, django_capture_on_commit_callbacks
):
    EmailAddress.objects.create(user=resident_user, email="typo@example.jp", verified=False)
    sign_in_at(client, resident_user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_email"), {"action_remove": "", "email": "typo@example.jp"})

    assert ["typo@example.jp"] not in [message.to for message in mail.outbox]


def test_a_mail_server_that_is_away_keeps_nobody_out(support, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        for _each in range(2):
            sign_in_at(Client(), support)


def test_a_device_is_known_once_to_a_sign_in(now):
    user = UserFactory.create()
    remember_device(mark="m", is_first=True, by=user, at=now)
    digest = KnownDevice.objects.get().digest

    with pytest.raises(IntegrityError), transaction.atomic():
        KnownDevice.objects.create(user=user, digest=digest, seen_at=now)


def test_a_device_is_forgotten_when_its_browser_has_forgotten_it(now):
    user = UserFactory.create()
    remember_device(mark="kept", is_first=True, by=user, at=now - datetime.timedelta(days=KEPT_DAYS - 1))
    remember_device(mark="old", is_first=True, by=user, at=now - datetime.timedelta(days=KEPT_DAYS + 1))

    forget_old()

    assert KnownDevice.objects.count() == 1
