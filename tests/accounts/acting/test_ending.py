"""Authority ends with what it stood on: each reason is stored, and told without telling too much."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.acting.ending import Ending, end_due
from accounts.models import (
    AuditEvent,
    Authority,
    Binding,
    Claim,
    Invitation,
    Resident,
    ResidentChange,
    Session,
)
from accounts.tasks import end_authority
from notices.models import Notice
from tests import factories
from tests.readers import sign_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def given(resident, resident_user, neighbour_user) -> Authority:
    """The neighbour helps the resident."""
    return factories.authority(agent=neighbour_user, subject=resident, kind="carer", basis="named")


def become(resident, **facts: object) -> None:
    """The register says so now."""
    Resident.objects.filter(pk=resident.pk).update(**facts)


def reason(given) -> str:
    given.refresh_from_db()
    return given.ending if given.ended_at else ""


def kinds(resident) -> set[str]:
    return set(Notice.objects.filter(resident=resident).values_list("kind", flat=True))


def test_what_stands_is_left_alone(given, now) -> None:
    assert end_due(at=now) == 0
    assert reason(given) == ""


def test_the_last_day_is_over(given, resident, neighbour, now, today) -> None:
    Authority.objects.update(ends_on=today)
    end_due(at=now)
    assert reason(given) == ""

    end_due(at=now + DAY)

    assert reason(given) == Ending.DATE
    assert (kinds(resident), kinds(neighbour)) == ({"authority.ended"}, {"acting.ended"})


def test_the_person_dies(given, resident, resident_user, neighbour, neighbour_user, now, today) -> None:
    become(resident, died_on=today)
    assert resident not in Resident.objects.visible_to(neighbour_user, on=today)

    end_due(at=now)

    assert reason(given) == Ending.DEATH
    assert kinds(resident) == set()
    assert kinds(neighbour) == {"acting.ended"}


def test_with_death_the_sign_in_ends_everywhere(resident, resident_user, client, now, today) -> None:
    sign_in(client, resident_user)
    Invitation.objects.create(
        subject=resident, made_by=resident_user, code_digest=b"x", scope={}, ends_on=today, made_at=now
    )
    claimant = factories.UserFactory.create()
    Claim.objects.create(user=claimant, method="letter", resident=resident, opened_at=now)
    become(resident, died_on=today)
    assert list(Resident.objects.visible_to(resident_user, on=today)) == []

    end_due(at=now)
    end_due(at=now)

    assert not Binding.objects.current().filter(user=resident_user).exists()
    assert not Session.objects.filter(user=resident_user).exists()
    assert Invitation.objects.get().state == "over"
    assert Claim.objects.get().state == "over"
    assert AuditEvent.objects.filter(verb="sign_in.ended_by_death", resident=resident).count() == 1


def test_who_died_acts_for_nobody(given, resident, neighbour, neighbour_user, now, today) -> None:
    become(neighbour, died_on=today)
    assert not Authority.objects.valid(on=today).exists()

    assert end_due(at=now) == 1

    assert reason(given) == Ending.AGENT_DEATH
    assert kinds(resident) == {"authority.ended"}


def test_heirs_read_what_to_do(client, resident, resident_user, now, today) -> None:
    become(resident, died_on=today)
    end_due(at=now)
    sign_in(client, resident_user)

    page = client.get(reverse("accounts:identity")).content.decode()

    assert "come to a counter" in page
    assert "Tell who I am" not in page


def test_protection_ends_it_and_whoever_acted_does_not_learn_why(
    client, given, resident, neighbour_user, now
):
    become(resident, protected=True)

    end_due(at=now)

    assert reason(given) == Ending.PROTECTION
    sign_in(client, neighbour_user)
    page = client.get(reverse("accounts:helpers")).content.decode()
    assert "You acted for" in page
    assert "rotect" not in page


def test_what_is_not_said_has_more_than_one_reason() -> None:
    innocent = {Ending.BY_SUBJECT, Ending.BY_STAFF, Ending.HOUSEHOLD}

    assert innocent < set(Authority.UNSAID)


def test_moving_into_protection_is_a_reason_of_its_own(given, resident, now) -> None:
    become(resident, protected=True)
    ResidentChange.objects.create(
        resident=resident,
        before={"protected": False, "address": "A"},
        after={"protected": True, "address": "B"},
        at=now,
    )

    end_due(at=now)

    assert reason(given) == Ending.MOVED


def test_at_fifteen_the_young_person_is_told(resident, neighbour_user, neighbour, now, today) -> None:
    eve = today
    young = factories.ResidentFactory.create(birth_date=fifteen_years_before(eve + DAY))
    given = factories.authority(agent=neighbour_user, subject=young, ends_on=young.last_day_as_child)
    assert given.ends_on == eve
    end_due(at=now)
    assert reason(given) == ""

    end_due(at=now + DAY)

    assert reason(given) == Ending.GROWN
    assert (kinds(young), kinds(neighbour)) == ({"authority.grown"}, {"acting.ended"})


def fifteen_years_before(day: datetime.date) -> str:
    return day.replace(year=day.year - 15).isoformat()


@pytest.mark.parametrize(
    ("born", "last"),
    [
        ("2012-04-01", "2027-03-31"),
        ("2012-02-29", "2027-02-28"),
        ("2012-03-01", "2027-02-28"),
        ("2012-00-00", "2026-12-31"),
        ("2012-05-00", "2027-04-30"),
    ],
)
def test_fifteen_is_reached_at_the_end_of_the_eve(born, last) -> None:
    child = factories.ResidentFactory.build(birth_date=born)

    assert child.last_day_as_child == datetime.date.fromisoformat(last)


def test_a_corrected_birth_date_moves_the_last_day(neighbour_user, now, today) -> None:
    young = factories.ResidentFactory.create(birth_date="2020-05-05")
    given = factories.authority(agent=neighbour_user, subject=young, ends_on=young.last_day_as_child)
    become(young, birth_date="2019-05-05")
    ResidentChange.objects.create(
        resident=young, before={"birth_date": "2020-05-05"}, after={"birth_date": "2019-05-05"}, at=now
    )

    end_due(at=now)

    given.refresh_from_db()
    assert given.ends_on == datetime.date(2034, 5, 4)


def test_the_task_does_it_and_twice_is_once(given, resident) -> None:
    become(resident, died_on=timezone.localdate())

    assert (end_authority(), end_authority()) == (1, 0)

    assert AuditEvent.objects.filter(verb="authority.ended").count() == 1
