"""Staff look somebody up: for a purpose, recorded, seen by the person; the protected by two."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Clearance
from accounts.protection import clearing, deciding
from tests import factories
from tests.readers import sign_in


@pytest.fixture
def as_support(client, support):
    """A support agent's browser that reads English."""
    return sign_in(client, support)


def address(resident, name: str = "person") -> str:
    """The page of a person."""
    return reverse(f"lookup:{name}", args=[resident.public_id])


def shown(client, resident, purpose: str = "call") -> str:
    """The page after a purpose was chosen."""
    return client.post(address(resident), {"purpose": purpose}).content.decode()


@pytest.fixture
def protected(resident, support):
    """The resident under protection that another member of staff set."""
    by = factories.UserFactory.create(role="support")
    deciding.protect(resident=resident, reason="Asked at the counter.", by=by, at=timezone.now())
    return resident


def test_somebody_is_found_by_name_and_day_of_birth_and_that_is_in_their_trail(as_support, resident):
    page = as_support.post(
        reverse("lookup:seek"), {"name": resident.name, "birth_date": resident.birth_date}
    ).content.decode()

    assert address(resident) in page
    assert AuditEvent.objects.filter(verb="person.sought", resident=resident).exists()


def test_nothing_is_shown_before_a_purpose_was_chosen(as_support, resident, link):
    asked = as_support.get(address(resident)).content.decode()
    refused = as_support.post(address(resident), {}).content.decode()

    assert resident.name not in asked + refused
    assert not AuditEvent.objects.filter(verb="person.looked_up").exists()


def test_the_person_is_shown_for_a_purpose_and_reads_who_looked_and_why(
    as_support, client, resident, resident_user, link
):
    page = shown(as_support, resident)

    assert resident.name in page
    assert str(link.institution.name) in page or "Mihon Bank" in page
    assert link.reference not in page
    assert link.details["account_number"] not in page
    event = AuditEvent.objects.get(verb="person.looked_up")
    assert (event.resident_id, event.purpose, event.role) == (resident.pk, "call", "support")
    trail = sign_in(client, resident_user).get(reverse("portal:trail", args=[resident.public_id]))
    assert "looked the person up because the person called" in trail.content.decode()


def test_a_protected_person_needs_a_second_person(as_support, protected, support, supervisor, one_minute):
    refused = shown(as_support, protected)
    as_support.post(address(protected, "ask"), {"purpose": "call", "reason": "They called."})
    waiting = shown(as_support, protected)
    clearing.let(clearance=Clearance.objects.get(), by=supervisor, at=timezone.now())

    page = shown(as_support, protected)

    assert "A second person has to let you look" in refused
    assert protected.name not in refused + waiting
    assert protected.name in page
    assert protected.address not in page
    assert AuditEvent.objects.filter(verb="person.looked_up").count() == 1


def test_asking_without_a_reason_says_so(as_support, protected):
    page = as_support.post(address(protected, "ask"), {"purpose": "call"}).content.decode()

    assert "Please write a text first." in page
    assert not Clearance.objects.exists()


def test_nobody_looks_up_their_own_affair(as_support, resident, support):
    factories.authority(agent=support, subject=resident)

    assert as_support.get(address(resident)).status_code == 403
