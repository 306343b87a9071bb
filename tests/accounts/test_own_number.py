"""One's own number: hidden, opened by its owner after a fresh proof, written down and told; no one else's."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts import actions, trail, vault
from accounts.models import AuditEvent, Resident, User
from notices.kinds import KINDS
from notices.models import Notice
from tests import factories
from tests.readers import sign_in

NUMBER = "123456789018"
SHOWN = "1234 5678 9018"
ADDRESS = "/account/number/"


@pytest.fixture(autouse=True)
def _sealed(resident: Resident, now) -> None:
    """The resident has a number."""
    vault.seal(NUMBER, resident=resident, at=now).save()


@pytest.fixture
def fresh(client: Client, resident_user: User) -> Client:
    """The resident, who gave the password a moment ago."""
    return proven(client, resident_user)


def proven(client: Client, user: User) -> Client:
    """Somebody at a browser that reads English, who proved a moment ago who they are."""
    sign_in(client, user)
    assert client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD}).status_code == 302
    return client


def test_the_number_is_hidden_until_it_is_asked_for(fresh) -> None:
    page = fresh.get(ADDRESS)

    assertContains(page, "The number is hidden.")
    for part in (NUMBER, SHOWN, "9018"):
        assertNotContains(page, part)
    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_who_just_proved_who_they_are_sees_it_and_it_is_kept_nowhere(fresh) -> None:
    page = fresh.post(ADDRESS)

    assertContains(page, SHOWN)
    assert "no-store" in page["Cache-Control"]
    assertNotContains(fresh.get(ADDRESS), SHOWN)


def test_that_it_was_opened_stands_in_the_trail_and_is_told(fresh, resident, resident_user) -> None:
    fresh.post(ADDRESS)

    line = trail.lines(AuditEvent.objects.filter(resident=resident), reader=resident_user)[0]
    assert (line.who, str(line.title)) == ("You", "Opened the individual number")
    assert Notice.objects.get().kind == "number.opened"
    notice = fresh.get(f"/notices/{Notice.objects.get().public_id}/")
    assert notice["Location"] == ADDRESS


def test_without_a_fresh_proof_it_is_asked_for_and_the_number_shown_after_it(reader) -> None:
    asked = reader.post(ADDRESS)

    assert "reauthenticate" in asked["Location"]
    assert not AuditEvent.objects.filter(verb="number.opened").exists()
    page = reader.post(asked["Location"], {"password": factories.PASSWORD}, follow=True)
    assertContains(page, SHOWN)
    assert AuditEvent.objects.filter(verb="number.opened").count() == 1


def test_a_wrong_password_opens_nothing(reader) -> None:
    asked = reader.post(ADDRESS)

    page = reader.post(asked["Location"], {"password": "not the password"}, follow=True)

    assertNotContains(page, SHOWN)
    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_a_proof_of_an_hour_ago_is_not_fresh(fresh) -> None:
    session = fresh.session
    hour_ago = (timezone.now() - datetime.timedelta(hours=1)).timestamp()
    session["account_authentication_methods"] = [
        each | {"at": hour_ago} for each in session["account_authentication_methods"]
    ]
    session.save()

    assert "reauthenticate" in fresh.post(ADDRESS)["Location"]


def test_an_agent_sees_the_own_number_only(client, resident, neighbour, neighbour_user, now) -> None:
    factories.authority(agent=neighbour_user, subject=resident)
    vault.seal("876543210987", resident=neighbour, at=now).save()
    proven(client, neighbour_user)

    page = client.post(ADDRESS, {"resident": resident.public_id, "resident_id": resident.pk})

    assertContains(page, "8765 4321 0987")
    assertNotContains(page, SHOWN)


@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_never_see_a_number_not_even_their_own(method, client, resident_user) -> None:
    resident_user.role = "support"
    resident_user.save()
    sign_in(client, resident_user)

    assert getattr(client, method)(ADDRESS).status_code == 403
    assert not AuditEvent.objects.filter(verb="number.opened").exists()


def test_whose_number_is_not_known_is_told_so_and_nothing_is_written_down(client, neighbour_user) -> None:
    page = proven(client, neighbour_user).post(ADDRESS)

    assertContains(page, "We do not hold your individual number")
    assert not Notice.objects.exists()


def test_where_it_cannot_be_told_it_is_not_opened(resident_user, now, monkeypatch) -> None:
    monkeypatch.delitem(KINDS, "number.opened")

    with pytest.raises(KeyError):
        actions.look_at_own_number(by=resident_user, at=now)

    assert not AuditEvent.objects.filter(verb="number.opened").exists()
