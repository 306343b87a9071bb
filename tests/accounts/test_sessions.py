"""How long a sign-in lasts, where it is open, and how it is ended."""

import datetime
import sqlite3
import time
from contextlib import closing

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import tasks
from accounts.models import Session
from tests.factories import PASSWORD
from tests.readers import sign_in

MINUTE = datetime.timedelta(minutes=1)
PAGE = "/account/sessions/"


@pytest.fixture
def clock(time_machine):
    """A clock that stands still until a test moves it."""
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


@pytest.fixture
def elsewhere(resident_user) -> Client:
    """The resident at a second device."""
    return sign_in(Client(), resident_user)


def test_a_session_knows_whose_it_is_and_ends_in_fifteen_minutes(reader, resident_user) -> None:
    session = Session.objects.get()

    assert session.user == resident_user
    assert 14 * MINUTE < session.expire_date - timezone.now() <= 15 * MINUTE


def test_after_fifteen_minutes_without_a_page_one_is_signed_out(clock, reader) -> None:
    clock.shift(15 * MINUTE)

    assert reader.get(PAGE).status_code == 302


def test_each_page_puts_the_end_off(clock, reader) -> None:
    for _each in range(3):
        clock.shift(14 * MINUTE)

        assert reader.get(PAGE).status_code == 200


def test_after_twelve_hours_one_is_signed_out_whatever_one_did(clock, reader) -> None:
    pages = []
    for _each in range(72):
        clock.shift(10 * MINUTE)
        pages.append(reader.get(PAGE).status_code)

    assert pages == [200] * 71 + [302]


def test_what_is_stored_in_a_session_gives_it_no_more_than_twelve_hours(clock, reader) -> None:
    for _each in range(71):
        clock.shift(10 * MINUTE)
        reader.get(PAGE)
    held = reader.session
    held["something"] = "else"
    held.save()

    clock.shift(10 * MINUTE)

    assert reader.get(PAGE).status_code == 302


def test_two_pages_at_once_write_nothing_more(reader, django_assert_num_queries) -> None:
    with django_assert_num_queries(3):  # session, user, the list of sessions
        reader.get(PAGE)


def test_every_page_says_until_when_and_how_to_stay(reader) -> None:
    page = reader.get("/")

    assertContains(page, "If you open no page, you are signed out on")
    assertContains(page, reverse("accounts:stay"))


def test_who_is_not_signed_in_reads_nothing_of_it(client, db) -> None:
    assertNotContains(client.get("/account/login/"), reverse("accounts:stay"))


def test_the_page_to_stay_tells_the_new_end(clock, reader) -> None:
    clock.shift(10 * MINUTE)

    page = reader.get(reverse("accounts:stay"))

    assertContains(page, "You stay signed in")
    assert Session.objects.get().expire_date - timezone.now() > 14 * MINUTE


def test_every_device_is_listed_and_this_one_is_marked(reader, elsewhere, neighbour_user) -> None:
    Client().force_login(neighbour_user)

    page = reader.get(PAGE)

    assert len(page.context["sessions"]) == 2
    assert page.context["sessions"][0].session_key == reader.session.session_key
    assertContains(page, "This device", count=1)


def test_a_sign_in_names_its_device(client, resident_user) -> None:
    client.post(
        reverse("account_login"),
        {"login": resident_user.email, "password": PASSWORD},
        headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1"},
    )

    assert Session.objects.get(user=resident_user).device == "Safari, iPhone"


def prove(browser: Client) -> None:
    """Give the password once more."""
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_without_a_fresh_proof_no_device_is_signed_out(reader, elsewhere) -> None:
    answer = reader.post(reverse("accounts:end_others"))

    assert "reauthenticate" in answer.url
    assert elsewhere.get(PAGE).status_code == 200


def test_another_device_is_signed_out(reader, elsewhere) -> None:
    session = Session.objects.get(session_key=elsewhere.session.session_key)

    prove(reader)
    response = reader.post(reverse("accounts:end", args=[session.public_id]))

    assertRedirects(response, PAGE)
    assert elsewhere.get(PAGE).status_code == 302


def test_nobody_ends_a_session_of_somebody_else(reader, neighbour_user) -> None:
    other = Client()
    other.force_login(neighbour_user)

    prove(reader)
    response = reader.post(reverse("accounts:end", args=[Session.objects.get(user=neighbour_user).public_id]))

    assert response.status_code == 404
    assert other.get(PAGE).status_code == 200


def test_all_other_devices_are_signed_out_and_this_one_stays(reader, elsewhere) -> None:
    prove(reader)
    reader.post(reverse("accounts:end_others"))

    assert elsewhere.get(PAGE).status_code == 302
    assert reader.get(PAGE).status_code == 200


def test_a_new_password_signs_out_everywhere_else(reader, elsewhere) -> None:
    new = "a quite different long sentence"

    reader.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password": new, "password1": new, "password2": new},
    )

    assert elsewhere.get(PAGE).status_code == 302
    assert reader.get(PAGE).status_code == 200


def test_an_ended_session_leaves_no_row(clock, reader, resident_user) -> None:
    clock.shift(16 * MINUTE)
    fresh = sign_in(Client(), resident_user)

    tasks.sweep_sessions()

    assert Session.objects.get().session_key == fresh.session.session_key


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere a writer locks rows, not everything")
@pytest.mark.django_db(transaction=True)
def test_while_a_file_goes_in_pages_are_read_without_waiting(clock, reader) -> None:
    clock.shift(10 * MINUTE)
    end = Session.objects.get().expire_date

    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        page = reader.get(PAGE)
        waited = time.monotonic() - began
        writer.rollback()

    assert (page.status_code, Session.objects.get().expire_date) == (200, end)
    assert waited < connection.settings_dict["OPTIONS"]["timeout"] / 2
    reader.get(PAGE)
    assert Session.objects.get().expire_date > end
