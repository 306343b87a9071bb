"""Categories stand under one kind each, and every column has a label."""

import pytest

from links.categories import CATEGORIES, DETAILS, KIND_OF, KINDS
from links.models import Link


def test_every_category_stands_under_exactly_one_kind() -> None:
    placed = [category for _label, categories in KINDS.values() for category in categories]

    assert sorted(placed) == sorted(CATEGORIES)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_record_has_a_title_and_a_kind(category) -> None:
    link = Link(category=category)

    assert link.title == CATEGORIES[category]
    assert link.kind == KIND_OF[category]


def test_codes_fit_their_column() -> None:
    longest = Link._meta.get_field("category").max_length

    assert all(len(category) <= longest for category in CATEGORIES)


def test_every_detail_has_words() -> None:
    assert all(str(label) and str(label) != code for code, label in DETAILS.items())
