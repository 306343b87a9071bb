"""Institutions are reminded once, in time, and nothing personal is in the mail."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from reports.models import Inquiry
from reports.reminding import remind_institutions
from tests.factories import UserFactory
from tests.reports.factories import asked
from tests.reports.inquiries.conftest import officer_of


@pytest.fixture
def inquiry(link, resident_user, support) -> Inquiry:
    """What the record's institution is asked."""
    return asked(link, resident_user, support)


def test_officers_of_the_institution_are_reminded_once(inquiry, resident, link):
    officer = officer_of(link.institution)
    UserFactory.create(role="officer")
    Inquiry.objects.update(answer_by=timezone.localdate())

    first, second = (remind_institutions(at=timezone.now()) for _each in range(2))

    assert (first, second) == (1, 0)
    (sent,) = mail.outbox
    assert sent.to == [officer.email]
    for private in (resident.name, link.reference, inquiry.report.number, "http"):
        assert private not in sent.body


def test_nobody_is_reminded_before_it_is_due_or_after_an_answer(inquiry, link):
    officer_of(link.institution)
    Inquiry.objects.update(answer_by=timezone.localdate() + datetime.timedelta(days=14))
    assert remind_institutions(at=timezone.now()) == 0

    Inquiry.objects.update(answer_by=timezone.localdate(), state="taken_back")

    assert remind_institutions(at=timezone.now()) == 0
    assert mail.outbox == []
