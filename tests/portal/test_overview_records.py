"""Below the headline of the home page: the records, the figures and who sent nothing."""

import datetime

import pytest
from django.utils import translation

from links.categories import CATEGORIES, KINDS
from links.models import Institution, Link, ReviewRun
from portal.overview import card, month_and_day, overview
from tests import factories
from tests.links.fed import DAY, FRIDAY, applied

DECIDED = {"settled_digest": b"d" * 32}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("gone", [{"status": "removed"}, {"settled_as": "unlinked", **DECIDED}])
def test_what_is_gone_is_not_on_the_page(link, gone) -> None:
    Link.objects.filter(pk=link.pk).update(**gone, held=False)

    shown = overview(link.resident)

    assert shown.groups == []
    assert shown.tiles[0]["figure"] == 0


def test_records_stand_under_their_kinds_in_the_order_of_the_house(resident) -> None:
    for category in reversed(CATEGORIES):
        factories.LinkFactory.create(resident=resident, category=category)

    groups = overview(resident).groups

    assert [str(label) for label, _cards in groups] == [str(label) for label, _c in KINDS.values()]
    assert sum(len(cards) for _label, cards in groups) == len(CATEGORIES)


def test_a_card_says_what_whose_and_since_when(link, now) -> None:
    link.recorded_at = datetime.datetime(2026, 11, 20, 16, 0, tzinfo=datetime.UTC)

    shown = card(link)

    assert str(shown["title"]) == "Bank account for public payments"
    assert shown["detail"] == f"Mihon Bank {link.masked_reference}"
    assert shown["note"] == "Recorded since 21 November 2026 (Reiwa 8)"
    assert (shown["tone"], str(shown["words"])) == ("ok", "Matches your data")


def test_a_tax_record_says_its_year(resident) -> None:
    link = factories.LinkFactory.create(resident=resident, category="tax", details={"fiscal_year": "2025"})

    assert card(link)["note"].startswith("Fiscal year 2025 ・ Recorded since")


@pytest.mark.parametrize("state", [{"held": True}, {"verdict": ""}, {"verdict": "mismatch"}])
def test_a_hidden_tax_record_does_not_say_its_year(resident, state) -> None:
    link = factories.LinkFactory.create(
        resident=resident, category="tax", details={"fiscal_year": "2025"}, **state
    )

    shown = card(link)

    assert "2025" not in shown["note"]
    assert shown["detail"] == "Mihon Bank"


def test_three_figures_count_records_matches_and_the_day(link, now) -> None:
    factories.LinkFactory.create(resident=link.resident, status="ended")
    factories.LinkFactory.create(resident=link.resident, verdict="review")
    factories.LinkFactory.create(resident=link.resident, verdict="")
    ended = datetime.datetime(2026, 10, 31, 15, 30, tzinfo=datetime.UTC)  # 1 November in Japan
    ReviewRun.objects.create(state="finished", started_at=ended, finished_at=ended, rules_version="1")

    assert [tile["figure"] for tile in overview(link.resident).tiles] == [4, 2, "11/1"]


def test_a_partial_run_is_no_last_check(link, now) -> None:
    ReviewRun.objects.create(
        state="finished", started_at=now, finished_at=now, rules_version="1", changed_only=True
    )

    assert overview(link.resident).last_checked_at is None
    assert month_and_day(None) == "–"


def test_a_card_says_when_its_office_last_sent_a_feed(link) -> None:
    applied(link.institution, link.category, at=FRIDAY)
    applied(link.institution, "tax")

    ((_label, (shown,)),) = overview(link.resident).groups

    assert shown["fed"] == "Last feed on 20 November 2026 (Reiwa 8)"


def test_a_card_of_a_late_office_says_since_when(link, time_machine) -> None:
    Institution.objects.update(expected_every_days=1)
    applied(link.institution, link.category, at=FRIDAY)
    time_machine.move_to(FRIDAY + 20 * DAY)

    ((_label, (shown,)),) = overview(link.resident).groups

    assert shown["fed"].endswith(
        "Last feed on 20 November 2026 (Reiwa 8) ・ Late since 25 November 2026 (Reiwa 8)"
    )


@pytest.mark.parametrize("records", [1, 40])
def test_the_content_costs_four_queries_however_many_records(
    resident, records, django_assert_num_queries
) -> None:
    institution = factories.InstitutionFactory.create()
    for number in range(records):
        category = list(CATEGORIES)[number % len(CATEGORIES)]
        factories.LinkFactory.create(resident=resident, institution=institution, category=category)

    with django_assert_num_queries(4):
        overview(resident)


def test_each_record_counts_in_one_part_of_the_bar(link) -> None:
    resident = link.resident
    factories.LinkFactory.create(resident=resident, concealed=True, verdict="mismatch")
    factories.LinkFactory.create(resident=resident, verdict="unverifiable")
    factories.LinkFactory.create(resident=resident, verdict="")

    shown = overview(resident)

    assert sum(count for count, _words in shown.parts) == shown.tiles[0]["figure"]
    assert shown.parts[0][0] == shown.tiles[1]["figure"]
