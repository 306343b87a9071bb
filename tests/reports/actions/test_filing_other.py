"""Reports that are about no record, and those about what a stranger's data showed."""

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent, Resident, StoredFile
from links.models import Hold
from notices.models import Notice
from reports import actions
from reports.clocks import next_step_by
from reports.kinds import Kind, Severity, State
from reports.models import Draft, Printout, Report
from tests.factories import InstitutionFactory
from tests.reports.factories import attached, filed
from tests.reports.other import MISSING, PRINTED, other


def test_a_missing_record_is_reported_without_one(resident, resident_user):
    report = other(resident, resident_user)

    kept = Report.objects.get()
    assert (kept.link, kept.matter, kept.office) == (None, MISSING["matter"], MISSING["office"])
    assert report.steps.get().state == State.RECEIVED
    assert AuditEvent.objects.filter(verb="report.filed", resident=resident).exists()
    assert Notice.objects.get().kind == "report.noted"


def test_a_missing_record_is_as_grave_as_a_wrong_one_of_its_kind(resident, resident_user):
    assert other(resident, resident_user).severity == Severity.INSURANCE
    assert other(resident, resident_user, matter="tax").severity == Severity.ORDINARY


def test_an_office_that_is_known_by_name_is_the_one_it_goes_to(resident, resident_user):
    known = InstitutionFactory.create(name_ja=MISSING["office"])

    assert other(resident, resident_user).institution == known


def test_of_two_offices_with_that_name_none_is_guessed(resident, resident_user):
    InstitutionFactory.create_batch(2, name_ja=MISSING["office"])

    assert other(resident, resident_user).institution is None


def test_the_same_matter_reported_again_leads_to_the_first(resident, resident_user):
    first = other(resident, resident_user)

    assert other(resident, resident_user) == first
    assert Notice.objects.count() == 1


def test_another_office_is_another_report(resident, resident_user):
    first = other(resident, resident_user)

    assert other(resident, resident_user, office="ほかの組合") != first


def test_a_printed_certificate_goes_to_whoever_issued_it(resident, resident_user):
    report = other(resident, resident_user, Kind.PRINTED)

    paper = Printout.objects.get()
    assert (paper.printed_on, paper.hour, paper.is_out) == (PRINTED["printed_on"], 9, True)
    assert paper.municipality == "さいたま市浦和区"
    assert report.is_leak
    assert report.severity == Severity.OTHER_PERSON


def test_a_municipality_that_is_connected_is_the_one_it_goes_to(resident, resident_user):
    city = InstitutionFactory.create(kind="municipality", name_ja="さいたま市浦和区")

    assert other(resident, resident_user, Kind.PRINTED).institution == city


def test_where_somebody_protected_lives_is_not_written_down(resident, resident_user):
    Resident.objects.filter(pk=resident.pk).update(protected=True)
    resident.refresh_from_db()

    other(resident, resident_user, Kind.PRINTED)

    assert Printout.objects.get().municipality == ""


def test_what_another_person_saw_comes_before_everything_else(link, insurance, resident_user, today):
    filed(insurance, resident_user)
    seen = filed(link, resident_user, kind="saw_other", account="", known_since="")

    assert Report.objects.open().worst_first().first() == seen
    assert seen.next_step_by == next_step_by(State.RECEIVED, Severity.OTHER_PERSON, on=today)


def test_a_record_of_a_stranger_is_hidden_at_once(link, resident_user):
    report = filed(link, resident_user, kind="saw_other", account="", known_since="")

    link.refresh_from_db()
    assert not link.shows_details
    assert Hold.objects.get().reference == report.public_id


def test_what_was_typed_and_photographed_before_is_thrown_away(link, resident_user, now):
    attached(link, resident_user)
    actions.keep(link=link, answers={"account": "It says Sato."}, by=resident_user, at=now)

    report = filed(link, resident_user, kind="saw_other", account="", known_since="")

    assert not Draft.objects.exists()
    assert not report.attachments.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("kind", ["saw_other", "printed"])
def test_the_database_takes_no_story_about_a_stranger(resident, resident_user, kind):
    report = other(resident, resident_user, Kind(kind))

    with pytest.raises(IntegrityError):
        Report.objects.filter(pk=report.pk).update(account="It says Sato.")


def test_a_draft_ends_with_its_report(resident, resident_user, now):
    actions.keep_other(resident=resident, kind="missing", answers=MISSING, by=resident_user, at=now)
    actions.keep_other(resident=resident, kind="printed", answers={}, by=resident_user, at=now)

    other(resident, resident_user)

    assert Draft.objects.get().kind == "printed"


@pytest.mark.parametrize("kind", ["saw_other", "printed"])
def test_what_a_stranger_showed_cannot_be_taken_back(resident, resident_user, now, kind):
    report = other(resident, resident_user, Kind(kind))

    with pytest.raises(actions.ReportError, match="担当者が確認します"):
        actions.withdraw(report=report, by=resident_user, at=now)
    assert not report.may_be_withdrawn


def test_nothing_is_written_about_a_stranger_unless_support_asks(resident, resident_user, now):
    report = other(resident, resident_user, Kind.SAW_OTHER)

    with pytest.raises(actions.ReportError, match="書いて送る必要はありません"):
        actions.answer(report=report, text="It says Sato.", by=resident_user, at=now)
