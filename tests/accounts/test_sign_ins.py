"""Signing in, failing to, and signing out stand in the trail of the sign-in's owner."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent, User
from tests import factories

WRONG = "a wrong sentence as password"


def come_in(client: Client, login: str, password: str = factories.PASSWORD):  # noqa: ANN201
    """Send the page of signing in."""
    return client.post(reverse("account_login"), {"login": login, "password": password})


def written() -> list[tuple]:
    """What the trail holds."""
    return list(AuditEvent.objects.order_by("pk").values_list("verb", "actor", "resident"))


def test_signing_in_and_out_are_written(client, resident, resident_user) -> None:
    come_in(client, resident_user.email)
    client.post(reverse("account_logout"))

    assert written() == [
        ("sign_in.done", resident_user.pk, resident.pk),
        ("sign_in.left", resident_user.pk, resident.pk),
    ]


def test_a_wrong_password_is_written_without_it_and_is_nobody_s_deed(client, resident, resident_user) -> None:
    come_in(client, resident_user.email.upper(), WRONG)

    assert written() == [("sign_in.failed", None, resident.pk)]
    event = AuditEvent.objects.get()
    assert WRONG not in "".join(str(value) for value in vars(event).values())
    assert resident_user.email not in "".join(str(value) for value in vars(event).values())


def test_a_wrong_password_when_proving_it_again_is_written_too(client, resident, resident_user) -> None:
    client.force_login(resident_user)
    AuditEvent.objects.all().delete()

    client.post(reverse("account_reauthenticate"), {"password": WRONG})

    assert ("sign_in.failed", None, resident.pk) in written()


def test_an_unknown_address_gets_the_same_answer_after_the_same_work(client, resident_user, db) -> None:
    answers, queries = [], []
    for login in (resident_user.email, "nobody@example.jp"):
        with CaptureQueriesContext(connection) as asked:
            answers.append(come_in(Client(), login, WRONG))
        queries.append(
            [
                query["sql"].split()[0:3]
                for query in asked
                if "auditevent" in query["sql"] or "binding" in query["sql"]
            ]
        )

    assert answers[0].status_code == answers[1].status_code
    assert queries[0] == queries[1]
    assert [row[2] for row in written()] == [AuditEvent.objects.order_by("pk").first().resident_id, None]


@pytest.mark.parametrize("role", ["", "support"])
def test_a_sign_in_that_is_nobody_s_is_written_about_nobody(client, role, settings, db) -> None:
    settings.STAFF_PASSKEY_REQUIRED = False
    user: User = factories.UserFactory.create(role=role)

    come_in(client, user.email)

    assert ("sign_in.done", user.pk, None) in written()


def test_a_wrong_code_of_an_app_is_written_as_nobody_s_deed(client, resident, resident_user) -> None:
    TOTP.activate(resident_user, generate_totp_secret())
    come_in(client, resident_user.email)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert written() == [("sign_in.code_failed", None, resident.pk)]


def test_a_wrong_code_of_a_mail_is_written_as_nobody_s_deed(client, resident, resident_user) -> None:
    client.post(reverse("account_request_login_code"), {"email": resident_user.email})
    client.post(reverse("account_confirm_login_code"), {"code": "WRONGONE"})

    assert written() == [("sign_in.code_failed", None, resident.pk)]
