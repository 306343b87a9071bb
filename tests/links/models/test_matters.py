"""What waits for staff: one of a kind about a feed, closed once."""

import pytest
from django.db import IntegrityError, transaction

from links.models import Matter
from tests.links.fed import refused


def opened(institution, at, **fields) -> Matter:
    known = {"kind": "late_feed", "category": "tax", "opened_at": at}
    return Matter.objects.create(institution=institution, **(known | fields))


def test_one_matter_of_a_kind_waits_about_a_feed(institution, now) -> None:
    opened(institution, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        opened(institution, now)


def test_it_may_open_again_when_it_was_closed(institution, now) -> None:
    opened(institution, now)
    Matter.objects.open().close(at=now)

    again = opened(institution, now)

    assert list(Matter.objects.open()) == [again]


@pytest.mark.parametrize(
    "wrong",
    [
        {"category": ""},
        {"kind": "unknown_institution"},
        {"kind": "feed_refused"},
    ],
)
def test_a_matter_names_what_it_is_about(institution, now, wrong) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(institution, now, **wrong)


def test_only_a_refusal_names_an_import(institution, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(institution, now, feed_import=refused(institution))


def test_nothing_closes_before_it_opened(institution, now) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(institution, now, closed_at=now.replace(year=2020))


def test_a_matter_is_named_by_its_key(institution, now) -> None:
    matter = opened(institution, now)

    assert str(matter) == f"Matter {matter.pk}"
