"""Which links a run looks at, above all when it looks at changes only."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import Resident, ResidentChange
from links.models import Finding, Link, ReviewRun
from links.review import walk
from links.review.signals import with_people
from tests.factories import InstitutionFactory, ResidentFactory
from tests.links.review.factories import (
    bank_account,
    insurance,
    moved,
    own_record,
    relative,
    resent,
    reviewed,
    strangers_record,
)

pytestmark = pytest.mark.django_db


def verdict(link: Link) -> str:
    """The link's verdict as stored."""
    link.refresh_from_db()
    return link.verdict


def test_the_first_look_at_changes_looks_at_everything(resident: Resident) -> None:
    own_record(resident, verdict="match")

    assert reviewed(changed_only=True).checked == 1


def test_what_has_a_verdict_and_did_not_change_is_passed_over(resident: Resident) -> None:
    own_record(resident)
    reviewed()
    new = own_record(resident)

    run = reviewed(changed_only=True)

    assert run.checked == 1
    assert verdict(new) == "match"


def test_a_change_of_the_register_brings_all_records_of_the_person_back(resident: Resident) -> None:
    links = [own_record(resident), own_record(resident, category="pension")]
    reviewed()
    moved(resident, birth_date="1960-01-01")

    run = reviewed(changed_only=True)

    assert run.checked == 2
    assert {verdict(link) for link in links} == {"mismatch"}


def test_a_change_of_the_register_is_taken_into_account_once(resident: Resident) -> None:
    own_record(resident)
    reviewed()
    moved(resident, postal_code="1000001")
    reviewed(changed_only=True)

    assert reviewed(changed_only=True).checked == 0


def test_a_change_of_the_register_that_leaves_the_verdict_writes_no_finding(resident: Resident) -> None:
    own_record(resident)
    reviewed()
    moved(resident, postal_code="1000001")

    reviewed(changed_only=True)

    assert Finding.objects.count() == 1


def test_a_change_that_a_run_over_one_institution_saw_is_news_to_a_run_over_all(resident: Resident) -> None:
    link, other = own_record(resident), own_record(resident, institution=InstitutionFactory.create())
    reviewed()
    moved(resident, birth_date="1960-01-01")
    reviewed(institution=link.institution)

    run = reviewed(changed_only=True)

    assert run.checked == 2
    assert verdict(other) == "mismatch"


def test_a_run_over_all_has_seen_for_a_run_over_one_institution(resident: Resident) -> None:
    link = own_record(resident)
    reviewed()

    assert reviewed(institution=link.institution, changed_only=True).checked == 0


def test_new_rules_look_at_everything_again(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    own_record(resident)
    reviewed()
    monkeypatch.setattr("links.review.runs.RULES_VERSION", "9999.1")

    first, second = reviewed(changed_only=True), reviewed(changed_only=True)

    assert (first.checked, second.checked) == (1, 0)
    assert first.rules_version == "9999.1"


def test_a_failed_run_has_covered_nothing(resident: Resident) -> None:
    own_record(resident)
    run = reviewed()
    ReviewRun.objects.filter(pk=run.pk).update(state="failed")

    assert reviewed(changed_only=True).checked == 1


def test_a_new_record_with_the_account_of_an_old_one_brings_the_old_one_back(
    resident: Resident, neighbour: Resident
) -> None:
    old = bank_account(resident)
    reviewed()
    new = bank_account(neighbour)

    run = reviewed(changed_only=True)

    assert (verdict(old), verdict(new)) == ("review", "review")
    assert run.checked == 1


def test_a_second_insurance_brings_the_first_one_back(resident: Resident) -> None:
    first = insurance(resident)
    reviewed()
    insurance(resident, insurer="06139463")

    reviewed(changed_only=True)

    assert verdict(first) == "review"


@pytest.mark.parametrize(
    "leaving", [{"status": "removed"}, {"settled_as": "unlinked", "settled_digest": b"1"}]
)
def test_the_end_of_one_record_ends_the_doubt_about_the_other(
    resident: Resident, neighbour: Resident, leaving: dict[str, object]
) -> None:
    link, other = bank_account(resident), bank_account(neighbour)
    reviewed()
    Link.objects.filter(pk=other.pk).update(**leaving)

    reviewed(changed_only=True)

    assert verdict(link) == "match"


def test_the_end_of_an_insurance_ends_the_doubt_about_the_other(resident: Resident) -> None:
    link, other = insurance(resident), insurance(resident, insurer="06139463")
    reviewed()
    resent(other, status="ended")

    reviewed(changed_only=True)

    assert (verdict(link), verdict(other)) == ("match", "match")


def test_a_new_member_of_the_household_brings_the_records_of_the_others_back(resident: Resident) -> None:
    link = strangers_record(resident)
    reviewed()
    child = relative(resident, name=link.holder_name, name_kana=link.holder_kana, birth_date="1951-11-23")
    ResidentChange.objects.create(resident=child, after={"name": child.name}, at=timezone.now())

    reviewed(changed_only=True)

    assert "holder_in_household" in link.findings.latest("id").reasons


def test_who_leaves_a_household_brings_the_records_of_those_who_stay_back(resident: Resident) -> None:
    link = strangers_record(resident)
    child = relative(resident, name=link.holder_name, name_kana=link.holder_kana, birth_date="1951-11-23")
    reviewed()
    moved(child, household_code="0000000888")

    reviewed(changed_only=True)

    assert "holder_in_household" not in link.findings.latest("id").reasons


def test_people_without_a_household_have_no_one_in_common(resident: Resident) -> None:
    Resident.objects.update(household_code="")
    other = ResidentFactory.create(household_code="")
    own_record(other)
    reviewed()
    moved(Resident.objects.get(pk=resident.pk), postal_code="1000001")

    assert reviewed(changed_only=True).checked == 0


def test_changes_are_walked_in_batches_by_key(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("links.review.walk.BATCH", 2)
    own_record(resident)
    reviewed()
    for _ in range(3):
        own_record(resident)
    moved(resident, postal_code="1000001")

    run = reviewed(changed_only=True)

    assert run.checked == 4
    assert not Link.objects.unreviewed().exists()


def test_a_full_run_needs_no_company_from_outside_its_batch(resident: Resident, neighbour: Resident) -> None:
    link = bank_account(resident)
    bank_account(neighbour)

    assert walk.company(ReviewRun(), [link]) == []
    assert len(walk.company(ReviewRun(changed_only=True), [link])) == 1


def test_a_batch_is_read_in_one_query_with_all_that_the_rules_need(
    resident: Resident, django_assert_num_queries
) -> None:
    own_record(resident)
    own_record(resident)
    run = ReviewRun.objects.create(rules_version="1", started_at=timezone.now())

    with django_assert_num_queries(1):
        for link in with_people(walk.scoped(run)):
            link.resident.as_person()
            link.claimed_person()


def test_rows_dated_before_the_last_check_and_shown_after_it_are_asked(resident: Resident) -> None:
    own_record(resident)
    began = reviewed().started_at
    late = own_record(resident, changed_at=began - datetime.timedelta(hours=20))

    run = reviewed(changed_only=True)

    assert (run.checked, verdict(late)) == (1, "match")


def test_what_lies_without_a_verdict_for_days_waits_for_the_next_whole_check(resident: Resident) -> None:
    own_record(resident)
    began = reviewed().started_at
    old = own_record(resident, changed_at=began - datetime.timedelta(hours=30))

    assert reviewed(changed_only=True).checked == 0
    assert (reviewed().checked, verdict(old)) == (2, "match")


def test_what_stands_is_counted_by_institution_kind_and_verdict(resident: Resident) -> None:
    bank, town = InstitutionFactory.create(code="BK0001"), InstitutionFactory.create(code="MC0001")
    own_record(resident, institution=town)
    own_record(resident, institution=town, category="pension")
    own_record(resident, institution=bank, status="removed")
    strangers_record(resident, institution=bank)

    run = reviewed()

    assert [tuple(row) for row in run.standing] == [
        ("BK0001", "tax", "mismatch", 1),
        ("MC0001", "pension", "match", 1),
        ("MC0001", "tax", "match", 1),
    ]


def test_a_narrow_run_counts_what_stands_within_its_scope(resident: Resident) -> None:
    bank, town = InstitutionFactory.create(code="BK0001"), InstitutionFactory.create(code="MC0001")
    for institution in (bank, town):
        own_record(resident, institution=institution)
        own_record(resident, institution=institution, category="pension")

    by_institution, by_category = reviewed(institution=town), reviewed(category="pension")

    assert {code for code, _kind, _verdict, _records in by_institution.standing} == {"MC0001"}
    assert {kind for _code, kind, _verdict, _records in by_category.standing} == {"pension"}


def test_what_came_since_without_a_verdict_does_not_count_as_standing(resident: Resident) -> None:
    own_record(resident)
    run = reviewed()
    own_record(resident)

    assert [row[-1] for row in walk.standing(run)] == [1]
