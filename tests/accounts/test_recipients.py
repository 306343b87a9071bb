"""Who is told about a resident."""

import datetime

from accounts.models import Binding, Resident
from accounts.recipients import reachable
from notices.recipients import About, recipients_of
from tests import factories

DAY = datetime.timedelta(days=1)


def addresses(resident: Resident, on: datetime.date) -> list[str]:
    return [recipient.email for recipient in reachable([About(resident.pk)], on=on)[0]]


def test_the_resident_is_told(resident, resident_user, today) -> None:
    assert addresses(resident, today) == [resident_user.email]


def test_nobody_else_is_told(resident, resident_user, neighbour_user, support, today) -> None:
    assert addresses(resident, today) == [resident_user.email]


def test_an_agent_is_told_while_the_authority_lasts(resident, resident_user, neighbour_user, today) -> None:
    factories.authority(agent=neighbour_user, subject=resident, ends_on=today)

    assert addresses(resident, today) == [resident_user.email, neighbour_user.email]
    assert addresses(resident, today + DAY) == [resident_user.email]


def test_agents_of_a_protected_person_are_not_told(resident, resident_user, neighbour_user, today) -> None:
    factories.authority(agent=neighbour_user, subject=resident)
    Resident.objects.filter(pk=resident.pk).update(protected=True)

    assert addresses(resident, today) == [resident_user.email]


def test_a_sign_in_that_was_unbound_is_not_told(resident, resident_user, today, now) -> None:
    Binding.objects.update(ended_at=now)

    assert addresses(resident, today) == []


def test_a_sign_in_that_was_switched_off_is_not_told(resident, resident_user, today) -> None:
    resident_user.is_active = False
    resident_user.save()

    assert addresses(resident, today) == []


def test_notices_ask_this_function(resident, resident_user, today) -> None:
    [[told]] = recipients_of([About(resident.pk)], on=today)

    assert (told.user_id, told.email) == (resident_user.pk, resident_user.email)
