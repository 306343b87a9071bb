"""Revoke, download and look at: each in the trail, and nothing of old data."""

from unittest.mock import Mock

import pytest

from accounts.models import AuditEvent, Resident
from certificates import actions
from certificates.actions import holding
from certificates.documents.render import PageTooFull, Size
from certificates.models import Certificate
from certificates.paper import check_url
from certificates.refusal import CertificateError
from certificates.signing import signer
from certificates.signing.reading import code_in
from tests.certificates.factories import application, certificate
from tests.certificates.history import told, verbs


def test_a_revoked_certificate_is_told_of_and_revoked_once(resident, support, now):
    issued = certificate(resident, support)

    actions.revoke(certificate=issued, why=Certificate.Revocation.RETURNED, by=support, at=now)
    with pytest.raises(CertificateError, match="ended before"):
        actions.revoke(certificate=issued, why=Certificate.Revocation.RETURNED, by=support, at=now)

    assert told(resident).count("certificate.revoked") == 1


def test_a_download_is_signed_anew_and_noted_each_time(resident, resident_user, support, now):
    issued = certificate(resident, support, resident_user)

    first = actions.download(certificate=issued, by=resident_user, at=now)
    second = actions.download(certificate=issued, size=Size.CARD, by=resident_user, at=now)

    assert {code_in(first), code_in(second)} == {check_url(issued.token)}
    assert first != second
    assert verbs(resident).count("certificate.downloaded") == 2


def test_where_nobody_can_sign_nothing_is_said_about_the_certificate(
    resident, resident_user, support, now, settings
):
    issued = certificate(resident, support, resident_user)
    settings.DOCUMENT_SIGNING = settings.DOCUMENT_SIGNING | {"chain": "/nothing"}
    signer.forget()

    with pytest.raises(CertificateError, match="it stays valid"):
        actions.download(certificate=issued, by=resident_user, at=now)
    signer.forget()

    assert "certificate.downloaded" not in verbs(resident)


def test_what_does_not_fit_on_a_small_size_is_said_in_plain_words(
    resident, resident_user, support, now, monkeypatch
):
    issued = certificate(resident, support, resident_user)
    monkeypatch.setattr(holding, "signed_pdf_of", Mock(side_effect=PageTooFull))

    with pytest.raises(CertificateError, match="larger one"):
        actions.download(certificate=issued, size=Size.CARD, by=resident_user, at=now)


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
