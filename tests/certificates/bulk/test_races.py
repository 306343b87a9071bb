"""Two workers at one list, and a person who stops it meanwhile: everybody gets one certificate, once."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from certificates.bulk import actions, working
from certificates.models import Certificate
from certificates.refusal import CertificateError
from tests.at_once import at_once
from tests.certificates.bulk.lists import insured, listed, started

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_issue_and_print_each_once(support):
    for _each in range(4):
        insured()
    batch = started(support)

    at_once(*[lambda: working.carry_on(batch.pk)] * 2)
    working.carry_on(batch.pk)

    batch.refresh_from_db()
    assert batch.state == "done"
    assert Certificate.objects.count() == Certificate.objects.values("resident").distinct().count() == 4
    assert AuditEvent.objects.filter(verb="certificate.printed").count() == 4


def test_a_list_is_started_once(support, supervisor):
    insured()
    batch = listed(support)

    results = at_once(
        *(lambda by=by: actions.start(batch=batch, by=by, at=timezone.now()) for by in (support, supervisor)),
        refusal=CertificateError,
    )

    assert [isinstance(result, CertificateError) for result in results].count(True) == 1
