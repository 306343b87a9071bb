"""Searching help: in Japanese, easy Japanese or English, whatever language the page is in."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.help.search import MOST_HITS, search

FOUND = [
    ("コンビニで他人の住民票が出た", "printer"),
    ("ｺﾝﾋﾞﾆ", "printer"),
    ("printer", "printer"),
    ("konbini", "printer"),
    ("保険証が使えない", "refused"),
    ("doctor refused my insurance", "refused"),
    ("資格確認書", "certificate"),
    ("口座に いくら", "records"),
    ("同姓同名", "mistakes"),
    ("shared devices", "mistakes"),
    ("だれが見たか", "protection"),
    ("任意継続", "words"),
    ("SCAM", "protection"),
    ("漏えい", "stranger"),
]


@pytest.mark.parametrize(("question", "slug"), FOUND)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_question_finds_its_page_in_any_language(question, slug, language):
    with override(language):
        found = [hit.topic.slug for hit in search(question)]

    assert slug in found[:3]


def test_a_word_of_a_title_comes_before_a_word_of_the_text():
    titles, texts = "コンビニで別の人の証明書", "封筒"

    assert search(titles)[0].score > search(texts)[0].score > 0


@pytest.mark.parametrize("question", ["", "   ", "the", "、。", "qwertz", "ぬるぽがっ", "printer qwertz"])
def test_what_nobody_explained_finds_nothing(question):
    assert search(question) == []


@pytest.mark.parametrize("question", ["(", "[a-", "\\", "%", "a" * 10_000, "保" * 10_000, "\0"])
def test_no_question_breaks_the_search(question):
    assert len(search(question)) <= MOST_HITS


def test_what_was_found_is_linked(client, db):
    response = client.get(reverse("portal:help"), {"q": "748"}, headers={"accept-language": "en"})

    address = reverse("portal:help_section", args=["mistakes", "shared_terminal"])
    assertContains(response, f'<a href="{address}">')


def test_where_nothing_is_found_the_telephone_is_offered(client, db):
    response = client.get(reverse("portal:help"), {"q": "qwertz"}, headers={"accept-language": "en"})

    assertContains(response, "We found nothing for these words")
    assertContains(response, "or call us")


def test_what_was_typed_is_shown_as_text(client, db):
    assertNotContains(client.get(reverse("portal:help"), {"q": "<b>x</b>"}), "<b>x</b>")


def test_an_individual_number_that_was_typed_leaves_the_address(client, db):
    response = client.get(reverse("portal:help"), {"q": "1234 5678 9018"})

    assertRedirects(response, reverse("portal:help"))
