"""What the database itself promises about reports, and the sentences of the query sets."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from reports.kinds import Reach, Severity, State
from reports.models import Draft, Proposal, Report
from tests.factories import LinkFactory, authority
from tests.reports.factories import CORRECTION, corrected, do, filed


def refused(action) -> bool:
    """Whether the database refuses it."""
    try:
        with transaction.atomic():
            action()
    except IntegrityError:
        return True
    return False


def copy_of(report: Report, **changes) -> Report:
    """An unsaved report like this one."""
    fields = {
        field.attname: getattr(report, field.attname)
        for field in Report._meta.concrete_fields
        if field.name not in ("id", "public_id", "number")
    }
    return Report(**fields | changes)


def test_one_record_of_one_resident_has_one_open_report(report):
    assert refused(copy_of(report).save)


def test_after_the_end_the_same_record_can_be_reported_again(link, resident_user, support):
    first = corrected(link, resident_user, support, remedy="release", cause="not_an_error")

    second = filed(link, resident_user)

    assert second != first


def test_a_closed_report_names_its_end_and_an_open_one_has_none(report, now):
    assert refused(lambda: Report.objects.filter(pk=report.pk).update(state=State.CORRECTED))
    assert refused(lambda: Report.objects.filter(pk=report.pk).update(closed_at=now))


@pytest.mark.parametrize(("reach_by", "telephone"), [(Reach.TELEPHONE, ""), (Reach.PORTAL, "090-1234-5678")])
def test_a_telephone_number_is_kept_only_for_those_who_want_a_call(report, reach_by, telephone):
    changed = Report.objects.filter(pk=report.pk)

    assert refused(lambda: changed.update(reach_by=reach_by, telephone=telephone))


def test_a_sign_in_has_one_draft_a_record(link, resident_user, now):
    draft = {"user": resident_user, "link": link, "resident": link.resident, "changed_at": now}
    Draft.objects.create(**draft)

    assert refused(lambda: Draft.objects.create(**draft))


def test_one_proposal_waits_at_a_time(proposed_report, support, now):
    again = Proposal(
        report=proposed_report,
        resident_id=proposed_report.resident_id,
        proposed_by=support,
        proposed_at=now,
        **CORRECTION,
    )

    assert refused(again.save)


def test_nobody_decides_about_their_own_proposal(proposed_report, support, now):
    own = proposed_report.proposals.all()

    assert refused(lambda: own.update(state="approved", decided_by=support, decided_at=now))


def test_a_decision_names_who_and_when(proposed_report, supervisor, now):
    waiting = proposed_report.proposals.all()

    assert refused(lambda: waiting.update(state="approved"))
    assert refused(lambda: waiting.update(decided_by=supervisor, decided_at=now))


def test_nothing_that_is_printed_names_a_person(report, resident):
    draft = Draft(pk=1)
    printed = [str(report), str(draft), str(report.steps.get()), str(Proposal(pk=3))]

    assert not any(resident.name in text for text in printed)


def test_numbers_can_be_read_out_and_addresses_cannot_be_guessed(report, link):
    assert report.number.startswith("R-")
    assert len(report.public_id) == 22
    assert report.get_absolute_url() == reverse("reports:report", args=[report.public_id])


def test_open_reports_are_those_that_are_not_closed(report, insurance, resident_user, support):
    corrected(insurance, resident_user, support)

    assert list(Report.objects.open()) == [report]


def test_reports_are_about_one_resident(report, neighbours_link, neighbour_user, neighbour):
    theirs = filed(neighbours_link, neighbour_user)

    assert list(Report.objects.about(neighbour)) == [theirs]


def test_a_neighbour_sees_none_of_it(report, neighbour_user, today):
    assert not Report.objects.visible_to(neighbour_user, on=today).exists()


def test_an_agent_sees_it_while_the_authority_lasts(report, resident, neighbour_user, today):
    authority(agent=neighbour_user, subject=resident, ends_on=today)

    assert Report.objects.visible_to(neighbour_user, on=today).exists()
    assert not Report.objects.visible_to(neighbour_user, on=today + datetime.timedelta(days=1)).exists()


def test_the_worst_comes_first_then_the_next_clock(report, insurance, resident, resident_user, support):
    grave = filed(insurance, resident_user)
    another = filed(LinkFactory.create(resident=resident, category="bank_account"), resident_user)
    do("take", another, support)

    assert list(Report.objects.worst_first()) == [grave, report, another]


def test_the_newest_comes_first_in_the_residents_list(report, insurance, resident_user, now):
    older = filed(insurance, resident_user, at=now - datetime.timedelta(days=3))

    assert list(Report.objects.newest_first()) == [report, older]


def test_record_institution_and_person_cost_no_further_query(report, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = Report.objects.with_record().get()
        _ = (found.link.title, found.link.institution.name, found.resident.name)


@pytest.mark.parametrize("state", [State.PROPOSED, State.CORRECTED, State.WITHDRAWN])
def test_what_is_being_decided_or_over_cannot_be_withdrawn(state):
    assert not Report(state=state).may_be_withdrawn


def test_a_held_insurance_is_known_from_its_report(report, insurance, resident_user):
    grave = filed(insurance, resident_user)
    grave.link.refresh_from_db()

    assert grave.severity == Severity.INSURANCE
    assert grave.insurance_is_held
    assert not report.insurance_is_held
