"""The resident register: who may see whom, what counts as the birthday, and what the review compares."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Binding, Resident, SealedNumber
from tests import factories

DAY = datetime.timedelta(days=1)


def seen_by(user, on: datetime.date) -> set[Resident]:
    return set(Resident.objects.visible_to(user, on=on))


def test_a_user_sees_the_own_person_only(resident, resident_user, neighbour, today) -> None:
    assert seen_by(resident_user, today) == {resident}


def test_a_sign_in_that_is_bound_to_nobody_sees_nobody(resident, today) -> None:
    assert seen_by(factories.UserFactory.create(), today) == set()


def test_an_ended_binding_shows_nothing_any_more(resident, resident_user, today, now) -> None:
    Binding.objects.filter(user=resident_user).update(ended_at=now)

    assert seen_by(resident_user, today) == set()


def test_staff_see_nobody_by_their_role(resident, support, supervisor, today) -> None:
    assert seen_by(support, today) == seen_by(supervisor, today) == set()


def test_an_agent_sees_the_own_person_and_the_represented_one_once(
    resident, resident_user, neighbour, today
) -> None:
    factories.authority(agent=resident_user, subject=neighbour)

    visible = list(Resident.objects.visible_to(resident_user, on=today).order_by("pk"))

    assert visible == [resident, neighbour]


def test_authority_does_not_work_backwards(resident_user, neighbour, neighbour_user, resident, today) -> None:
    factories.authority(agent=resident_user, subject=neighbour)

    assert seen_by(neighbour_user, today) == {neighbour}


def test_an_agent_who_is_not_in_the_register_sees_the_represented_person(neighbour, today) -> None:
    carer = factories.UserFactory.create()
    factories.authority(agent=carer, subject=neighbour, kind="carer")

    assert seen_by(carer, today) == {neighbour}


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [
        (-10, None, True),
        (0, None, True),
        (-10, 0, True),
        (0, 0, True),
        (1, None, False),
        (-10, -1, False),
        (1, 10, False),
    ],
)
def test_authority_counts_from_its_first_to_its_last_day(
    resident_user, neighbour, today, starts, ends, may
) -> None:
    ends_on = None if ends is None else today + ends * DAY
    factories.authority(
        agent=resident_user, subject=neighbour, starts_on=today + starts * DAY, ends_on=ends_on
    )

    assert (neighbour in seen_by(resident_user, today)) is may


def test_authority_that_was_ended_is_over_at_once(resident_user, neighbour, today, now) -> None:
    factories.authority(agent=resident_user, subject=neighbour, ended_at=now)

    assert neighbour not in seen_by(resident_user, today)


def test_a_protected_person_has_no_agents(resident_user, neighbour, neighbour_user, today) -> None:
    factories.authority(agent=resident_user, subject=neighbour)
    Resident.objects.filter(pk=neighbour.pk).update(protected=True)

    assert neighbour not in seen_by(resident_user, today)
    assert neighbour in seen_by(neighbour_user, today)


def test_authority_ends_with_the_represented_person(resident_user, neighbour, today) -> None:
    factories.authority(agent=resident_user, subject=neighbour)
    Resident.objects.filter(pk=neighbour.pk).update(died_on=today - DAY)

    assert neighbour not in seen_by(resident_user, today)


def test_whom_a_user_sees_is_one_query(resident_user, neighbour, today, django_assert_num_queries) -> None:
    factories.authority(agent=resident_user, subject=neighbour)

    with django_assert_num_queries(1):
        list(Resident.objects.visible_to(resident_user, on=today))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1985-04-02", datetime.date(1985, 4, 2)),
        ("1985-04-00", datetime.date(1985, 4, 1)),
        ("1985-00-00", datetime.date(1985, 1, 1)),
        ("2024-02-29", datetime.date(2024, 2, 29)),
    ],
)
def test_an_unknown_month_or_day_counts_as_the_first(written, read) -> None:
    assert Resident(birth_date=written).born_on == read


@pytest.mark.parametrize(
    ("day", "age"),
    [("2026-04-01", 40), ("2026-04-02", 41), ("2026-12-31", 41), ("1985-04-02", 0)],
)
def test_an_age_changes_on_the_birthday(day, age) -> None:
    assert Resident(birth_date="1985-04-02").age_on(datetime.date.fromisoformat(day)) == age


def test_who_was_born_on_29_february_is_older_on_1_march() -> None:
    born = Resident(birth_date="2012-02-29")

    assert born.age_on(datetime.date(2027, 2, 28)) == 14
    assert born.age_on(datetime.date(2027, 3, 1)) == 15


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"name": "見本　花子"}, "見本　花子"),
        ({"name": "見本　花子", "former_surname": "旧"}, "見本［旧］　花子"),
        ({"name": "見本 花子", "former_surname": "旧"}, "見本［旧］　花子"),
        ({"name": "NGUYEN VAN AN", "common_name": "グエン"}, "NGUYEN VAN AN（グエン）"),
        ({"name": "花子", "former_surname": "旧"}, "花子"),
        (
            {"name": "見本［旧］　花子", "former_surname": "旧"},
            "見本［旧］　花子",
        ),
        (
            {"name": "見本　花子", "former_surname": "旧", "common_name": "通　花"},
            "見本［旧］　花子（通　花）",
        ),
    ],
)
def test_former_surname_and_common_name_stand_in_brackets(fields, written) -> None:
    assert Resident(**fields).registered_name == written


def test_the_review_compares_what_the_register_has(resident) -> None:
    resident.previous_address = "東京都新宿区西新宿２丁目８番１号"

    person = resident.as_person()

    assert (person.name, person.kana, person.birth_date) == ("見本　花子", "ミホン　ハナコ", "1985-04-02")
    assert (person.sex, person.address) == ("2", resident.address)
    assert person.former_addresses == ("東京都新宿区西新宿２丁目８番１号",)


def test_who_never_moved_has_no_former_address(resident) -> None:
    assert resident.as_person().former_addresses == ()


def test_the_register_s_code_is_unique(resident) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ResidentFactory.create(code=resident.code)


def test_two_people_never_share_a_number(resident, neighbour) -> None:
    now = timezone.now()
    SealedNumber.objects.create(resident=resident, sealed=b"a", fingerprint=b"f" * 32, sealed_at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        SealedNumber.objects.create(resident=neighbour, sealed=b"b", fingerprint=b"f" * 32, sealed_at=now)


def test_a_person_has_one_number(resident) -> None:
    now = timezone.now()
    SealedNumber.objects.create(resident=resident, sealed=b"a", fingerprint=b"f" * 32, sealed_at=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        SealedNumber.objects.create(resident=resident, sealed=b"b", fingerprint=b"g" * 32, sealed_at=now)


def test_a_public_id_is_unique(resident) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ResidentFactory.create(public_id=resident.public_id)
