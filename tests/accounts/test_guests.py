"""For seven days after it was connected a sign-in unmasks, issues and re-addresses nothing."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts import actions, vault
from accounts.models import AuditEvent, Binding
from accounts.models.authority import GUEST_FOR
from accounts.refusal import AccountError
from certificates.actions import download
from certificates.refusal import CertificateError
from links.actions import LinkError, open_details
from tests import factories
from tests.certificates import factories as certificates
from tests.readers import sign_in

SECOND = datetime.timedelta(seconds=1)
NEW_ADDRESS = {"action_add": "", "email": "other@example.jp"}


@pytest.fixture
def guest(resident_user, now):
    """The resident, whose sign-in was connected just now."""
    resident_user.bindings.update(bound_at=now)
    return resident_user


@pytest.fixture
def at_browser(client, guest):
    """The guest, who proved a moment ago who they are, at a browser that reads English."""
    sign_in(client, guest)
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    return client


def test_a_guest_is_one_for_seven_days_to_the_second(guest, now) -> None:
    almost, over = now + GUEST_FOR - SECOND, now + GUEST_FOR

    assert Binding.objects.guest_until(guest, at=almost) == over
    assert Binding.objects.guest_until(guest, at=over) is None


def test_a_binding_that_ended_makes_nobody_a_guest(guest, now) -> None:
    guest.bindings.update(ended_at=now)

    assert Binding.objects.guest_until(guest, at=now) is None


def test_a_guest_opens_no_details(guest, link, now) -> None:
    with pytest.raises(LinkError):
        open_details(link=link, by=guest, at=now)

    assert not AuditEvent.objects.filter(verb="record.details_opened").exists()
    assert open_details(link=link, by=guest, at=now + GUEST_FOR)


def test_who_acts_for_somebody_with_a_new_sign_in_opens_no_details_either(link, neighbour_user, now) -> None:
    factories.authority(agent=neighbour_user, subject=link.resident)
    neighbour_user.bindings.update(bound_at=now)

    with pytest.raises(LinkError):
        open_details(link=link, by=neighbour_user, at=now)


def test_the_page_of_a_record_says_from_when_its_details_open(at_browser, link) -> None:
    page = at_browser.get(link.get_absolute_url())
    opened = at_browser.post(reverse("links:details", args=[link.public_id]), follow=True)

    assertContains(page, "Your sign-in is new. You can open this from")
    assertNotContains(page, "Show the details")
    assertContains(opened, "connected less than 7 days ago")
    assertNotContains(opened, link.details["account_number"])


def test_a_guest_sees_no_number(at_browser, guest, resident, now) -> None:
    vault.seal("123456789018", resident=resident, at=now).save()

    page = at_browser.get("/account/number/")
    asked = at_browser.post("/account/number/", follow=True)

    assertContains(page, "Your sign-in is new. You can open this from")
    assertNotContains(asked, "1234 5678 9018")
    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_who_was_connected_by_letter_never_sees_the_number(resident_user, resident, now) -> None:
    vault.seal("123456789018", resident=resident, at=now).save()
    resident_user.bindings.update(method="letter", assurance="substantial")

    with pytest.raises(AccountError):
        actions.look_at_own_number(by=resident_user, at=now)

    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_nothing_is_issued_to_a_guest(guest, resident, support, now) -> None:
    application = certificates.application(resident, by=guest)

    with pytest.raises(CertificateError):
        certificates.issued(application, support, at=now)

    assert certificates.issued(application, support, at=now + GUEST_FOR)


def test_a_guest_downloads_nothing_that_was_issued_before(resident, resident_user, support, now) -> None:
    certificate = certificates.certificate(resident, support, by=resident_user)
    resident_user.bindings.update(bound_at=now)

    with pytest.raises(CertificateError):
        download(certificate=certificate, by=resident_user, at=now)


def test_staff_are_told_why_it_cannot_be_issued_yet(client, guest, resident, support) -> None:
    application = certificates.application(resident, by=guest)
    client.force_login(support)

    page = client.get(reverse("certificates:review", args=[application.public_id]))

    assertContains(page, "まだ発行できません")
    assertNotContains(page, reverse("certificates:issue", args=[application.public_id]))


def test_a_guest_s_codes_and_notices_go_nowhere_else(at_browser, guest) -> None:
    at_browser.post(reverse("account_email"), NEW_ADDRESS)
    assert not EmailAddress.objects.filter(email=NEW_ADDRESS["email"]).exists()

    guest.bindings.update(bound_at=timezone.now() - GUEST_FOR)
    at_browser.post(reverse("account_email"), NEW_ADDRESS)
    assert EmailAddress.objects.filter(email=NEW_ADDRESS["email"]).exists()


@pytest.mark.parametrize(
    ("method", "assurance", "words"),
    [
        ("counter", "high", "High: an identity document was checked"),
        ("letter", "substantial", "Medium: a letter reached the registered address"),
    ],
)
def test_everyone_sees_how_their_sign_in_was_connected(method, assurance, words, reader, resident) -> None:
    resident.bindings.update(method=method, assurance=assurance)

    page = reader.get("/account/identity/")

    assertContains(page, words)
    assertContains(page, resident.name)


@pytest.mark.parametrize(
    ("method", "assurance"), [("letter", "high"), ("card", "substantial"), ("counter", ""), ("mail", "high")]
)
def test_how_sure_it_is_follows_from_the_method(method, assurance, resident, now) -> None:
    user = factories.UserFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.binding(user=user, resident=resident, method=method, assurance=assurance)


def test_a_binding_does_not_end_before_it_began(resident_user, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        resident_user.bindings.update(ended_at=now - datetime.timedelta(days=31))
