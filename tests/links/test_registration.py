"""The registration rules, held against rows of a file and against records."""

import pytest

from accounts.models import Resident
from links import registration
from links.feeds.columns import OBTAINED_BY
from links.models import FeedImport
from links.registration import FROM_APPLICANT, RULES, Facts, broken
from tests import factories
from tests.links.feeds.feeding import NUMBER, STRANGER, imported, registered

HEADER = (
    "individual_number,reference,status,holder_name,holder_kana,holder_birth_date,holder_sex,holder_address,"
    "linked_on,obtained_by,entered_by"
)
COMPLETE = Facts(
    "pension",
    "card",
    name=True,
    kana=True,
    birth_date=True,
    sex=True,
    address=True,
    entered_by=True,
)


@pytest.fixture
def hanako(db: None) -> Resident:
    """The person whom the rows name."""
    return registered(NUMBER)


def row(reference: str, **cells: str) -> str:
    """A row that keeps every rule, but for these cells."""
    known = {
        "individual_number": NUMBER,
        "reference": reference,
        "status": "active",
        "holder_name": "見本　花子",
        "holder_kana": "ミホン　ハナコ",
        "holder_birth_date": "1985-04-02",
        "holder_sex": "2",
        "holder_address": "埼玉県さいたま市浦和区高砂３丁目１５番４号",
        "linked_on": "2024-05-01",
        "obtained_by": "card",
        "entered_by": "窓口",
    }
    return ",".join((known | cells).values())


def codes(facts: Facts) -> list[str]:
    return list(broken({facts: 1}))


def test_a_row_with_a_number_from_the_card_and_everything_sent_keeps_all_rules() -> None:
    assert codes(COMPLETE) == []


@pytest.mark.parametrize(
    ("obtained_by", "category", "wrong"),
    [
        *((way, "pension", []) for way in FROM_APPLICANT),
        ("employer_form", "pension", ["not_from_applicant"]),
        ("family_form", "pension", ["not_from_applicant"]),
        ("migration", "pension", ["origin_unknown"]),
        ("unknown", "pension", ["origin_unknown"]),
        ("lookup_4", "pension", []),
        ("lookup_3", "pension", ["looked_up_by_three"]),
        ("lookup_4", "health_insurance", ["looked_up_by_four"]),
        ("lookup_3", "health_insurance", ["looked_up_by_three"]),
    ],
)
def test_how_the_number_was_obtained_decides(obtained_by, category, wrong) -> None:
    assert codes(COMPLETE._replace(obtained_by=obtained_by, category=category)) == wrong


@pytest.mark.parametrize("item", ["birth_date", "sex", "address"])
def test_a_looked_up_number_without_an_item_shows_no_unique_match(item) -> None:
    looked_up = COMPLETE._replace(obtained_by="lookup_4")

    assert codes(looked_up._replace(**{item: False})) == ["no_unique_match_shown"]
    assert codes(COMPLETE._replace(**{item: False})) == ["cannot_be_checked"]


@pytest.mark.parametrize(
    ("category", "wrong"), [("pension", []), ("health_insurance", ["cannot_be_checked"])]
)
@pytest.mark.parametrize("form", ["name", "kana"])
def test_the_name_counts_in_either_form_but_health_insurance_needs_both(category, wrong, form) -> None:
    assert codes(COMPLETE._replace(category=category, **{form: False})) == wrong


def test_somebody_must_be_named_who_entered_the_number() -> None:
    assert codes(COMPLETE._replace(entered_by=False)) == ["nobody_named"]


def test_every_way_of_obtaining_a_number_is_judged() -> None:
    judged = {way for way in OBTAINED_BY if codes(COMPLETE._replace(obtained_by=way)) == []}

    assert judged == {*FROM_APPLICANT, "lookup_4"}


def test_every_rule_has_a_code_of_its_own_and_a_source() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert all(str(rule.source) for rule in RULES)


def test_an_import_counts_the_rows_that_break_a_rule_and_warns_the_sender(hanako) -> None:
    report = imported(
        row("A1"),
        row("A2", obtained_by="lookup_3"),
        row("A3", obtained_by="lookup_3", holder_sex=""),
        row("A4", entered_by=""),
        header=HEADER,
    )

    counted = {"looked_up_by_three": 2, "no_unique_match_shown": 1, "nobody_named": 1}
    assert FeedImport.objects.get().broken_rules == counted
    assert report.warnings == registration.warnings(counted)
    assert report.counts.created == 4


def test_rows_that_come_to_nothing_are_not_counted(hanako) -> None:
    wrong = {"obtained_by": "lookup_3"}

    imported(
        row("A1", **wrong),
        row("A1", **wrong),  # once more
        row("A2", individual_number=STRANGER, **wrong),
        row("A3", individual_number="123", **wrong),
        row("A4", **wrong),
        row("A4", entered_by="", **wrong),  # differs
        header=HEADER,
    )

    assert FeedImport.objects.get().broken_rules == {"looked_up_by_three": 1}


def test_a_row_that_came_before_is_counted_again(hanako) -> None:
    imported(row("A1", entered_by=""), header=HEADER)
    imported(row("A1", entered_by=""), header=HEADER)

    assert [each.broken_rules for each in FeedImport.objects.all()] == [{"nobody_named": 1}] * 2


def test_a_try_warns_too(hanako) -> None:
    report = imported(row("A1", entered_by=""), header=HEADER, dry_run=True)

    assert list(report.warnings.values()) == [1]


def test_records_that_stand_are_counted_by_institution(link) -> None:
    bare = factories.LinkFactory.create(institution=link.institution, obtained_by="migration", entered_by="")
    factories.LinkFactory.create(institution=link.institution, status="removed")
    factories.LinkFactory.create(
        institution=link.institution, settled_as="unlinked", settled_digest=b"d" * 32
    )
    other = factories.LinkFactory.create(category="health_insurance", obtained_by="lookup_4")

    found = registration.registered()

    assert found[bare.institution_id].total() == 2
    assert broken(found[bare.institution_id])["origin_unknown"] == 1
    assert broken(found[other.institution_id])["looked_up_by_four"] == 1
