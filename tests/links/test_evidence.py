"""The match of one record as rows of a table, for residents and for staff."""

import datetime

import pytest
from django.utils.translation import override

from accounts.models import Resident
from links import evidence
from links.models import Finding, Link
from links.review.rules.comparison import Person
from tests.factories import FindingFactory
from tests.links.review.factories import own_record, reviewed, strangers_record

pytestmark = pytest.mark.django_db
EQUAL = {"name": "equal", "kana": "equal", "birth_date": "equal", "sex": "equal", "address": "same"}


@pytest.fixture
def checked(resident: Resident) -> Link:
    """A record that shows its details."""
    return own_record(
        resident,
        verdict="match",
        holder_birth_date="昭和60年4月2日",
        holder_sex="女",
        holder_address="埼玉県さいたま市",
    )


def finding(link: Link, *reasons: str, **levels: str) -> Finding:
    """A finding with those levels; what is not named is equal."""
    return FindingFactory.create(link=link, elements={**EQUAL, **levels}, reasons=list(reasons))


def by_element(rows: list[evidence.Row]) -> dict[str, evidence.Row]:
    """The rows by their element."""
    return {row.element: row for row in rows}


def test_the_five_elements_come_in_the_order_of_the_register(checked: Link) -> None:
    rows = evidence.rows_for_resident(checked, finding(checked))

    assert [row.element for row in rows] == list(Person.__slots__)[:5]
    with override("en"):
        assert [str(row.words) for row in rows] == ["Same"] * 5


def test_a_resident_sees_the_other_side_where_it_agrees(checked: Link) -> None:
    rows = by_element(evidence.rows_for_resident(checked, finding(checked, name="variant")))

    assert rows["name"].theirs == checked.holder_name
    assert rows["address"].theirs == "埼玉県さいたま市"
    assert rows["name"].tone == "ok"


def test_the_birth_date_is_a_date_and_the_sex_a_word_for_a_resident(checked: Link) -> None:
    rows = by_element(evidence.rows_for_resident(checked, finding(checked)))

    assert rows["birth_date"].ours == rows["birth_date"].theirs == datetime.date(1985, 4, 2)
    with override("en"):
        assert str(rows["sex"].ours) == str(rows["sex"].theirs) == "Female"


def test_a_birth_date_that_is_not_wholly_known_stays_as_the_register_has_it(checked: Link) -> None:
    checked.resident.birth_date = "1985-00-00"

    rows = by_element(evidence.rows_for_resident(checked, finding(checked)))

    assert rows["birth_date"].ours == "1985-00-00"


@pytest.mark.parametrize(
    ("element", "level"),
    [
        ("name", "other"),
        ("name", "clerk"),
        ("kana", "other"),
        ("birth_date", "slip"),
        ("birth_date", "other"),
        ("sex", "conflict"),
        ("address", "other_number"),
        ("address", "other_town"),
    ],
)
def test_of_what_differs_a_resident_reads_only_that_it_differs(
    checked: Link, element: str, level: str
) -> None:
    row = by_element(evidence.rows_for_resident(checked, finding(checked, **{element: level})))[element]

    assert row.theirs == ""
    assert row.tone in ("attention", "wrong")
    with override("en"):
        assert str(row.words) == "Differs"


def test_what_was_not_sent_is_said_to_be_missing_and_not_wrong(checked: Link) -> None:
    row = by_element(evidence.rows_for_resident(checked, finding(checked, kana="missing")))["kana"]

    with override("en"):
        assert (row.theirs, row.tone, str(row.words)) == ("", "info", "Not sent")


def test_an_element_that_an_old_finding_does_not_have_counts_as_missing(checked: Link) -> None:
    old = FindingFactory.create(link=checked, elements={"name": "equal"}, reasons=[])

    rows = by_element(evidence.rows_for_resident(checked, old))

    assert rows["address"].level == "missing"
    assert not any(row.decided for row in rows.values())


def test_of_a_hidden_record_a_resident_sees_nothing_of_the_other_side(resident: Resident) -> None:
    link = strangers_record(resident)
    reviewed()
    link.refresh_from_db()

    rows = evidence.rows_for_resident(link, link.findings.get())

    assert [row.theirs for row in rows] == [""] * 5
    assert rows[0].ours == resident.name


def test_staff_see_both_originals_of_a_hidden_record(resident: Resident) -> None:
    link = strangers_record(resident, holder_birth_date="昭和26年11月23日")
    reviewed()
    link.refresh_from_db()

    rows = by_element(evidence.rows_for_staff(link, link.findings.get()))

    assert (rows["name"].ours, rows["name"].theirs) == ("見本　花子", "見本　太郎")


def test_staff_read_the_registered_birth_date_as_a_day_and_the_other_as_it_was_sent(checked: Link) -> None:
    checked.holder_birth_date = "19850402"

    row = by_element(evidence.rows_for_staff(checked, finding(checked)))["birth_date"]

    assert (row.ours, row.theirs) == (datetime.date(1985, 4, 2), "19850402")


def test_staff_read_how_far_an_element_differs(checked: Link) -> None:
    row = by_element(evidence.rows_for_staff(checked, finding(checked, address="other_number")))["address"]

    with override("en"):
        assert str(row.words) == "Same town, other number"


def test_staff_see_which_elements_decided(checked: Link) -> None:
    rows = evidence.rows_for_staff(checked, finding(checked, "moved_or_namesake", address="other_town"))

    assert [row.element for row in rows if row.decided] == ["address"]


def test_a_signal_across_records_rests_on_no_element(checked: Link) -> None:
    rows = evidence.rows_for_staff(checked, finding(checked, "shared_account", "name_and_birth_date"))

    assert not any(row.decided for row in rows)


def test_no_address_is_shown_to_staff_who_may_see_no_place(checked: Link) -> None:
    checked.places_hidden = True

    row = by_element(evidence.rows_for_staff(checked, finding(checked)))["address"]

    assert (row.ours, row.theirs) == ("", "")


def test_an_unknown_sex_is_shown_to_staff_as_it_was_sent(checked: Link) -> None:
    checked.holder_sex = "9"

    assert by_element(evidence.rows_for_staff(checked, finding(checked, sex="missing")))["sex"].theirs == "9"


def test_the_registered_name_has_its_former_surname(checked: Link) -> None:
    checked.resident.former_surname = "旧氏"

    rows = by_element(evidence.rows_for_staff(checked, finding(checked)))

    assert rows["name"].ours == "見本［旧氏］　花子"


@pytest.mark.parametrize("language", ["ja", "ja-x-easy"])
def test_every_level_and_label_is_translated(language: str) -> None:
    words = [*evidence.WORDS.values(), *evidence.LABELS.values()]
    with override("en"):
        english = [str(word) for word in words]

    with override(language):
        assert not set(english) & {str(word) for word in words}
