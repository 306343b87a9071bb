"""Whose affairs a page shows: 404 for strangers, a band for represented people."""

import pytest
from django.http import Http404

from accounts.subjects import band, subject_or_404
from tests import factories


def test_one_finds_oneself(resident, resident_user, today) -> None:
    assert subject_or_404(resident_user, resident.public_id, on=today) == resident


def test_an_agent_finds_the_represented_person(resident, neighbour, neighbour_user, today) -> None:
    factories.authority(agent=neighbour_user, subject=resident)

    assert subject_or_404(neighbour_user, resident.public_id, on=today) == resident


@pytest.mark.parametrize("user", ["neighbour_user", "support", "supervisor"])
def test_for_everyone_else_nobody_is_there(resident, user, today, request) -> None:
    stranger = request.getfixturevalue(user)

    with pytest.raises(Http404):
        subject_or_404(stranger, resident.public_id, on=today)


def test_who_does_not_exist_cannot_be_told_from_who_is_hidden(resident_user, today) -> None:
    with pytest.raises(Http404) as refusal:
        subject_or_404(resident_user, "nobody", on=today)

    assert str(refusal.value) == ""


def test_the_own_pages_have_no_band(resident, resident_user) -> None:
    assert band(resident_user, resident) == ""


def test_pages_of_a_represented_person_carry_the_name(resident, neighbour_user) -> None:
    assert band(neighbour_user, resident) == resident.name
