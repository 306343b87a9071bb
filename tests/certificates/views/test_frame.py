"""Every page of the room in every language and both versions: whole, and without inline code."""

import re

import pytest
from django.urls import reverse

from certificates import actions
from certificates.models import Certificate
from tests.certificates.factories import application, certificate, draft, insurance
from tests.factories import bound_user

LANGUAGES = ["ja", "ja-x-easy", "en"]


@pytest.fixture
def addresses(resident, neighbour, support, now):
    """The addresses of all pages: of a person who begins, and of one who has been through it."""
    beginner = bound_user(resident)
    insurance(resident)
    draft(resident, beginner)
    issued = certificate(neighbour, support)
    person, sent = resident.public_id, issued.application.public_id
    own = [
        (beginner, reverse("certificates:start", args=[person])),
        (beginner, reverse("certificates:question", args=[person, "card"])),
        (beginner, reverse("certificates:verdict", args=[person])),
        (beginner, reverse("certificates:apply", args=[person])),
    ]
    after = [
        (issued.application.applicant, reverse("certificates:received", args=[sent])),
        (issued.application.applicant, reverse("certificates:application", args=[sent])),
        (issued.application.applicant, reverse("certificates:certificate", args=[issued.public_id])),
        (support, reverse("certificates:queue")),
        (support, reverse("certificates:review", args=[sent])),
        (None, reverse("certificates:check")),
        (None, reverse("certificates:check") + f"?code={issued.number}"),
    ]
    return own + after


@pytest.fixture(params=["0", "1"], ids=["standard", "simple"])
def pages(request, client, addresses):
    """Read all pages in one language, as a function of the language."""

    def read(language):
        texts = {}
        for user, address in addresses:
            client.logout()
            if user:
                client.force_login(user)
            client.cookies["django_language"] = language
            client.cookies["simple"] = request.param
            response = client.get(address)
            assert response.status_code == 200, address
            texts[address] = response.content.decode()
        return texts

    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_has_one_heading_a_title_and_its_language(pages, language):
    for address, text in pages(language).items():
        assert len(re.findall(r"<h1[ >]", text)) == 1, address
        assert re.search(r"<title>[^<]{4,}</title>", text), address
        assert f'<html lang="{"en" if language == "en" else "ja"}"' in text, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_holds_inline_code_or_a_hole_in_a_sentence(pages, language):
    for address, text in pages(language).items():
        assert not re.search(r"<[^>]+ (style|on\w+)=", text), address
        assert "<script>" not in text, address
        main = text[text.index("<main") : text.index("</main>")]
        assert not re.search(r"\bNone\b(?! of)|%\(\w+\)s", main), address


def test_every_button_that_changes_something_is_a_form_with_a_token(pages):
    for address, text in pages("ja").items():
        posts = re.findall(r'<form method="post".*?</form>', text, re.S)
        assert all("csrfmiddlewaretoken" in form for form in posts), address


def test_a_returned_application_shows_its_reason_as_text_and_never_as_code(client, resident, support, now):
    sent = application(resident)
    actions.return_application(application=sent, reason="<b>x</b>", by=support, at=now)
    client.force_login(sent.applicant)

    assert "&lt;b&gt;x&lt;/b&gt;" in client.get(sent.get_absolute_url()).content.decode()


def test_a_revoked_certificate_offers_a_way_on(client, resident, support, now):
    issued = certificate(resident, support)
    Certificate.objects.update(revoked_at=now, revocation="facts_changed")
    client.force_login(issued.application.applicant)

    text = client.get(issued.get_absolute_url()).content.decode()

    assert reverse("certificates:start", args=[resident.public_id]) in text
