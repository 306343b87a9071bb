"""The task that follows changes."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import AuditEvent, Resident, ResidentChange
from certificates.models import Certificate
from certificates.tasks import follow_changes
from links.models import Change, Link
from notices.models import Notice
from tests.certificates.factories import NATIONAL, certificate


def rename(resident, at=None):
    """Change the name in the register as an import does: the row and its Change."""
    Resident.objects.filter(pk=resident.pk).update(name="見本　花")
    ResidentChange.objects.create(
        resident=resident, before={"name": resident.name}, after={"name": "見本　花"}, at=at or timezone.now()
    )


def change(link, **details):
    """Change an insurance as a feed does."""
    Link.objects.filter(pk=link.pk).update(details=NATIONAL | details)
    Change.objects.create(link=link, resident_id=link.resident_id, kind="updated", at=timezone.now())


def revoked_notices(resident):
    """How often the person was told of a revocation."""
    return Notice.objects.filter(resident=resident, kind="certificate.revoked").count()


def test_a_changed_name_revokes_and_tells_once(resident, support):
    issued = certificate(resident, support)
    rename(resident)

    assert (follow_changes(), follow_changes()) == (1, 0)

    issued.refresh_from_db()
    assert issued.revocation == Certificate.Revocation.FACTS_CHANGED
    assert revoked_notices(resident) == 1
    event = AuditEvent.objects.get(verb="certificate.revoked")
    assert (event.actor, event.subject_id, event.purpose) == (None, issued.public_id, "facts_changed")


def test_a_changed_insurance_revokes(resident, support):
    issued = certificate(resident, support)
    change(issued.link, symbol="う国")

    assert follow_changes() == 1


def test_a_change_of_what_is_not_printed_revokes_nothing(resident, support):
    issued = certificate(resident, support)
    change(issued.link, card_use_registered="1")

    assert follow_changes() == 0
    assert Certificate.objects.get().revoked_at is None


def test_nobody_else_loses_a_certificate(resident, neighbour, support):
    certificate(resident, support)
    kept = certificate(neighbour, support)
    rename(resident)

    follow_changes()

    kept.refresh_from_db()
    assert kept.revoked_at is None
    assert revoked_notices(neighbour) == 0


def test_an_expired_certificate_is_left_alone(resident, support):
    issued = certificate(resident, support)
    yesterday = timezone.localdate() - timedelta(days=1)
    Certificate.objects.update(issued_on=yesterday, valid_until=yesterday)
    rename(resident)

    assert follow_changes() == 0
    issued.refresh_from_db()
    assert issued.revocation == ""


def test_a_change_of_some_days_ago_that_was_missed_is_caught_up(resident, support):
    certificate(resident, support)
    rename(resident, at=timezone.now() - timedelta(days=6))

    assert follow_changes() == 1


def test_many_certificates_cost_one_search(resident, neighbour, support, django_assert_num_queries):
    certificate(resident, support)
    certificate(neighbour, support)

    with django_assert_num_queries(1):
        follow_changes()
