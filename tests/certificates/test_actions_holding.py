"""Revoke, download and look at: each in the trail, and nothing of old data."""

import pytest

from accounts.models import AuditEvent, Resident
from certificates import actions
from certificates.models import Certificate
from certificates.refusal import CertificateError
from tests.certificates.factories import application, certificate
from tests.certificates.history import told, verbs


def test_a_revoked_certificate_is_told_of_and_revoked_once(resident, support, now):
    issued = certificate(resident, support)

    actions.revoke(certificate=issued, why=Certificate.Revocation.RETURNED, by=support, at=now)
    with pytest.raises(CertificateError, match="ended before"):
        actions.revoke(certificate=issued, why=Certificate.Revocation.RETURNED, by=support, at=now)

    assert told(resident).count("certificate.revoked") == 1


def test_a_download_is_the_same_each_time_and_noted_each_time(resident, resident_user, support, now):
    issued = certificate(resident, support, resident_user)

    first = actions.download(certificate=issued, by=resident_user, at=now)
    second = actions.download(certificate=issued, by=resident_user, at=now)

    assert first == second
    assert first.startswith(b"%PDF-")
    assert verbs(resident).count("certificate.downloaded") == 2


def test_a_download_never_shows_old_data(resident, resident_user, support, now):
    issued = certificate(resident, support, resident_user)
    Resident.objects.update(name="見本　花")

    with pytest.raises(CertificateError, match="not valid any more"):
        actions.download(certificate=issued, by=resident_user, at=now)

    assert "certificate.downloaded" not in verbs(resident)


def test_that_staff_looked_at_an_application_is_recorded_with_its_number(resident, support, now):
    waiting = application(resident)

    actions.look_at(application=waiting, by=support, at=now)

    event = AuditEvent.objects.get(verb="certificate.application_viewed")
    assert (event.actor, event.role, event.purpose) == (support, "support", waiting.number)
