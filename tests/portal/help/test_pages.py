"""The pages of help: open to everyone, complete, and linked from where the question arises."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from accounts.display import SIMPLE_COOKIE
from portal.help.contents import TOPICS
from portal.help.mistakes import MISTAKES
from reports.kinds import Cause

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PICTURED = [section for section in MISTAKES.sections if section.picture]
SECTIONS = [(topic, section) for topic in TOPICS.values() for section in topic.sections]


@pytest.fixture
def visitor(client, db):  # noqa: ANN001, ANN201
    """Somebody who is not signed in and reads English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def topic(slug: str) -> str:
    return reverse("portal:help_topic", args=[slug])


def test_the_first_page_offers_every_topic(visitor):
    response = visitor.get(reverse("portal:help"))

    for each in TOPICS.values():
        assertContains(response, f'<a href="{topic(each.slug)}">{each.title}</a>', html=True)


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_says_everything_on_one_page_that_prints(visitor, slug):
    html = visitor.get(topic(slug)).content.decode()

    with override("en"):
        for section in TOPICS[slug].sections:
            assert f'id="{section.slug}"' in html
            assert all(str(words) in html for words in section.sentences)
    assert "data-print" in html


def test_each_cause_of_2023_is_told_in_four_sentences_and_a_picture():
    told = {section.slug: section for section in PICTURED}

    assert len(told) == 10
    for section in told.values():
        assert len(section.paragraphs) == 4
        assert str(section.picture_says)


def test_the_causes_carry_the_names_by_which_staff_choose_them():
    assert {section.slug for section in PICTURED} - {"printer"} <= set(Cause.values)


@pytest.mark.parametrize("section", PICTURED, ids=lambda section: section.slug)
def test_a_picture_is_small_has_no_style_of_its_own_and_is_said_in_words(visitor, section):
    html = visitor.get(reverse("portal:help_section", args=["mistakes", section.slug])).content.decode()

    (picture,) = re.findall(r'<svg class="picture".*?</svg>', html, re.DOTALL)
    with override("en"):
        assert f'role="img" aria-label="{section.picture_says}"' in picture
    assert len(picture) < 1_500
    assert not re.search(r"style=|url\(", picture)
    assert set(re.findall(r'href="#(p-\w+)"', picture)) <= set(re.findall(r'<symbol id="(p-\w+)"', html))


def test_every_picture_is_drawn_for_a_cause():
    drawn = {path.stem for path in (TEMPLATES / "help/pictures").glob("*.html")} - {"parts"}

    assert drawn == {section.picture for section in PICTURED}


def test_a_section_alone_leads_on_and_back(visitor):
    _lookup, address, family = MISTAKES.sections[:3]

    response = visitor.get(reverse("portal:help_section", args=["mistakes", address.slug]))

    for neighbour in (_lookup, family):
        assertContains(response, reverse("portal:help_section", args=["mistakes", neighbour.slug]))


@pytest.mark.parametrize(("slug", "there"), [("mistakes", False), ("words", False), ("refused", True)])
def test_the_simple_version_reads_a_long_topic_section_by_section(visitor, slug, there):
    visitor.cookies[SIMPLE_COOKIE] = "1"

    response = visitor.get(topic(slug))

    first = TOPICS[slug].sections[0]
    with override("en"):
        said = str(first.sentences[0])
    (assertContains if there else assertNotContains)(response, said)
    address = reverse("portal:help_section", args=[slug, first.slug])
    (assertNotContains if there else assertContains)(response, address)


@pytest.mark.parametrize("path", ["/help/nothing/", "/help/mistakes/nothing/", "/help/nothing/same_name/"])
def test_what_is_not_explained_is_not_there(visitor, path):
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/help/", "/help/?q=printer", "/help/mistakes/", "/help/words/insurer/"])
def test_help_asks_the_database_nothing(visitor, django_assert_num_queries, path):
    with django_assert_num_queries(0):
        visitor.get(path)


ASKED_AT = {
    "links/record.html": "mistakes",
    "links/withheld.html": "mistakes",
    "reports/decision.html": "mistakes",
    "reports/question.html": "stranger",
    "reports/fallback.html": "refused",
    "certificates/start.html": "certificate",
    "portal/trail.html": "protection",
}


@pytest.mark.parametrize(("page", "slug"), ASKED_AT.items())
def test_help_is_linked_where_the_question_arises(page, slug):
    assert f'{{% url "portal:help_topic" "{slug}" %}}' in re.sub(
        r" as \w+ %", " %", (TEMPLATES / page).read_text()
    )


@pytest.mark.parametrize("address", ["account_login", "portal:figures"])
def test_help_is_one_step_away_for_who_is_not_signed_in(visitor, address):
    assertContains(visitor.get(reverse(address)), f'<a href="{reverse("portal:help")}">Help</a>', html=True)


def test_residents_find_help_between_their_pages(reader):
    assertContains(
        reader.get(reverse("portal:inbox")), f'<a href="{reverse("portal:help")}">Help</a>', html=True
    )
