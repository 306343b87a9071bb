"""Whose record it probably is instead: for a purpose, written down, and not for everybody."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.protection import clearing
from links.models import Finding
from reports.desk.causes import probable
from reports.kinds import Cause
from tests import factories
from tests.reports.desk.addresses import case_url


@pytest.fixture
def owner(taken_report):
    """Whom the check names."""
    person = factories.ResidentFactory.create(name="本当　太郎")
    factories.FindingFactory.create(
        link=taken_report.link, verdict="mismatch", reasons=["holder_in_household"], owner=person
    )
    return person


def owner_url(report) -> str:
    """The page of the candidate."""
    return reverse("desk:owner", args=[report.public_id])


def test_the_case_leads_to_the_owner_and_does_not_name_them(as_support, taken_report, owner):
    page = as_support.get(case_url(taken_report)).content.decode()

    assert owner_url(taken_report) in page
    assert owner.name not in page
    assert "家族名義の口座" in page


def test_the_owner_is_shown_for_a_purpose_only_and_both_can_read_it(as_support, taken_report, owner):
    asked = as_support.get(owner_url(taken_report)).content.decode()
    refused = as_support.post(owner_url(taken_report), {}).content.decode()
    assert owner.name not in asked + refused
    assert not AuditEvent.objects.filter(verb="person.compared").exists()

    shown = as_support.post(owner_url(taken_report), {"purpose": "compare_owner"}).content.decode()

    assert owner.name in shown
    theirs = AuditEvent.objects.get(verb="person.compared")
    assert (theirs.resident_id, theirs.purpose, theirs.subject_id) == (owner.pk, "compare_owner", "")
    assert AuditEvent.objects.filter(verb="report.owner_compared", resident=taken_report.resident).exists()


def test_a_protected_owner_is_shown_once_a_second_person_lets_them(
    client, taken_report, owner, support, supervisor
):
    owner.protected = True
    owner.save()
    client.force_login(support)
    before = client.post(owner_url(taken_report), {"purpose": "compare_owner"}).content.decode()
    asked = clearing.ask(resident=owner, purpose="case", reason="Whose?", by=support, at=timezone.now())
    clearing.let(clearance=asked, by=supervisor, at=timezone.now())

    after = client.post(owner_url(taken_report), {"purpose": "compare_owner"}).content.decode()

    assert owner.name not in before
    assert reverse("protection:ask", args=[owner.public_id]) in before
    assert owner.name in after
    assert AuditEvent.objects.filter(verb="person.compared", resident=owner).count() == 1


def test_nobody_looks_at_themselves_as_the_owner(as_support, taken_report, owner, support):
    factories.authority(agent=support, subject=owner)

    assert as_support.get(owner_url(taken_report)).status_code == 403


def test_without_a_candidate_there_is_no_such_page(as_support, taken_report):
    assert as_support.get(owner_url(taken_report)).status_code == 404


@pytest.mark.parametrize(
    ("reasons", "category", "cause"),
    [
        (["holder_in_household"], "bank_account", Cause.FAMILY_ACCOUNT),
        (["holder_in_household"], "pension", Cause.FAMILY_NUMBER),
        (["name_and_birth_date", "number_slip"], "pension", Cause.TRANSCRIPTION),
        (["three_items_only"], "tax", Cause.THREE_ITEM_LOOKUP),
        (["nothing_to_compare"], "tax", None),
    ],
)
def test_the_reasons_speak_for_a_cause(reasons, category, cause):
    assert probable(Finding(reasons=reasons), category) == cause
