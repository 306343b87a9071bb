"""How a certificate ends: once, with trail and notice, or not at all."""

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from certificates.ending import end
from certificates.models import Certificate
from notices.models import Notice
from tests.certificates.factories import certificate


@pytest.fixture
def issued(resident, support):
    """A certificate that is valid today."""
    return certificate(resident, support)


def revocations():
    """Events and notices of revocation."""
    events = AuditEvent.objects.filter(verb="certificate.revoked")
    return events.count(), Notice.objects.filter(kind="certificate.revoked").count()


def test_an_end_is_written_told_and_traced(issued, support, now):
    assert end(issued, why=Certificate.Revocation.RETURNED, by=support, at=now)

    issued.refresh_from_db()
    assert (issued.revoked_at, issued.revocation) == (now, "returned")
    assert revocations() == (1, 1)


def test_the_second_end_changes_nothing(issued, support, now):
    end(issued, why=Certificate.Revocation.RETURNED, by=support, at=now)

    assert not end(issued, why=Certificate.Revocation.FACTS_CHANGED, by=None, at=now)

    issued.refresh_from_db()
    assert issued.revocation == "returned"
    assert revocations() == (1, 1)


def test_a_replacement_is_traced_and_not_told_as_an_end(issued, support, now):
    end(issued, why=Certificate.Revocation.REPLACED, by=support, at=now, tell=False)

    assert revocations() == (1, 0)


def test_an_end_without_a_reason_leaves_everything_as_it_was(issued, support, now):
    with pytest.raises(IntegrityError):
        end(issued, why="", by=support, at=now)


def test_the_notice_leads_to_the_certificate(issued, now):
    end(issued, why=Certificate.Revocation.FACTS_CHANGED, by=None, at=now)

    notice = Notice.objects.get(kind="certificate.revoked")
    assert (notice.subject_kind, notice.subject_id) == ("certificate", issued.public_id)
    assert notice.resident_id == issued.resident_id
