"""What the database itself promises about reports without a record, their drafts and papers."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from reports.kinds import Kind
from reports.models import Draft, Printout, Report
from reports.models.reports import MATTERS
from tests.reports.other import other
from tests.reports.test_models import copy_of, refused


def changed(report: Report, **fields: object) -> bool:
    """Whether the database refuses to change the report so."""
    return refused(lambda: Report.objects.filter(pk=report.pk).update(**fields))


def test_the_same_matter_of_one_resident_is_open_once(resident, resident_user, neighbour, neighbour_user):
    report = other(resident, resident_user)
    other(neighbour, neighbour_user)

    assert refused(copy_of(report).save)


@pytest.mark.parametrize("fields", [{"matter": ""}, {"kind": Kind.NOT_MINE}, {"kind": Kind.MINE}])
def test_without_a_record_a_report_names_its_matter(resident, resident_user, fields):
    assert changed(other(resident, resident_user), **fields)


@pytest.mark.parametrize("fields", [{"matter": "tax"}, {"office": "Bank"}, {"kind": Kind.MISSING}])
def test_a_report_about_a_record_names_nothing_else(report, fields):
    assert changed(report, **fields)


def test_only_a_report_made_without_signing_in_waits_to_be_confirmed(report, today):
    assert changed(report, unconfirmed_until=today)
    assert not changed(report, filed_by=None, unconfirmed_until=today)


def test_a_draft_is_about_a_record_or_about_a_kind(link, resident, resident_user, now):
    for which in ({}, {"link": link, "kind": "missing"}):
        draft = Draft(user=resident_user, resident=resident, changed_at=now, **which)
        assert refused(draft.save)


def test_a_sign_in_has_one_draft_a_kind_and_person(resident, neighbour, resident_user, now):
    fields = {"user": resident_user, "kind": "missing", "changed_at": now}
    Draft.objects.create(resident=resident, **fields)
    Draft.objects.create(resident=neighbour, **fields)

    assert refused(Draft(resident=resident, **fields).save)


@pytest.mark.parametrize(
    "fields", [{"hour": 24}, {"returned_at": datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC)}]
)
def test_a_paper_has_an_hour_of_the_day_and_comes_back_by_somebody(resident, resident_user, fields):
    other(resident, resident_user, Kind.PRINTED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Printout.objects.update(**fields)


def test_a_paper_that_nobody_has_cannot_come_back(resident, resident_user, support, now):
    other(resident, resident_user, Kind.PRINTED, paper="gone")

    with pytest.raises(IntegrityError), transaction.atomic():
        Printout.objects.update(returned_at=now, returned_by=support)


@pytest.mark.parametrize("kind", MATTERS)
def test_every_matter_has_words(kind):
    assert MATTERS[kind]
    assert all(str(words) for words in MATTERS[kind].values())
