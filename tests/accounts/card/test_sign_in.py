"""Sign-in with the card, against a real provider that runs as a process of its own."""

import io
import logging
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import AuditEvent, Card, Session, User
from accounts.sessions import SessionStore
from notices.models import Notice
from tests.factories import PASSWORD, ResidentFactory, bound_user
from tests.readers import sign_in

pytestmark = [pytest.mark.process, pytest.mark.django_db]
START, BACK, CONNECT = "/account/card/", "/account/card/back/", "/account/card/connect/"
CLAIMS = ("1985-04-02", "高砂", "花子")


def prove(client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_the_question_is_as_the_agency_asks_for_it(question, running):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(question()).query).items()}

    assert asked.pop("redirect_uri") == "http://localhost:8000/account/card/back/"
    assert {len(asked.pop(name)) for name in ("state", "nonce", "code_challenge")} == {43}
    assert asked == {
        "response_type": "code",
        "client_id": "tsunagari",
        "scope": "openid name address birthdate gender",
        "code_challenge_method": "S256",
        "acr_values": "aal3",
        "max_age": "0",
    }


def test_the_card_opens_the_sign_in_with_which_it_is_connected(client, come_back, card, resident_user):
    answer = come_back()

    assert answer.url == reverse("portal:home")
    assert client.session["_auth_user_id"] == str(resident_user.pk)
    assert client.get("/").status_code == 200


def test_a_second_factor_that_somebody_set_up_is_asked_for_after_the_card_too(
    client, come_back, card, resident_user
):
    Authenticator.objects.create(user=resident_user, type=Authenticator.Type.TOTP, data={"secret": "S"})

    assert come_back().url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_card_that_nobody_connected_makes_no_sign_in_and_leaves_nothing(client, come_back, resident_user):
    answer = come_back()

    assert answer.templates[0].name == "portal/unbound.html"
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session
    kept = "".join(str(SessionStore().decode(session.session_data)) for session in Session.objects.all())
    assert [claim for claim in CLAIMS if claim in kept] == []


def test_what_stands_on_the_card_is_in_no_table_but_the_register_and_in_no_log(
    client, come_back, card, caplog
):
    caplog.set_level(logging.DEBUG)
    come_back()

    written = caplog.text + "".join(
        str(row)
        for table in ("accounts_card", "accounts_session", "accounts_auditevent")
        for row in rows(table)
    )

    assert [claim for claim in CLAIMS if claim in written] == []


def rows(table: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return cursor.fetchall()


def test_whoever_stops_at_the_provider_reads_that_nothing_was_changed(client, come_back, card):
    answer = come_back("-")

    assert answer.status_code == 400
    assert "中止しました" in answer.content.decode()


def test_an_inactive_sign_in_is_not_opened(client, come_back, card, resident_user):
    User.objects.filter(pk=resident_user.pk).update(is_active=False)

    assert come_back().url == reverse("account_inactive")


def test_the_card_of_another_person_than_the_sign_in_opens_nothing(client, come_back, card, resident):
    resident.birth_date = "1985-04-03"
    resident.save()

    assert come_back().status_code == 400
    assert "_auth_user_id" not in client.session


def test_connecting_wants_a_fresh_proof_and_then_ends_other_sessions_and_is_told(
    client, running, resident_user, come_back_to_connect
):
    other = sign_in(type(client)(), resident_user)
    sign_in(client, resident_user)
    assert "reauthenticate" in client.get(CONNECT).url
    prove(client)

    answer = come_back_to_connect()

    assert answer.url == reverse("mfa_index")
    assert Card.objects.get().user == resident_user
    assert other.get("/").status_code == 302
    assert Notice.objects.filter(kind="sign_in.changed").count() == 1
    assert AuditEvent.objects.filter(verb="sign_in.changed").count() == 1


def test_a_card_of_somebody_else_is_not_connected(client, running, resident_user, come_back_to_connect):
    prove(sign_in(client, resident_user))

    assert come_back_to_connect("taro").status_code == 400
    assert not Card.objects.exists()


def test_a_card_opens_one_sign_in_only(client, running, card, come_back_to_connect):
    twin = bound_user(ResidentFactory.create())  # of the same name, birth date and address
    prove(sign_in(client, twin))

    assert come_back_to_connect().status_code == 400
    assert Card.objects.get().user == card.user


def test_staff_connect_no_card(client, running, support):
    prove(sign_in(client, support))

    assert client.get(CONNECT).status_code == 403
    assert client.get(f"{CONNECT}go/").status_code == 403


def test_a_card_that_is_taken_off_opens_nothing_and_that_is_told(client, come_back, card, resident_user):
    come_back()
    prove(client)

    client.post(reverse("accounts:card_forget"))

    assert not Card.objects.exists()
    assert Notice.objects.filter(kind="sign_in.changed").exists()


def test_somebody_elses_card_is_not_taken_off(client, running, card, neighbour_user):
    prove(sign_in(client, neighbour_user))

    assert client.post(reverse("accounts:card_forget")).status_code == 404
    assert Card.objects.exists()


@pytest.mark.parametrize("address", [START, BACK])
def test_without_a_provider_nothing_of_it_is_there(client, db, address):
    assert client.get(address).status_code == 404
    assert START not in client.get(reverse("account_login")).content.decode()


def test_with_one_it_is_offered(client, running):
    assert START in client.get(reverse("account_login")).content.decode()


def test_a_provider_that_is_away_is_said_and_other_ways_stay(client, running, settings):
    settings.OIDC_ISSUER = "http://localhost:1"

    answer = client.get(START)

    assert answer.status_code == 503
    assert reverse("account_login") in answer.content.decode()


def test_who_tries_too_often_waits_a_minute(client, running, time_machine):
    time_machine.move_to("2026-11-27T10:00:10+09:00", tick=False)
    statuses = [client.get(START).status_code for _each in range(21)]

    assert statuses == [302] * 20 + [429]


def test_the_preflight_names_what_is_missing(running, settings):
    settings.OIDC_CLIENT_ID = ""

    with pytest.raises(Exception, match="OIDC_CLIENT_ID is not"):
        call_command("check", stdout=io.StringIO())


def test_a_production_wants_to_know_how_the_card_is_read(running, settings):
    settings.OIDC_ACR, settings.OIDC_WITHOUT_TLS = [], False

    with pytest.raises(Exception, match="OIDC_ACR is not"):
        call_command("check", stdout=io.StringIO())


def test_a_card_is_somebodys_and_opens_one_sign_in(card, neighbour_user, now):
    for issuer, subject in ((card.issuer, card.subject), ("", "x"), ("https://x", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Card.objects.create(user=neighbour_user, issuer=issuer, subject=subject, connected_at=now)
