"""The public page: four answers without sign-in."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from accounts.models import Resident
from certificates.models import Certificate
from certificates.paper import check_url
from tests.certificates.factories import certificate

CHECK = "certificates:check"
NOON = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)  # noon in Japan


def ask(client, code):
    """Enter a number or code."""
    return client.get(reverse(CHECK), {"code": code})


@pytest.fixture
def issued(resident, support):
    """A certificate that is valid today."""
    return certificate(resident, support)


def test_anybody_may_ask_and_sees_only_the_form_first(client, db):
    page = client.get(reverse(CHECK))

    assert page.status_code == 200
    assert "checked" not in page.context


def test_a_valid_certificate_shows_name_and_birthday_in_part_only(client, resident, issued):
    page = ask(client, issued.number)
    text = page.content.decode()

    assert page.context["checked"].answer == "valid"
    assert "見●　●●" in text
    for secret in [resident.name, "1985", "ミホン", "0025568", "さいたま市"]:
        assert secret not in text


def test_the_address_in_the_qr_opens_the_answer(client, issued):
    _host, path = check_url(issued.token).removeprefix("http://").split("/", 1)

    page = client.get(f"/{path}")

    assert page.context["checked"].answer == "valid"


def test_a_revoked_one_says_what_to_do(client, issued, now):
    Certificate.objects.update(revoked_at=now, revocation="replaced")

    page = ask(client, issued.token)

    assert page.context["checked"].answer == "not_valid"
    assert str(page.context["fault"]) in page.content.decode()


def test_an_outdated_one_is_not_valid_before_any_task_ran(client, resident, issued):
    Resident.objects.update(name="見本　花")

    assert ask(client, issued.token).context["checked"].answer == "not_valid"


def test_an_unknown_number_is_not_one_of_ours(client, db):
    page = ask(client, "C-0000-0000")

    assert page.context["checked"].answer == "not_ours"
    assert page.status_code == 200


@override_settings(CERTIFICATE_KEY="broken")
def test_a_failure_of_ours_is_never_shown_as_not_valid(client, issued):
    page = client.get(reverse(CHECK), {"code": issued.token}, headers={"accept-language": "en"})

    assert page.context["checked"].answer == "unavailable"
    assert "not valid" not in page.content.decode().lower()


@pytest.mark.django_db(transaction=True)
def test_a_failing_database_is_never_shown_as_not_valid(client, resident, support):
    number = certificate(resident, support).number
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE certificates_certificate RENAME TO elsewhere")
    try:
        page = ask(client, number)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE elsewhere RENAME TO certificates_certificate")

    assert (page.status_code, page.context["checked"].answer) == (200, "unavailable")


def test_nothing_entered_asks_for_a_number(client, db):
    page = ask(client, " ")

    assert page.context["form"].errors["code"]
    assert "checked" not in page.context


def test_a_text_of_any_length_is_answered(client, db):
    page = ask(client, "x" * 5000)

    assert page.status_code == 200
    assert page.context["form"].errors["code"]


def test_the_answer_is_kept_by_no_browser(client, issued):
    page = ask(client, issued.token)

    assert "no-store" in page.headers["Cache-Control"]


def test_who_is_signed_in_gets_the_same_answer(client, resident, resident_user, support):
    issued = certificate(resident, support, resident_user)
    client.force_login(resident_user)

    assert ask(client, issued.number).context["checked"].name == "見●　●●"


# a number is counted too, here in the database: with Redis as cache it costs what a code costs
@pytest.mark.parametrize(("asked", "most"), [("token", 6), ("number", 11)])
def test_an_answer_costs_few_queries(client, issued, django_assert_max_num_queries, asked, most):
    with django_assert_max_num_queries(most):
        ask(client, getattr(issued, asked))


@time_machine.travel(NOON, tick=False)
def test_numbers_are_not_to_be_tried_by_a_machine(client, issued):
    answers = [ask(client, issued.number).context["checked"].answer for _try in range(31)]

    assert answers == ["valid"] * 30 + ["unavailable"]


def test_codes_are_read_as_often_as_a_clinic_wants(client, issued):
    answers = {ask(client, issued.token).context["checked"].answer for _try in range(31)}

    assert answers == {"valid"}
