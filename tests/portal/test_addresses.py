"""Addresses hold nothing but what we put there."""

import pytest
from django.urls import Resolver404, resolve

PLACES = (
    "/records/{}/",
    "/records/{}/details/",
    "/records/{}/mine/",
    "/reports/{}/",
    "/reports/new/{}/",
    "/reports/new/{}/what/",
    "/desk/{}/",
    "/desk/{}/take/",
    "/people/{}/",
    "/notices/{}/",
    "/certificates/{}/",
    "/certificates/for/{}/",
    "/certificates/applications/{}/",
    "/certificates/staff/{}/",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("written", ["\0", "a\0b", "𠮷", "a b", "é", "a.b"])
def test_what_can_be_no_identifier_reaches_no_page(place, written) -> None:
    # PostgreSQL refuses a NUL with an error that would end as a 500
    with pytest.raises(Resolver404):
        resolve(place.format(written))


@pytest.mark.parametrize("place", PLACES)
def test_an_identifier_reaches_its_page(place) -> None:
    assert resolve(place.format("Zz09_-" * 3)).func
