"""The public pages about institutions."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertNotContains

from links.models import Institution
from links.registration import RULES
from portal import scorecards
from portal.institution_pages import INSTITUTIONS_A_PAGE, ORDERS, SCORES, listing
from portal.models import Scorecard
from tests import factories
from tests.links.fed import DAY, applied

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def scored(name: str, **fields) -> Institution:
    """An institution with a scorecard of today."""
    institution = factories.InstitutionFactory.create(name_ja=name, name_en=name)
    Scorecard.objects.create(institution=institution, day=timezone.localdate(), **fields)
    return institution


def page_of(client, institution: Institution):
    return client.get(reverse("portal:institution", args=[institution.code]), headers=ENGLISH)


def names(order: str) -> list[str]:
    return [card.institution.name_ja for card in listing(order=order, page="1").cards]


def test_institutions_are_sorted_as_the_reader_asks(today) -> None:
    scored("A", records=10, found_wrong=None, fed_on=today)
    scored("B", records=300, found_wrong=10, fed_on=today - 9 * DAY)
    scored("C", records=None, found_wrong=20)

    assert names("name") == ["A", "B", "C"]
    assert names("records") == ["B", "A", "C"]
    assert names("wrong") == ["C", "B", "A"]
    assert names("feed") == ["C", "B", "A"]
    assert names("nonsense") == names("name")


def test_the_list_says_who_is_connected_and_who_is_late(client, today) -> None:
    scored("Good", fed_on=today, records=1230)
    scored("Late", fed_on=today - 30 * DAY, late_since=today - 2 * DAY)
    scored("Silent")

    response = client.get(reverse("portal:institutions"), headers=ENGLISH)

    assertContains(response, "Late since", count=1)
    assertContains(response, "Last feed on", count=2)
    assertContains(response, "Never connected", count=1)
    assertContains(response, "Records: 1230")


def test_only_the_latest_day_is_listed(client, today) -> None:
    institution = scored("A", records=20)
    Scorecard.objects.create(institution=institution, day=today - DAY, records=10)

    assert [card.records for card in listing(order="", page="").cards] == [20]


def test_before_the_first_day_the_list_says_so(client) -> None:
    response = client.get(reverse("portal:institutions"), headers=ENGLISH)

    assertContains(response, "No figures yet")


def test_a_long_list_has_pages_that_keep_the_order(client) -> None:
    for number in range(INSTITUTIONS_A_PAGE + 1):
        scored(f"{number:03}")

    response = client.get(reverse("portal:institutions"), {"order": "wrong"}, headers=ENGLISH)

    assertContains(response, "?order=wrong&amp;page=2")


def test_a_page_shows_contact_connections_and_scores(client, resident) -> None:
    institution = factories.InstitutionFactory.create(
        kind="bank", contact="0120-000-000", hours="9:00-17:00", expected_every_days=7
    )
    applied(institution, "tax", at=timezone.now() - 30 * DAY)
    applied(institution, "bank_account")
    scorecards.compute(day=timezone.localdate())

    response = page_of(client, institution)

    for words in ("Bank", "0120-000-000", "9:00-17:00", "Tax and income", "Late since", "Last feed on"):
        assertContains(response, words)
    for rule in RULES:
        assertContains(response, rule.says)
    assertContains(response, "too few to say", count=len(SCORES) + len(RULES))


def test_a_page_tells_scores_with_their_units(client) -> None:
    institution = scored("A", from_applicant_percent=87, median_days=5, broken_rules={"nobody_named": 120})

    response = page_of(client, institution)

    assertContains(response, "<b>87%</b>")
    assertContains(response, "<b>5</b>")
    assertContains(response, ">120</dd>")


def test_a_page_before_the_first_scorecard_has_none(client, institution) -> None:
    response = page_of(client, institution)

    assertContains(response, "Never connected")
    assertNotContains(response, "How well it registers numbers")


def test_a_kind_without_words_of_ours_is_shown_as_it_was_given(client) -> None:
    institution = factories.InstitutionFactory.create(kind="共済組合")

    assertContains(page_of(client, institution), "共済組合")


def test_an_institution_that_does_not_exist_has_no_page(client) -> None:
    assert client.get(reverse("portal:institution", args=["XX0001"])).status_code == 404


@pytest.mark.parametrize("institutions", [1, 30])
def test_a_long_list_costs_no_more(client, db, institutions, django_assert_num_queries) -> None:
    for number in range(institutions):
        scored(str(number))

    with django_assert_num_queries(3):
        client.get(reverse("portal:institutions"))


@pytest.mark.parametrize("categories", [["tax"], ["tax", "pension", "vaccination"]])
def test_a_page_costs_three_queries(client, categories, django_assert_num_queries) -> None:
    institution = scored("A")
    for category in categories:
        applied(institution, category)

    with django_assert_num_queries(3):
        page_of(client, institution)


def test_the_figures_lead_to_the_list(client) -> None:
    from_figures = client.get(reverse("portal:figures"), headers=ENGLISH)

    assertContains(from_figures, reverse("portal:institutions"))


def test_every_order_has_words() -> None:
    assert all(str(words) for words, _fields in ORDERS.values())
