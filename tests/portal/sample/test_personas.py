"""The people on whom demonstrations and tests rely."""

import datetime

import pytest

from tests.portal.sample.whole_sample import AS_OF, by_code, feed, manifest, persona, records_of

USUAL = ("BK0001", "PN0001", "EI0001", "TX0001", "VC0001", "ME0001")


def age(person: dict[str, str]) -> int:
    """Full years on the day of the sample."""
    born = datetime.date.fromisoformat(person["birth_date"])
    return AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))


def half_kana_of(person: dict[str, str]) -> str:
    """The reading as banks have it."""
    return {"タカセ　ケンタ": "ﾀｶｾ ｹﾝﾀ", "タカセ　ハルナ": "ﾀｶｾ ﾊﾙﾅ"}[person["name_kana"]]


@pytest.fixture
def mother() -> dict[str, str]:
    """Who signs in to find the wrong account."""
    return persona("child_account")


@pytest.fixture
def child() -> dict[str, str]:
    """On whose number the wrong account hangs."""
    return by_code(manifest()["personas"]["child_account"]["child_resident_code"])


@pytest.fixture
def father() -> dict[str, str]:
    """Whose account it is."""
    return by_code(manifest()["personas"]["child_account"]["father_resident_code"])


def test_mother_father_and_child_are_one_household(mother, child, father):
    assert mother["household_code"] == child["household_code"] == father["household_code"]
    assert (age(mother), age(child)) == (38, 9)
    assert (mother["relationship"], child["relationship"], father["relationship"]) == ("妻", "子", "世帯主")


def test_the_account_on_the_childs_number_is_the_fathers(child, father):
    (on_child,) = records_of(child, "BK0001")
    (on_father,) = records_of(father, "BK0001")

    assert on_child["holder_kana"] == on_father["holder_kana"] == half_kana_of(father)
    assert on_child["account_number"] == on_father["account_number"]
    assert on_child["reference"] != on_father["reference"]


def test_the_mothers_own_account_is_hers(mother, father):
    (own,) = records_of(mother, "BK0001")

    assert own["holder_kana"] == "ﾀｶｾ ﾐｻｷ"
    assert own["account_number"] != records_of(father, "BK0001")[0]["account_number"]


def test_the_rest_of_the_child_is_in_order(child):
    (insurance,) = records_of(child, "HI01")

    assert insurance["holder_name"] == child["name"]
    assert insurance["relation"] == "2"


@pytest.mark.parametrize("role", ["all_in_order", "neighbour"])
@pytest.mark.parametrize("institution", USUAL)
def test_an_ordinary_adult_has_every_usual_record(role: str, institution: str):
    assert records_of(persona(role), institution)


def test_somebody_with_all_in_order_has_nearly_ten_records_and_all_are_theirs():
    person = persona("all_in_order")

    records = [row for code in (*USUAL, "HI01") for row in records_of(person, code)]

    assert 8 <= len(records) <= 12
    assert {row["holder_name"] for row in records if row.get("holder_name")} == {person["name"]}
    assert {row["holder_address"] for row in records if row.get("holder_address")} == {person["address"]}


def test_the_foreign_resident_has_latin_letters_and_two_years_left():
    person = persona("foreign_without_card")

    left = datetime.date.fromisoformat(person["residence_expires_on"]) - AS_OF

    assert person["name"].isascii()
    assert 700 < left.days < 780


def test_the_foreign_resident_is_nationally_insured_without_a_card():
    (insurance,) = records_of(persona("foreign_without_card"), "HI138057")

    assert insurance["status"] == "active"
    assert len(insurance["insurer_number"]) == 6
    assert (insurance["card_state"], insurance["card_use_registered"]) == ("none", "0")


def test_the_elderly_person_is_82_in_the_late_stage_scheme_with_pension_and_care():
    person = persona("elderly")

    (insurance,) = records_of(person, "HI138057")

    assert age(person) == 82
    assert insurance["insurer_number"].startswith("39")
    assert len(insurance["insurer_number"]) == 8
    assert records_of(person, "PN0001")
    assert records_of(person, "CR0001")[0]["care_level"] == "要介護1"


@pytest.mark.parametrize(
    "role", ["child_account", "all_in_order", "foreign_without_card", "elderly", "neighbour"]
)
def test_nothing_unusual_is_registered_about_personas(role: str):
    person = persona(role)

    assert (person["protected"], person["died_on"], person["previous_address"]) == ("", "", "")


def test_no_row_of_a_persona_was_spoilt():
    codes = [entry["institution"] for entry in manifest()["feeds"]]
    numbers = {persona(role)["individual_number"] for role in manifest()["personas"]}

    references = [
        row["reference"] for code in codes for row in feed(code) if row["individual_number"] in numbers
    ]

    assert len(references) == len(set(references))
