"""What holds for applications and certificates, in the database itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Resident
from certificates.models import Application, Certificate, Draft
from links.models import Link
from tests.certificates.factories import NATIONAL, application, certificate, draft, insurance
from tests.factories import authority, bound_user


def valid(one, today):
    """Whether the certificate is valid on that day."""
    return Certificate.objects.valid(on=today).filter(pk=one.pk).exists()


@pytest.fixture
def issued(resident, support):
    """A certificate of the resident that is valid today."""
    return certificate(resident, support)


def test_a_certificate_is_valid_from_its_issue_to_its_last_day(issued, today):
    assert valid(issued, today)
    assert valid(issued, issued.valid_until)
    assert not valid(issued, issued.valid_until + timedelta(days=1))


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "見本　花"), ("name_kana", "ミホン　ハナ"), ("birth_date", "1985-04-03"), ("sex", "1")],
)
def test_a_changed_fact_of_the_register_ends_it_with_that_commit(issued, today, field, value):
    Resident.objects.filter(pk=issued.resident_id).update(**{field: value})

    assert not valid(issued, today)


@pytest.mark.parametrize("field", ["address", "household_code", "postal_code"])
def test_a_change_of_what_is_not_printed_does_not_matter(issued, today, field):
    Resident.objects.filter(pk=issued.resident_id).update(**{field: "1"})

    assert valid(issued, today)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("insurer_number", "138057"),
        ("insurer_name", "文京区国民健康保険"),
        ("symbol", "ぶ国"),
        ("number", "0025569"),
        ("branch_number", "02"),
        ("relation", "2"),
        ("insured_name", "見本　太郎"),
        ("qualified_on", "2021-04-01"),
        ("disqualified_on", "2026-10-31"),
    ],
)
def test_a_changed_fact_of_the_insurance_ends_it_with_that_commit(issued, today, key, value):
    Link.objects.filter(pk=issued.link_id).update(details=NATIONAL | {key: value})

    assert not valid(issued, today)


def test_a_fact_that_disappears_counts_as_changed(issued, today):
    without = {key: value for key, value in NATIONAL.items() if key != "symbol"}
    Link.objects.filter(pk=issued.link_id).update(details=without)

    assert not valid(issued, today)


def test_a_share_that_is_not_printed_below_70_may_change(issued, today):
    Link.objects.filter(pk=issued.link_id).update(details=NATIONAL | {"copay_ratio": "020"})

    assert valid(issued, today)


def test_a_share_that_is_printed_from_70_on_may_not_change(resident, support, today):
    Resident.objects.filter(pk=resident.pk).update(birth_date="1953-05-05")
    resident.refresh_from_db()
    insurance(resident, NATIONAL | {"copay_ratio": "020"})
    issued = certificate(resident, support)

    Link.objects.filter(pk=issued.link_id).update(details=NATIONAL | {"copay_ratio": "030"})

    assert issued.facts["printed"]["copay_ratio"] == "020"
    assert not valid(issued, today)


@pytest.mark.parametrize(
    "change",
    [{"status": "ended"}, {"status": "removed"}, {"settled_as": "unlinked", "settled_digest": b"x" * 32}],
)
def test_it_ends_with_the_insurance(issued, today, change):
    Link.objects.filter(pk=issued.link_id).update(**change)

    assert not valid(issued, today)


def test_it_ends_when_the_insurance_moves_to_another_persons_number(issued, neighbour, today):
    Link.objects.filter(pk=issued.link_id).update(resident=neighbour)

    assert not valid(issued, today)


def test_it_ends_with_death(issued, today):
    Resident.objects.filter(pk=issued.resident_id).update(died_on=today)

    assert not valid(issued, today)


def test_a_hold_ends_no_benefit(issued, today):
    Link.objects.filter(pk=issued.link_id).update(held=True)

    assert valid(issued, today)


def test_outdated_are_those_that_nobody_revoked_yet(issued, today):
    assert not Certificate.objects.outdated(on=today).exists()

    Resident.objects.filter(pk=issued.resident_id).update(name="見本　花")

    assert Certificate.objects.outdated(on=today).get() == issued
    assert not Certificate.objects.outdated(on=issued.valid_until + timedelta(days=1)).exists()


def test_a_person_has_one_open_application(resident):
    first = application(resident)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            resident=resident,
            link=first.link,
            applicant=first.applicant,
            reason="lost",
            received_at=first.received_at,
            next_step_by=first.next_step_by,
        )


def test_a_decision_names_who_and_when(resident):
    waiting = application(resident)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=waiting.pk).update(state="issued")


def test_an_insurance_has_one_certificate(issued, support):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            resident=issued.resident,
            link=issued.link,
            facts=issued.facts,
            token="x",
            issued_on=issued.issued_on,
            issued_by=support,
            valid_until=issued.valid_until,
            valid_until_rule="insurer",
        )


def test_a_revocation_has_a_reason_and_a_moment(issued, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(revocation="replaced")
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(revoked_at=now)


def test_no_certificate_ends_before_its_first_day(issued):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued.pk).update(valid_until=issued.issued_on - timedelta(days=1))


def test_a_user_has_one_draft_for_a_person(resident, resident_user):
    draft(resident, resident_user)

    with pytest.raises(IntegrityError), transaction.atomic():
        draft(resident, resident_user)
    assert Draft.objects.count() == 1


def test_applications_are_seen_by_the_person_and_their_agent_only(resident, neighbour_user, support, today):
    waiting = application(resident)
    parent = bound_user(
        Resident.objects.create(code="1", name="親", birth_date="1960-01-01", address="", described_on=today)
    )
    authority(agent=parent, subject=resident)

    def sees(user):
        return waiting in Application.objects.visible_to(user, on=today)

    assert sees(waiting.applicant)
    assert sees(parent)
    assert not sees(neighbour_user)
    assert not sees(support)


def test_what_a_log_may_show_names_nobody(resident, issued):
    texts = [str(issued), str(issued.application), str(Draft(pk=3, resident=resident))]

    assert not any(part in text for text in texts for part in resident.name.split())


def test_application_and_certificate_know_their_pages(issued):
    assert issued.get_absolute_url().endswith(f"/{issued.public_id}/")
    assert issued.application.get_absolute_url().endswith(f"/applications/{issued.application.public_id}/")
    assert not issued.application.waits
    assert not issued.application.came_back
