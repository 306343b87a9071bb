"""The invented register."""

import datetime
import random
import re
from collections import Counter

import pytest
from stdnum.jp import in_

from portal.sample.coincidences import arrange, one_digit_away
from portal.sample.personas import add_personas
from portal.sample.register import Maker, Register

AS_OF = datetime.date(2026, 10, 1)


@pytest.fixture(scope="module")
def register() -> Register:
    """A register of 800."""
    chance = random.Random(5)
    maker = Maker(chance, as_of=AS_OF, residents=800)
    add_personas(maker)
    made = maker.fill()
    arrange(made, chance)
    return made


def test_every_number_is_valid_and_nobody_shares_one(register: Register):
    numbers = [person.number for person in register]

    assert all(in_.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers) == 800


def test_every_code_is_unique(register: Register):
    assert len({person.code for person in register}) == 800


def test_nobody_is_born_after_the_day_of_the_register(register: Register):
    assert all(person.born_on < AS_OF for person in register)


def test_all_ages_are_there(register: Register):
    decades = Counter(person.age_on(AS_OF) // 10 for person in register)

    assert set(range(9)) <= set(decades)


def test_households_have_one_head_one_address_and_one_code(register: Register):
    for family in register.households:
        assert [person.relationship for person in family].count("世帯主") == 1
        assert len({person.place.address for person in family}) == 1
        assert len({person.household for person in family}) == 1


def test_children_are_younger_than_their_mothers(register: Register):
    for family in register.households:
        mothers = [person for person in family if person.relationship == "妻"]
        for child in [person for person in family if person.relationship == "子"]:
            assert all(child.born_on > mother.born_on for mother in mothers)


def test_there_are_twins(register: Register):
    births = Counter((one.household, one.born_on) for one in register if one.relationship == "子")

    assert max(births.values()) >= 2


def test_there_are_strangers_with_one_name(register: Register):
    assert register.namesakes
    for one, other in register.namesakes:
        assert one.name == other.name
        assert one.household != other.household


def test_there_are_numbers_one_digit_apart(register: Register):
    assert register.near_numbers
    for one, other in register.near_numbers:
        assert sum(a != b for a, b in zip(one.number, other.number, strict=True)) == 1
        assert in_.is_valid(other.number)


def test_there_are_dead_and_protected_and_moved_people(register: Register):
    assert any(person.died_on for person in register)
    assert any(person.protected for person in register)
    assert any(person.previous_address and person.moved_in_on for person in register)


def test_there_are_foreign_residents_some_with_a_common_name_and_some_without_kana(register: Register):
    foreign = [person for person in register if person.latin]

    assert all(person.name.isascii() and person.residence_expires_on for person in foreign)
    assert any(person.common_name for person in foreign)
    assert any(not person.kana for person in foreign)


def test_there_are_characters_that_are_hard_to_write(register: Register):
    names = "".join(person.name for person in register)

    assert re.search("[髙﨑𠮷]", names)
    assert any("\U000e0100" <= letter <= "\U000e01ef" for letter in names)


def test_there_are_former_surnames(register: Register):
    assert any(person.former_surname for person in register)


def test_intact_people_take_part_in_no_coincidence(register: Register):
    entangled = [person for pair in register.namesakes + register.near_numbers for person in pair]

    assert not any(person.intact for person in entangled)


def test_addresses_are_towns_of_the_post_office_with_a_house_number(register: Register):
    for person in register:
        assert person.place.address.startswith(person.place.prefecture + person.place.municipality)
        assert re.search(r"\d+(?:号|番地\d*)", person.place.address)
        assert re.fullmatch(r"\d{5}", person.place.area)
        assert re.fullmatch(r"\d{7}", person.place.postal_code)


@pytest.mark.parametrize("number", ["751703651470", "511158466580"])
def test_neighbours_of_a_number_are_valid_and_differ_in_one_digit(number: str):
    for other in one_digit_away(number):
        assert in_.is_valid(other)
        assert sum(a != b for a, b in zip(number, other, strict=True)) == 1


def test_a_person_counts_full_years(register: Register):
    person = register.playing("neighbour")
    birthday = person.born_on.replace(year=person.born_on.year + 30)

    assert person.age_on(birthday) == 30
    assert person.age_on(birthday - datetime.timedelta(days=1)) == 29


def test_a_family_is_found_by_any_of_its_people(register: Register):
    child = register.playing("child")

    assert register.playing("father") in register.family_of(child)
