"""Language and simple version: on every kind of page, and remembered."""

import pytest
from playwright.sync_api import expect

from notices.models import Preference
from tests.factories import FindingFactory

pytestmark = pytest.mark.journey


@pytest.fixture
def pages(resident, link) -> list[str]:
    """One page of each kind that a resident meets."""
    FindingFactory.create(link=link)
    return [
        "/",
        link.get_absolute_url(),
        f"/reports/new/{link.public_id}/what/",
        "/reports/",
        "/notices/",
        f"/certificates/for/{resident.public_id}/",
        "/certificates/check/",
        "/figures/",
        "/account/2fa/",
        "/nothing/here/",
    ]


def test_every_kind_of_page_switches_its_language_and_stays_where_it_is(arrive, resident_user, pages):
    visitor = arrive().sign_in(resident_user)

    for path in pages:
        visitor.open(path)
        before = {visitor.heading}
        for name, lang in (("やさしい にほんご", "ja"), ("English", "en"), ("日本語", "ja")):
            visitor.switch_language(name)
            expect(visitor.page.locator("html")).to_have_attribute("lang", lang)
            expect(visitor.page).to_have_url(visitor.address + path)
            before.add(visitor.heading)
        assert len(before) >= 2, f"{path} says the same in every language: {before}"


def test_every_kind_of_page_has_a_simple_version_with_telephone_and_way_back(arrive, resident_user, pages):
    visitor = arrive().sign_in(resident_user)

    for path in pages:
        visitor.open(path).switch_version("Simple view")
        expect(visitor.page.locator("body.simple")).to_be_visible()
        expect(visitor.page).to_have_url(visitor.address + path)
        expect(visitor.page.locator(".phone").last).to_be_visible()
        visitor.switch_version("Standard view")
        expect(visitor.page.locator("body.simple")).to_have_count(0)


def test_what_was_chosen_is_there_at_the_next_visit(arrive, resident_user, db):
    visitor = arrive().sign_in(resident_user)
    visitor.switch_language("English")
    visitor.language = "en"

    visitor.switch_version("Simple view").open("/account/logout/").press("Sign out").sign_in(resident_user)

    visitor.reads("See my insurance and accounts").look()
    assert Preference.objects.values_list("language", "simple").get(user=resident_user) == ("en", True)
