"""Notices and deliveries that are valid with no arguments."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from notices.models import Delivery, Notice
from tests.factories import ResidentFactory, UserFactory


class NoticeFactory(DjangoModelFactory):
    """A notice about a withheld record, written now, not delivered yet."""

    class Meta:
        model = Notice

    resident = factory.SubFactory(ResidentFactory)
    kind = "record.withheld"
    subject_kind = "link"
    subject_id = factory.Sequence(lambda n: f"link-{n}")
    created_at = factory.LazyFunction(timezone.now)


class DeliveryFactory(DjangoModelFactory):
    """A mail that nobody tried to send yet."""

    class Meta:
        model = Delivery

    notice = factory.SubFactory(NoticeFactory)
    noticed_at = factory.SelfAttribute("notice.created_at")
    resident = factory.SelfAttribute("notice.resident")
    recipient = factory.SubFactory(UserFactory)
    channel = "email"
    changed_at = factory.LazyFunction(timezone.now)
    due_at = factory.LazyFunction(timezone.now)
