"""Whose a doubtful record is instead: the row beside it, somebody in the register, a number one slip away."""

import pytest
from django.db import connection

from accounts import vault
from accounts.models import Resident
from links.models import Finding, Link
from links.review import holders
from links.review.outcomes import open_case
from tests.factories import InstitutionFactory, ResidentFactory
from tests.links.fed import applied
from tests.links.review.factories import bank_account, own_record, relative, reviewed, strangers_record
from tests.links.review.findings import found, spoken

pytestmark = pytest.mark.django_db


def stranger(**fields: object) -> Resident:
    """Whoever `strangers_record` names as its holder, as the register has them."""
    person = {"name": "見本　太郎", "name_kana": "ミホン　タロウ", "birth_date": "1951-11-23", "sex": "1"}
    return ResidentFactory.create(**{**person, **fields})


def holder_of(person: Resident) -> dict[str, str]:
    """The columns of a record that name this person as the holder."""
    return {
        "holder_name": person.name,
        "holder_kana": person.name_kana,
        "holder_birth_date": person.birth_date,
        "holder_sex": person.sex,
        "holder_address": person.address,
    }


def owner(link: Link) -> Resident | None:
    """Whose the last finding thinks it is."""
    return Finding.objects.filter(link=link).latest("id").owner


def test_the_true_owner_in_the_register_is_kept_with_the_finding(resident: Resident) -> None:
    person = stranger(address=resident.address)
    link = strangers_record(resident)

    reviewed()

    verdict, reasons = found(link)
    assert (verdict, reasons[-1]) == ("mismatch", "holder_in_register")
    assert owner(link) == person


def test_nobody_is_named_where_two_people_fit(resident: Resident) -> None:
    stranger(address=resident.address)
    stranger(address=resident.address)
    link = strangers_record(resident)

    reviewed()

    assert "holder_in_register" in found(link)[1]
    assert owner(link) is None


def test_somebody_who_lives_elsewhere_is_not_the_owner(resident: Resident) -> None:
    stranger(address="北海道札幌市中央区北一条西２丁目１番")
    link = strangers_record(resident)

    reviewed()

    assert "holder_in_register" not in found(link)[1]
    assert owner(link) is None


@pytest.mark.parametrize(
    "written",
    [
        {"holder_kana": "ﾐﾎﾝ ﾀﾛｳ"},
        {"holder_kana": "みほん　たろう"},
        {"holder_birth_date": "昭和26年11月23日"},
        {"holder_kana": ""},
        {"holder_name": "", "holder_kana": "ミホン タロウ"},
    ],
)
def test_the_owner_is_found_however_the_institution_writes(
    resident: Resident, written: dict[str, str]
) -> None:
    person = stranger(address=resident.address)
    link = strangers_record(resident, **written)

    reviewed()

    assert owner(link) == person


def test_without_a_birth_date_nobody_is_looked_for_in_the_register(resident: Resident) -> None:
    stranger(address=resident.address)
    link = bank_account(resident, holder_kana="ミホン　タロウ")

    assert spoken(link) == {}


def test_an_owner_who_moves_away_is_news(resident: Resident) -> None:
    person = stranger(address=resident.address)
    link = strangers_record(resident)
    reviewed()
    Resident.objects.filter(pk=person.pk).update(address="北海道札幌市中央区北一条西２丁目１番")

    reviewed()

    assert owner(link) is None
    assert link.findings.count() == 2


def test_finding_the_same_owner_again_is_no_news(resident: Resident) -> None:
    stranger(address=resident.address)
    link = strangers_record(resident)
    reviewed()

    reviewed()

    assert link.findings.count() == 1


def test_two_records_whose_numbers_changed_places_name_each_other(resident: Resident) -> None:
    feed = applied(InstitutionFactory.create())
    person = stranger()
    mine = own_record(resident, feed_import=feed, line=7, **holder_of(person))
    theirs = own_record(person, feed_import=feed, line=8, **holder_of(resident))

    reviewed()

    assert (owner(mine), owner(theirs)) == (person, resident)
    assert "holder_beside" in found(mine)[1]
    assert "holder_beside" in found(theirs)[1]


def test_the_row_beside_is_asked_where_a_bank_sends_the_reading_alone(resident: Resident) -> None:
    feed = applied(InstitutionFactory.create())
    person = stranger()
    link = bank_account(resident, feed_import=feed, line=2, holder_kana=person.name_kana)
    bank_account(person, number="0000002", feed_import=feed, line=3, holder_kana=resident.name_kana)

    assert spoken(link) == {link.pk: ["holder_beside"]}


@pytest.mark.parametrize(("line", "same_file"), [(9, True), (8, False)])
def test_only_the_next_row_of_the_same_file_is_beside_it(
    resident: Resident, line: int, same_file: bool
) -> None:
    feed = applied(InstitutionFactory.create())
    other = feed if same_file else applied(InstitutionFactory.create())
    person = stranger()
    link = own_record(resident, feed_import=feed, line=7, **holder_of(person))
    own_record(person, feed_import=other, line=line)

    assert "holder_beside" not in spoken(link)[link.pk]


def test_two_rows_of_one_person_are_not_mixed_up(resident: Resident) -> None:
    feed = applied(InstitutionFactory.create())
    link = own_record(resident, feed_import=feed, line=7, holder_sex="1")
    own_record(resident, category="pension", feed_import=feed, line=8)

    assert spoken(link) == {}


def test_a_relative_in_the_household_is_told_as_that_and_is_the_owner(resident: Resident) -> None:
    child = relative(resident)
    link = own_record(resident, **holder_of(child))

    reviewed()

    assert [code for code in found(link)[1] if code.startswith("holder_")] == ["holder_in_household"]
    assert owner(link) == child


@pytest.mark.parametrize("theirs", ["123456789123", "132456789018"])
def test_a_number_one_slip_from_the_owners_names_the_cause(resident: Resident, now, theirs: str) -> None:
    person = stranger(address=resident.address)
    link = strangers_record(resident)
    vault.seal("123456789018", resident=resident, at=now).save()
    vault.seal(theirs, resident=person, at=now).save()

    reviewed()

    assert ("number_slip" in found(link)[1]) is (theirs == "132456789018")


def test_nobody_is_looked_for_where_everything_agrees(resident: Resident, django_assert_num_queries) -> None:
    case = open_case(own_record(resident))

    with django_assert_num_queries(0):
        assert holders.found([case]) == []


def test_a_batch_of_strangers_takes_a_few_lookups(django_assert_max_num_queries) -> None:
    feed = applied(InstitutionFactory.create())
    people = [ResidentFactory.create() for _ in range(10)]
    cases = [
        open_case(strangers_record(who, feed_import=feed, line=line)) for line, who in enumerate(people, 2)
    ]

    with django_assert_max_num_queries(3):
        holders.found(cases)


def test_people_are_looked_for_by_an_index_and_not_by_a_walk(resident: Resident) -> None:
    wanted = Resident.objects.filter(birth_date__in=["1951-11-23"], name_kana__in=["ミホン　タロウ"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert "residents_by_birth_and_reading" in wanted.explain()
