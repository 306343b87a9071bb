"""A record of a relative on the number: the household explains it, and the relative stays a stranger."""

import pytest

from accounts.models import Resident
from tests.links.review.factories import (
    bank_account,
    own_record,
    relative,
    reviewed,
    strangers_record,
)
from tests.links.review.findings import found, spoken

pytestmark = pytest.mark.django_db


def test_a_holder_of_the_same_household_is_named_as_the_cause(resident: Resident) -> None:
    child = relative(resident)
    link = own_record(
        resident,
        holder_name=child.name,
        holder_kana=child.name_kana,
        holder_birth_date=child.birth_date,
        holder_sex=child.sex,
    )

    reviewed()

    verdict, reasons = found(link)
    assert (verdict, reasons[-1]) == ("mismatch", "holder_in_household")


def test_the_details_of_a_relative_are_hidden_even_where_the_rules_only_doubt(resident: Resident) -> None:
    sister = relative(
        resident, name="見本　花奈", name_kana="ミホン　ハコナ", birth_date="1987-01-01", sex="2"
    )
    link = bank_account(resident, holder_kana=sister.name_kana)

    reviewed()

    link.refresh_from_db()
    assert found(link)[0] in ("review", "mismatch")
    assert (link.concealed, link.held) == (True, True)


def test_a_relative_of_the_same_reading_raises_a_doubt_that_shows(resident: Resident) -> None:
    relative(resident, name="見本　華子", name_kana=resident.name_kana, birth_date="1955-01-01")
    link = bank_account(resident)

    reviewed()

    link.refresh_from_db()
    assert found(link) == ("review", ["holder_in_household", "kana_alone"])
    assert link.shows_details


@pytest.mark.parametrize("household", ["", "0000000777"])
def test_who_lives_elsewhere_is_not_of_the_household(resident: Resident, household: str) -> None:
    resident.household_code = ""
    resident.save()
    other = relative(resident, household_code=household)
    link = strangers_record(resident, holder_name=other.name, holder_kana=other.name_kana)

    assert spoken(link) == {}


@pytest.mark.parametrize("fields", [{"holder_birth_date": "1999-09-09"}, {"holder_sex": "2"}])
def test_a_relatives_name_with_another_birth_date_or_sex_is_not_the_relative(
    resident: Resident, fields: dict[str, str]
) -> None:
    child = relative(resident)
    holder = {
        "holder_name": child.name,
        "holder_kana": child.name_kana,
        "holder_birth_date": child.birth_date,
    }
    link = own_record(resident, **{**holder, "holder_sex": child.sex, "holder_address": "", **fields})

    assert spoken(link) == {}


def test_a_plain_match_is_not_looked_for_in_the_household(resident: Resident) -> None:
    relative(
        resident, name=resident.name, name_kana=resident.name_kana, birth_date=resident.birth_date, sex="2"
    )
    link = own_record(resident)

    assert spoken(link) == {}
