"""Workers at the same moment: what one took, the other leaves."""

import pytest
from django.core import mail

from notices.claiming import claim, take
from notices.models import Delivery, Notice
from notices.tasks import deliver
from tests.at_once import at_once
from tests.notices.factories import DeliveryFactory, NoticeFactory

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


def test_each_notice_is_taken_by_one_worker(resident):
    NoticeFactory.create_batch(20, resident=resident)

    taken = [notice.pk for some in at_once(*[lambda: take(most=10)] * WORKERS) for notice in some]

    assert len(taken) == len(set(taken)) >= 10
    assert Notice.objects.due(at=Notice.objects.latest("created_at").created_at).count() == 20 - len(taken)


def test_each_delivery_is_claimed_by_one_worker(notice, resident_user):
    DeliveryFactory.create(notice=notice, recipient=resident_user)
    rows = list(Delivery.objects.all())

    claims = at_once(*[lambda: claim(rows)] * WORKERS)

    assert sorted(map(len, claims)) == [0] * (WORKERS - 1) + [1]
    assert Delivery.objects.get().tries == 1


def test_workers_called_together_send_each_message_once(resident, resident_user):
    NoticeFactory.create_batch(20, resident=resident)

    at_once(*[deliver] * WORKERS)

    assert len(mail.outbox) == 20
    assert Notice.objects.unsettled().count() == 0
