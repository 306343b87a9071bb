"""Health insurance in the sample."""

import datetime

import pytest

from accounts.intake.fields import insurer_check_digit
from tests.portal.sample.whole_sample import AS_OF, feed, residents


def good(code: str) -> list[dict[str, str]]:
    """Rows with a right insurer's number."""
    rows = feed(code)
    return [
        row for row in rows if insurer_check_digit(row["insurer_number"][:-1]) == row["insurer_number"][-1]
    ]


@pytest.fixture(scope="module")
def people() -> dict[str, dict[str, str]]:
    """The register by individual number."""
    return {row["individual_number"]: row for row in residents()}


def age(person: dict[str, str]) -> int:
    """Full years on the day of the sample."""
    born = datetime.date.fromisoformat(person["birth_date"])
    return AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))


def test_the_association_has_numbers_of_its_prefectures():
    assert all(
        row["insurer_number"].startswith("01") and len(row["insurer_number"]) == 8 for row in good("HI01")
    )


def test_the_clearing_house_sends_for_all_other_schemes():
    numbers = {row["insurer_number"] for row in good("HI138057")}

    assert {number[:2] for number in numbers if len(number) == 8} == {"31", "39"}
    assert any(len(number) == 6 for number in numbers)


def test_nearly_every_insurers_number_is_right():
    for code in ("HI01", "HI06139463", "HI138057"):
        assert 0 < len(feed(code)) - len(good(code)) < 5


def test_everyone_of_75_and_nobody_younger_is_in_the_late_stage_scheme(people):
    for row in good("HI138057"):
        person = people.get(row["individual_number"])
        if person and row["status"] == "active" and row["insurer_number"].startswith("39"):
            assert age(person) >= 74


@pytest.mark.parametrize("code", ["HI01", "HI138057"])
def test_cards_are_described_in_the_codes_of_the_contract(code: str):
    states = {row["card_state"] for row in feed(code)} - {""}

    assert states <= {"none", "valid", "lost", "renewing", "returned"}
    assert {"none", "valid"} <= states


@pytest.mark.parametrize("code", ["HI01", "HI138057"])
def test_nobody_without_a_card_has_one_registered_or_expiring(code: str):
    for row in feed(code):
        if row["card_state"] == "none":
            assert (row["card_use_registered"], row["card_certificate_expires_on"]) == ("0", "")


def test_a_dependant_shares_symbol_and_number_with_the_insured_person():
    families: dict[tuple[str, str], set[str]] = {}
    for row in good("HI01"):
        families.setdefault((row["symbol"], row["number"]), set()).add(row["insured_name"])

    assert all(len(names) == 1 for names in families.values())


def test_some_insurances_have_ended_and_some_should_have():
    ended = [row for row in feed("HI138057") if row["status"] == "ended"]

    assert ended
    assert all(row["disqualified_on"] <= AS_OF.isoformat() for row in ended)


def test_shares_of_the_cost_follow_age(people):
    for row in good("HI01"):
        person = people.get(row["individual_number"])
        if person:
            assert row["copay_ratio"] in {"020", "030"}
