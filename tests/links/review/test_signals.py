"""What only several records together show: shared accounts and numbers, and the dead."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Resident, User
from links import actions
from links.review import signals
from links.review.outcomes import open_case
from tests.factories import ResidentFactory
from tests.links.review.factories import (
    bank_account,
    insurance,
    own_record,
    relative,
    resent,
    reviewed,
    strangers_record,
)
from tests.links.review.findings import found, spoken

pytestmark = pytest.mark.django_db


def test_a_bank_account_whose_reading_is_equal_matches_where_nothing_speaks_against_it(
    resident: Resident,
) -> None:
    link = bank_account(resident)

    reviewed()

    assert found(link) == ("match", ["kana_equal_account", "kana_alone"])


def test_an_equal_reading_alone_is_not_enough_for_other_categories(resident: Resident) -> None:
    link = bank_account(resident, category="pension", details={})

    reviewed()

    assert found(link)[0] == "review"


def test_a_nearly_equal_reading_is_not_enough(resident: Resident) -> None:
    link = bank_account(resident, holder_kana="ミホン　バナコ")

    reviewed()

    assert found(link)[0] == "review"


def test_the_same_account_on_two_people_of_the_same_reading_is_reviewed_for_both(
    resident: Resident, neighbour: Resident
) -> None:
    links = [bank_account(resident), bank_account(neighbour)]

    reviewed()

    for link in links:
        assert found(link) == ("review", ["shared_account", "kana_alone"])
        link.refresh_from_db()
        assert not link.held


def test_a_parents_account_on_a_childs_number_is_withheld_and_the_parents_own_record_is_not_doubted(
    resident: Resident,
) -> None:
    child = relative(resident)
    own = bank_account(resident)
    childs = bank_account(child, holder_kana=resident.name_kana)

    reviewed()

    assert found(own)[0] == "match"
    verdict, reasons = found(childs)
    assert verdict == "mismatch"
    assert {"shared_account", "holder_in_household"} <= set(reasons)
    assert reasons[0] == "other_given_name"


def test_a_wrong_record_that_a_person_called_right_counts_as_company(
    resident: Resident, support: User, now: datetime.datetime
) -> None:
    child = relative(resident)
    own = bank_account(resident)
    childs = bank_account(child, holder_kana=resident.name_kana)
    actions.release(link=childs, by=support, at=now)

    reviewed()

    assert found(own) == ("review", ["shared_account", "kana_alone"])


@pytest.mark.parametrize(
    "other",
    [
        {"details": {"bank_code": "0009", "branch_code": "240", "account_number": "7654321"}},
        {"details": {"bank_code": "0001", "branch_code": "241", "account_number": "7654321"}},
        {"details": {"bank_code": "0001", "account_number": "7654321"}},
        {"status": "ended"},
        {"status": "removed"},
        {"settled_as": "unlinked", "settled_digest": b"1"},
    ],
)
def test_another_banks_an_incomplete_and_a_past_account_are_no_company(
    resident: Resident, neighbour: Resident, other: dict[str, object]
) -> None:
    link = bank_account(resident)
    bank_account(neighbour, **other)

    reviewed()

    assert found(link)[0] == "match"


def test_one_person_may_have_the_same_account_twice(resident: Resident) -> None:
    links = [bank_account(resident), bank_account(resident)]

    assert spoken(*links) == {}


@pytest.mark.parametrize(
    ("category", "details"),
    [
        ("disability_certificate", {"certificate_kind": "physical", "certificate_number": "東京都第1号"}),
        ("pension", {"pension_number": "1234567890"}),
        ("care_insurance", {"insurer_number": "131060", "number": "0123456789"}),
        ("employment_insurance", {"number": "12345678901"}),
    ],
)
def test_a_certificates_number_on_two_people_raises_even_a_match_to_review(
    resident: Resident, neighbour: Resident, category: str, details: dict[str, str]
) -> None:
    link = own_record(resident, category=category, details=details)
    own_record(neighbour, category=category, details=details)

    reviewed()

    assert found(link) == ("review", ["shared_number", "name_and_birth_date"])


def test_equal_numbers_in_two_categories_are_two_things(resident: Resident, neighbour: Resident) -> None:
    one = own_record(resident, category="pension", details={"pension_number": "1234567890"})
    other = own_record(neighbour, category="employment_insurance", details={"number": "1234567890"})

    assert spoken(one, other) == {}


def test_a_family_may_share_the_number_of_its_insurance(resident: Resident, neighbour: Resident) -> None:
    shared = {"insurer_number": "01040013", "symbol": "12", "number": "49756"}
    one, other = (
        own_record(who, category="health_insurance", details=shared) for who in (resident, neighbour)
    )

    assert spoken(one, other) == {}


def test_company_outside_the_batch_is_found_too(resident: Resident, neighbour: Resident) -> None:
    link = bank_account(resident)
    bank_account(neighbour)

    assert spoken(link) == {link.pk: ["shared_account"]}


def test_an_active_record_of_the_dead_is_reviewed(resident: Resident) -> None:
    resident.died_on = datetime.date(2026, 5, 1)
    resident.save()
    link = own_record(resident)
    ended = own_record(resident, status="ended")

    reviewed()

    assert found(link) == ("review", ["holder_died", "name_and_birth_date"])
    assert found(ended)[0] == "match"


def test_how_the_number_was_obtained_raises_nothing(resident: Resident) -> None:
    link = own_record(resident, obtained_by="lookup_3")

    reviewed()

    assert found(link)[0] == "match"


def test_a_doubt_ends_with_its_company(resident: Resident, neighbour: Resident) -> None:
    link, other = bank_account(resident), bank_account(neighbour)
    reviewed()
    resent(other, details={"bank_code": "0001", "branch_code": "240", "account_number": "1111111"})

    reviewed()

    assert found(link)[0] == "match"


def test_the_lookups_are_a_few_for_a_whole_batch(django_assert_max_num_queries) -> None:
    people = [ResidentFactory.create() for _ in range(10)]
    cases = [open_case(make(who)) for who in people for make in (bank_account, insurance, strangers_record)]

    with django_assert_max_num_queries(5):
        signals.find(cases, on=timezone.localdate())


def test_neighbours_are_other_records_that_share_a_number_or_an_insured_person(
    resident: Resident, neighbour: Resident
) -> None:
    account, insured = bank_account(resident), insurance(resident)
    shared, second = bank_account(neighbour), insurance(resident, insurer="06139463")
    bank_account(neighbour, number="0000001")

    assert signals.neighbours([account, insured]) == {shared.pk, second.pk}
    assert signals.neighbours([]) == set()
