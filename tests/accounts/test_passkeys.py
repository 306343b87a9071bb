"""Staff come in by passkey; a stolen password opens nothing and adds no passkey to one that is there."""

import io

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.checks import staff_need_a_passkey
from accounts.models import AuditEvent, Session, User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
DESK, PROVE, SET_UP = "/desk/", "/account/2fa/webauthn/reauthenticate/", "/account/2fa/webauthn/add/"
PUBLIC = ["/figures/", "/institutions/", "/certificates/check/", "/health/live/"]


@pytest.fixture(autouse=True)
def _as_in_production(settings) -> None:
    settings.STAFF_PASSKEY_REQUIRED = True


def passkey(user: User) -> Authenticator:
    """A passkey that the user has; what it signs is tried in a browser (tests/journeys)."""
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "鍵"})


def came_in(user: User, *, by: Authenticator | None = None) -> Client:
    """The user at a browser, signed in by password, or by this second factor."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(user)
    session = browser.session
    request = RequestFactory().get("/")
    request.session, request.user = session, AnonymousUser()
    record_authentication(request, user, method="password")
    if by:
        record_authentication(request, user, method="mfa", id=by.pk, type=by.type)
    session.save()
    return browser


def test_staff_without_a_passkey_see_only_the_page_that_sets_one_up(support):
    browser = came_in(support)

    answer = browser.get(DESK)

    assert answer.url.startswith(SET_UP)
    assert browser.get(answer.url).url.startswith(reverse("account_reauthenticate"))
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.get(SET_UP).status_code == 200


def test_staff_who_have_a_passkey_are_asked_for_it_and_led_back(support):
    passkey(support)
    browser = came_in(support)

    answer = browser.get("/desk/?state=corrected")

    assert answer.url == f"{PROVE}?next=%2Fdesk%2F%3Fstate%3Dcorrected"


def test_a_passkey_that_was_shown_in_this_session_opens_the_desk(support):
    browser = came_in(support, by=passkey(support))

    assert browser.get(DESK).status_code == 200
    assert came_in(support).get(DESK).url.startswith(PROVE)


@pytest.mark.parametrize(
    "name",
    [
        "mfa_add_webauthn",
        "mfa_activate_totp",
        "mfa_index",
        "mfa_list_webauthn",
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "accounts:sessions",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_with_a_stolen_password_nobody_changes_how_staff_sign_in(support, name, method):
    passkey(support)
    thief = came_in(support)

    answer = getattr(thief, method)(reverse(name), {"password": PASSWORD})

    assert answer.url.startswith(PROVE)


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES])
def test_a_code_from_an_app_or_from_paper_can_be_fished_and_does_not_do(support, kind):
    passkey(support)
    code = Authenticator.objects.create(user=support, type=kind, data={})

    browser = came_in(support, by=code)

    assert browser.get(DESK).url.startswith(PROVE)


def test_a_passkey_that_was_taken_away_counts_no_more(support):
    key = passkey(support)
    browser = came_in(support, by=key)
    assert browser.get(DESK).status_code == 200

    key.delete()

    assert browser.get(DESK).url.startswith(SET_UP)


@pytest.mark.parametrize("name", ["account_reauthenticate", "mfa_reauthenticate"])
def test_staff_who_are_in_show_again_that_it_is_them_by_passkey_only(support, name):
    browser = came_in(support, by=passkey(support))

    answer = browser.post(reverse(name), {"password": PASSWORD})

    assert answer.url == PROVE


def test_what_is_sent_before_the_passkey_was_shown_is_not_done(support):
    passkey(support)

    answer = came_in(support).post("/account/sessions/end/")

    assert answer.url == f"{PROVE}?next=%2F"
    assert not AuditEvent.objects.filter(verb="session.ended").exists()


def test_residents_and_visitors_are_not_asked(reader):
    assert reader.get("/").status_code == 200
    assert Client().get("/account/login/").status_code == 200


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_stay_open_to_staff_who_have_shown_nothing(support, address):
    assert came_in(support).get(address).status_code == 200


def test_staff_who_have_shown_nothing_can_sign_out(support):
    browser = came_in(support)

    browser.post(reverse("account_logout"))

    assert not Session.objects.filter(user=support).exists()


def test_an_installation_may_do_without(support, settings):
    settings.STAFF_PASSKEY_REQUIRED = False

    assert came_in(support).get(DESK).status_code == 200
    assert [warning.id for warning in staff_need_a_passkey()] == ["accounts.W001"]


def test_one_that_asks_for_passkeys_is_not_warned():
    assert staff_need_a_passkey() == []


def test_the_question_costs_one_query(support, django_assert_num_queries, settings):
    browser = came_in(support, by=passkey(support))
    browser.get("/account/sessions/stay/")

    with django_assert_num_queries(3):  # session, user, passkeys
        browser.get("/account/sessions/stay/")


def test_who_lost_every_passkey_sets_up_a_new_one_after_a_command(support):
    browser = came_in(support, by=passkey(support))

    call_command("forget_passkeys", support.email.upper(), stdout=io.StringIO())

    assert browser.get(DESK).url.startswith(reverse("account_login"))
    assert came_in(support).get(DESK).url.startswith(SET_UP)
    assert AuditEvent.objects.get(verb="sign_in.changed").purpose == "second factor lost"


def test_the_command_says_where_there_is_no_such_sign_in():
    with pytest.raises(CommandError, match="no sign-in"):
        call_command("forget_passkeys", "nobody@example.jp")
