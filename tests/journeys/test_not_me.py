"""“This was not me” from a mail, without signing in; and a stranger's record that one answer hides."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from links.models import Link
from notices.actions import tell
from reports.models import Report
from tests.factories import LinkFactory
from tests.journeys.smallest import ALSO_SMALL

pytestmark = pytest.mark.journey

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@ALSO_SMALL
def test_a_code_from_a_mail_stops_it_and_the_resident_confirms(
    arrive, resident, resident_user, link, deliver_notices
):
    subject = ("sign_in", resident.public_id)
    tell(resident_id=resident.pk, kind="sign_in.new_device", subject=subject, at=timezone.now())
    deliver_notices()
    code = CODE.search(mail.outbox[-1].body).group()
    visitor = arrive().open("/not-me/").look()

    visitor.press("Stop it now").reads("Please enter the code from the notice.").look()
    visitor.write("Code from the notice", code.lower()).press("Stop it now")

    report = Report.objects.get()
    visitor.reads("We stopped it", report.number).look()
    visitor.reads_nothing_of(resident.name).reads_nothing_of(link.institution.name)
    visitor.open("/not-me/").write("Code from the notice", code).press("Stop it now")
    expect(visitor.main.locator(".field-wrong")).to_be_visible()
    visitor.sign_in(resident_user).open(report.get_absolute_url()).reads("Did you make this report?").look()
    visitor.press("Yes, I made it").reads("Thank you. It stays stopped until we have checked it.")
    visitor.open(link.get_absolute_url()).reads("We are checking your report")


def test_a_strangers_record_is_hidden_by_one_answer(arrive, resident_user, resident):
    link = LinkFactory.create(resident=resident, details={"account_number": "7654321"})
    visitor = arrive().sign_in(resident_user).open(link.get_absolute_url())

    visitor.press("No, something is wrong").choose("I was shown another person's information").press("Next")

    report = Report.objects.get()
    visitor.reads("We received your report", report.number).reads_nothing_of("7654321").look()
    assert not Link.objects.get().shows_details
    visitor.press("See where it stands").finds("Withdraw the report", there=False).look()
    expect(visitor.main.locator("textarea")).to_have_count(0)
    visitor.open(link.get_absolute_url()).reads_nothing_of("7654321").finds("Show the details", there=False)
