"""Several health insurances of one person at once."""

import pytest

from accounts.models import Resident
from tests.links.review.factories import (
    insurance,
    reviewed,
    strangers_record,
)
from tests.links.review.findings import found, spoken

pytestmark = pytest.mark.django_db


def test_several_insurances_at_once_are_reviewed(resident: Resident) -> None:
    one, other = insurance(resident), insurance(resident, insurer="06139463")

    reviewed()

    for link in (one, other):
        assert found(link) == ("review", ["several_insurances", "name_and_birth_date"])


@pytest.mark.parametrize(
    "other",
    [
        {"status": "ended"},
        {"details": {"insurer_number": "06139463", "disqualified_on": "2026-11-23"}},
        {"details": {"insurer_number": "06139463", "qualified_on": "2026-11-24"}},
        {"details": {"insurer_number": "01040013", "symbol": "another"}},
    ],
)
def test_a_past_or_coming_insurance_and_a_second_record_of_one_insurer_are_normal(
    resident: Resident, other: dict[str, object]
) -> None:
    links = [insurance(resident), insurance(resident, **other)]

    assert spoken(*links) == {}


def test_an_insurance_that_ends_tomorrow_is_still_in_force(resident: Resident) -> None:
    ending = {"insurer_number": "06139463", "disqualified_on": "2026-11-24"}
    links = [insurance(resident), insurance(resident, details=ending)]

    assert set(spoken(*links)) == {link.pk for link in links}


def test_an_insurers_six_digits_are_the_same_as_its_eight(resident: Resident) -> None:
    links = [insurance(resident, insurer="138057"), insurance(resident, insurer="00138057")]

    assert spoken(*links) == {}


def test_without_an_insurers_number_the_institution_counts(resident: Resident) -> None:
    links = [insurance(resident, details={}), insurance(resident, details={})]

    assert set(spoken(*links)) == {link.pk for link in links}


def test_a_strangers_insurance_casts_no_doubt_on_the_persons_own(resident: Resident) -> None:
    own = insurance(resident)
    strangers = strangers_record(
        resident, category="health_insurance", details={"insurer_number": "06139463"}
    )

    reviewed()

    assert found(own)[0] == "match"
    assert found(strangers)[0] == "mismatch"
    assert "several_insurances" in found(strangers)[1]


def test_two_people_may_each_have_an_insurance(resident: Resident, neighbour: Resident) -> None:
    links = [insurance(resident), insurance(neighbour, insurer="06139463")]

    assert spoken(*links) == {}
