"""What stands around the content of every page, and the pages that allauth and errors show in it."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertInHTML, assertNotContains

from accounts.display import SIMPLE_COOKIE
from accounts.models import User

STATIC = Path(settings.BASE_DIR) / "static"


@pytest.fixture
def visitor(client: Client) -> Client:
    """Somebody who is not signed in and reads English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def base(**context: object) -> str:
    frame = {"html_lang": "en", "language": "en", "languages": [("en", "English")], "support_phone": "0120"}
    request = RequestFactory().get("/somewhere/?page=2")
    with override("en"):
        return render_to_string("base.html", {"request": request, **frame, **context})


@pytest.mark.parametrize(("language", "lang"), [("ja", "ja"), ("ja-x-easy", "ja"), ("en", "en")])
@pytest.mark.django_db
def test_a_page_says_in_which_language_it_is_written(client, language, lang):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = client.get(reverse("account_login"))

    assertContains(response, f'<html lang="{lang}">')


@pytest.mark.django_db
def test_each_language_is_offered_in_its_own_words(visitor):
    response = visitor.get(reverse("account_login"))

    assertContains(response, '<button name="language" value="ja" lang="ja">日本語</button>', html=True)
    assertContains(response, ">やさしい にほんご</button>")
    assertContains(response, 'value="en" lang="en" aria-current="true"')


def switch(value: str, words: str) -> str:
    """The header's button for the other version of the page."""
    address = reverse("portal:display")
    return f'<button class="tool" formaction="{address}" name="simple" value="{value}">{words}</button>'


@pytest.mark.django_db
def test_the_standard_version_offers_the_simple_one(visitor):
    response = visitor.get(reverse("account_login"))

    assertContains(response, switch("1", "Simple view"), html=True)
    assertNotContains(response, 'class="simple')


@pytest.mark.django_db
def test_the_simple_version_offers_the_standard_one(visitor):
    visitor.cookies[SIMPLE_COOKIE] = "1"

    response = visitor.get(reverse("account_login"))

    assertContains(response, switch("0", "Standard view"), html=True)
    assertContains(response, '<body class="simple ')


def test_the_switches_lead_back_to_the_same_page():
    html = base()

    (form,) = re.findall(r'<form class="tools".*?</form>', html, re.DOTALL)
    assert f'action="{reverse("set_language")}"' in form
    assert '<input type="hidden" name="next" value="/somewhere/?page=2">' in form


def test_the_way_between_pages_stands_below_the_content_in_the_simple_version():
    standard, simple = base(), base(simple=True)

    assert standard.index('class="nav"') < standard.index("<main")
    assert simple.index('class="nav"') > simple.index("</main>")


def test_the_first_link_leads_to_the_content():
    html = base()

    assert html.index('<a class="skip" href="#main">') < html.index("<header")
    assert '<main id="main" tabindex="-1">' in html


def test_every_page_names_the_telephone_number():
    html = base(support_phone="0120-000-000")

    assertInHTML('<a class="phone num" href="tel:0120-000-000">0120-000-000</a>', html)


def test_staff_are_not_given_the_residents_telephone_number():
    html = base(user=User(role="support"), support_phone="0120-000-000")

    assert "0120-000-000" not in html
    assert reverse("portal:figures") in html


def test_the_pages_of_a_represented_person_carry_the_name():
    html = base(subject_band="Sato Ren")

    assertInHTML("<p>You are looking at the records of <strong>Sato Ren</strong>.</p>", html)


def test_ones_own_pages_carry_no_band():
    assert 'class="band"' not in base(subject_band="")


@pytest.mark.parametrize(
    ("level", "tone", "role"),
    [
        (constants.SUCCESS, "ok", "status"),
        (constants.WARNING, "attention", "status"),
        (constants.ERROR, "wrong", "alert"),
        (constants.INFO, "info", "status"),
    ],
)
def test_a_message_is_shown_with_the_sign_of_its_level(level, tone, role):
    html = base(messages=[Message(level, "Done.")])

    assert f'<div class="banner {tone}" role="{role}">' in html
    assert f'<use href="#i-{tone}"/></svg>Done.' in html


def test_residents_see_their_own_pages_and_how_many_notices_are_new():
    html = base(user=User(), unread_notices=3)

    assert reverse("portal:inbox") in html
    assert reverse("desk:queue") not in html
    assertInHTML('<span class="count num">3<span class="hide"> unread</span></span>', html)


def test_staff_see_the_desk():
    html = base(user=User(role="support"))

    assert reverse("desk:queue") in html
    assert reverse("portal:inbox") not in html


def test_the_desk_is_wider_and_has_two_columns():
    with override("en"):
        html = render_to_string("desk_base.html", {"languages": [], "user": User(role="support")})

    assert '<body class="desk">' in html
    assert '<div class="columns">' in html


@pytest.mark.django_db
def test_signing_in_offers_the_code_by_email_first_and_a_new_sign_in_last(visitor):
    html = visitor.get(reverse("account_login")).content.decode()

    assert html.index("Send me a code") < html.index("Sign in with a passkey") < html.index("id_password")
    assert "<div data-passkey hidden>" in html
    assert html.index("id_password") < html.index(reverse("account_signup"))


@pytest.mark.django_db
def test_a_wrong_password_is_said_at_the_top_and_the_form_stays_open(visitor):
    response = visitor.post(reverse("account_login"), {"login": "nobody@example.jp", "password": "wrong"})

    assertContains(response, "data-focus")
    assertContains(response, '<details class="fold" open>')


@pytest.mark.django_db
def test_asking_for_a_code_without_an_address_says_what_to_do(visitor):
    response = visitor.post(reverse("account_request_login_code"), {"email": ""})

    assertContains(response, 'href="#id_email"')
    assertContains(response, 'aria-describedby="id_email_error"')


@pytest.mark.django_db
def test_a_missing_page_is_said_in_our_frame(visitor):
    response = visitor.get("/no/such/page/")

    assertContains(response, "This page is not here", status_code=404)
    assertContains(response, "0120-000-000", status_code=404)


@pytest.mark.parametrize(
    ("name", "title", "easy"),
    [
        ("500.html", "うまく表示できませんでした", "ひらいて ください"),
        ("503.html", "いまは受け付けられません", "ためして ください"),
    ],
)
def test_the_pages_of_last_resort_need_nothing_and_speak_three_languages(name, title, easy):
    html = render_to_string(name)

    assert title in html
    assert easy in html
    assert '<p lang="en">' in html


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("css/portal.css", 8_000),
        ("css/help.css", 1_500),
        ("js/portal.js", 2_000),
        ("js/aloud.js", 1_500),
        ("js/keep.js", 1_500),
        ("img/mark.svg", 500),
    ],
)
def test_what_every_page_loads_stays_light(name, limit):
    assert len(gzip.compress((STATIC / name).read_bytes())) < limit
