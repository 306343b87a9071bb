"""Anybody reads which offices are connected, which are late, and how they register numbers."""

import pytest
from django.utils import timezone

from links import watching
from links.models import FeedImport
from links.registration import BY_CODE
from portal import figures, scorecards
from tests.links.fed import DAY

pytestmark = pytest.mark.journey


def test_from_the_figures_to_one_office(arrive, sample):
    visitor = arrive().open("/figures/").reads("Connected offices", "Late offices")

    visitor.press("Each office and its last feed").reads("見本年金センター").look()
    visitor.press("Most records first").look()
    visitor.press("見本年金センター").reads("What this office has connected", "Pension").look()

    visitor.reads("Looked up by three items", BY_CODE["looked_up_by_three"].says)


def test_a_late_office_is_named_to_residents_and_to_staff(arrive, sample):
    pension = FeedImport.objects.filter(institution__code="PN0001")
    pension.update(finished_at=timezone.now() - 60 * DAY)
    watching.look(at=timezone.now())
    figures.compute(day=timezone.localdate())
    scorecards.compute(day=timezone.localdate())

    resident = arrive().sign_in(sample["all-in-order"].email, sample["all-in-order"].password)
    resident.reads("What may be missing here", "見本年金センター").look()
    supervisor = arrive().sign_in(sample["supervisor"].email, sample["supervisor"].password)
    supervisor.reads("What waits", "A feed is late", "見本年金センター").look()
