"""The engine: verdicts stored once, wrong records withheld, right ones released, decisions left alone."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Resident, User
from links import actions
from links.models import Change, Finding, Hold, Link, ReviewRun
from links.review import engine, settle
from links.review.rules import RULES_VERSION
from notices.models import Notice
from tests.factories import InstitutionFactory
from tests.links.review.factories import (
    own_record,
    resent,
    reviewed,
    strangers_record,
)

pytestmark = pytest.mark.django_db


def test_a_record_of_the_resident_matches_and_shows_its_details(resident: Resident) -> None:
    link = own_record(resident)

    reviewed()

    link.refresh_from_db()
    assert link.verdict == "match"
    assert link.shows_details


def test_a_finding_names_its_reasons_levels_rules_and_run(resident: Resident) -> None:
    link = own_record(resident)

    run = reviewed()

    finding = Finding.objects.get(link=link)
    assert finding.verdict == "match"
    assert finding.reasons[0] == "name_and_birth_date"
    assert finding.elements == {
        "name": "equal",
        "kana": "equal",
        "birth_date": "equal",
        "sex": "equal",
        "address": "same",
    }
    assert (finding.resident, finding.rules_version, finding.run) == (resident, RULES_VERSION, run)


def test_a_strangers_record_is_withheld_and_its_details_are_hidden(resident: Resident) -> None:
    link = strangers_record(resident)

    run = reviewed()

    link.refresh_from_db()
    assert (link.verdict, link.concealed, link.held) == ("mismatch", True, True)
    assert not link.shows_details
    assert run.withheld == 1
    assert link.holds.active().get().source == Hold.Source.REVIEW


def test_withholding_is_told_once_to_the_resident_and_kept_in_the_trail(resident: Resident) -> None:
    link = strangers_record(resident)

    reviewed()
    reviewed()

    assert Notice.objects.get(resident=resident).kind == "record.withheld"
    event = AuditEvent.objects.get(verb="record.withheld")
    assert (event.subject_id, event.actor) == (link.public_id, None)


def test_the_history_of_a_record_says_its_verdict_before_its_hold(resident: Resident) -> None:
    link = strangers_record(resident)

    reviewed()

    first, second = link.changes.order_by("id")
    assert (first.kind, first.before, first.after) == (
        Change.Kind.VERDICT,
        {"verdict": ""},
        {"verdict": "mismatch"},
    )
    assert second.kind == Change.Kind.HELD


def test_a_doubtful_record_without_another_person_in_it_stays_visible(resident: Resident) -> None:
    link = own_record(resident, holder_address="北海道札幌市中央区北一条西２丁目１番", holder_kana="")

    reviewed()

    link.refresh_from_db()
    assert (link.verdict, link.concealed, link.held) == ("review", False, False)
    assert link.shows_details


def test_a_doubt_in_which_the_sex_conflicts_is_withheld(resident: Resident) -> None:
    link = own_record(resident, holder_sex="1")

    reviewed()

    link.refresh_from_db()
    assert (link.verdict, link.held) == ("review", True)
    assert Finding.objects.get(link=link).conceals


def test_a_record_without_a_holder_cannot_be_checked_but_shows(resident: Resident) -> None:
    nothing = dict.fromkeys(
        ("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address"), ""
    )
    link = own_record(resident, **nothing)

    reviewed()

    link.refresh_from_db()
    assert (link.verdict, link.held) == ("unverifiable", False)


def test_reviewing_again_writes_nothing_but_the_run(resident: Resident) -> None:
    for make in (own_record, strangers_record, own_record):
        make(resident)
    reviewed()
    counts = [model.objects.count() for model in (Finding, Change, Hold, AuditEvent, Notice)]

    run = reviewed()

    assert [model.objects.count() for model in (Finding, Change, Hold, AuditEvent, Notice)] == counts
    assert (run.checked, run.withheld, run.released) == (3, 0, 0)
    assert run.verdicts == {"match": 2, "mismatch": 1}


def test_a_changed_row_is_found_anew_even_where_the_verdict_is_the_same(resident: Resident) -> None:
    link = own_record(resident)
    reviewed()
    resent(link, holder_name="見本 花子")

    reviewed()

    assert list(link.findings.order_by("id").values_list("verdict", flat=True)) == ["match", "match"]


def test_a_record_that_turns_right_is_released_and_the_resident_is_told(resident: Resident) -> None:
    link = strangers_record(resident)
    reviewed()
    resent(
        link,
        holder_name=resident.name,
        holder_kana=resident.name_kana,
        holder_birth_date=resident.birth_date,
        holder_sex=resident.sex,
    )

    run = reviewed()

    link.refresh_from_db()
    assert (link.verdict, link.concealed, link.held, link.shows_details) == ("match", False, False, True)
    assert run.released == 1
    assert list(Notice.objects.order_by("id").values_list("kind", flat=True)) == [
        "record.withheld",
        "record.released",
    ]


def test_a_held_record_that_changed_is_not_released_before_it_is_reviewed(resident: Resident) -> None:
    link = strangers_record(resident)
    reviewed()
    resent(link, holder_address="東京都千代田区１－１")

    engine.release(ReviewRun.objects.get())

    link.refresh_from_db()
    assert link.held


def test_a_hold_of_a_report_survives_the_end_of_the_reviews_hold(
    resident: Resident, resident_user: User, now: datetime.datetime
) -> None:
    link = strangers_record(resident)
    reviewed()
    actions.hold_for_report(link=link, report="R-1", by=resident_user, at=now)
    resent(
        link, holder_name=resident.name, holder_kana=resident.name_kana, holder_birth_date=resident.birth_date
    )
    resent(link, holder_sex=resident.sex)

    run = reviewed()

    link.refresh_from_db()
    assert link.held
    assert run.released == 0
    assert link.holds.active().get().source == Hold.Source.REPORT


def test_a_report_on_a_wrong_record_does_not_keep_the_review_from_holding_it(
    resident: Resident, resident_user: User, now: datetime.datetime
) -> None:
    link = strangers_record(resident)
    actions.hold_for_report(link=link, report="R-1", by=resident_user, at=now)

    reviewed()

    assert link.holds.active().count() == 2
    assert not Notice.objects.filter(kind="record.withheld").exists()


def test_a_persons_decision_outranks_the_engine(resident: Resident, support: User) -> None:
    link = strangers_record(resident)
    reviewed()
    actions.release(link=link, by=support, at=timezone.now())

    run = reviewed()

    link.refresh_from_db()
    assert (link.held, link.shows_details) == (False, True)
    assert run.withheld == 0
    assert run.verdicts == {"mismatch": 1}


def test_a_decision_ends_when_the_institution_sends_another_row(resident: Resident, support: User) -> None:
    link = strangers_record(resident)
    reviewed()
    actions.release(link=link, by=support, at=timezone.now())
    link.refresh_from_db()
    resent(link, settled_as="", settled_digest=None)

    reviewed()

    link.refresh_from_db()
    assert link.held


def test_a_decided_record_that_was_never_checked_gets_its_verdict_but_no_hold(
    resident: Resident, support: User, now: datetime.datetime
) -> None:
    link = strangers_record(resident)
    settle.decide(link.pk, as_what=Link.Settlement.RIGHT, by=support, at=now)

    reviewed()

    link.refresh_from_db()
    assert (link.verdict, link.held, link.shows_details) == ("mismatch", False, True)


@pytest.mark.parametrize(
    "fields", [{"status": "removed"}, {"settled_as": "unlinked", "settled_digest": b"1"}]
)
def test_what_does_not_stand_is_not_reviewed(resident: Resident, fields: dict[str, object]) -> None:
    link = strangers_record(resident, **fields)

    run = reviewed()

    link.refresh_from_db()
    assert (run.checked, link.verdict) == (0, "")


def test_an_ended_record_is_reviewed_too(resident: Resident) -> None:
    link = strangers_record(resident, status="ended")

    reviewed()

    link.refresh_from_db()
    assert link.held


def test_a_run_over_one_institution_leaves_the_others_alone(resident: Resident) -> None:
    ours = own_record(resident)
    theirs = own_record(resident, institution=InstitutionFactory.create())

    run = reviewed(institution=ours.institution)

    theirs.refresh_from_db()
    assert (run.checked, theirs.verdict) == (1, "")


def test_a_run_over_one_category_leaves_the_others_alone(resident: Resident) -> None:
    own_record(resident)
    other = own_record(resident, category="pension")

    run = reviewed(category="tax")

    other.refresh_from_db()
    assert (run.checked, other.verdict) == (1, "")
