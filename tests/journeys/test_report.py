"""Something is wrong: the questions, what happens at once, and who is told."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import Resident, Session
from links.models import Link
from portal.sample.personas import CHILD_CODE, CODES
from reports.models import Draft, Report
from tests.journeys.smallest import ALSO_SMALL
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

STORY = "この口座は私のものではありません。"


@ALSO_SMALL
def test_a_report_gets_a_number_a_next_step_and_a_latest_date_and_stops_the_record(
    arrive, sample, deliver_notices
):
    visitor = arrive().sign_in(*credentials(sample, "all-in-order"))
    record = account_of(CODES["all_in_order"])
    number_of_account = record.details["account_number"]

    visitor.open(record.get_absolute_url()).press("No, something is wrong")
    visitor.press("Next").reads("Please choose one answer.").look()
    answer_the_questions(visitor)
    visitor.reads("Is everything right?", STORY, "Since this week").look().press("Send the report")

    report = Report.objects.get()
    visitor.reads("We received your report", report.number, "What happens next").look()
    expect(visitor.main).to_contain_text(re.compile(r"20\d\d年.+\d日"))
    visitor.open(record.get_absolute_url()).reads("We are checking your report", "Stopped while we check it")
    visitor.finds("Show the details", there=False).reads_nothing_of(number_of_account).look()

    deliver_notices()
    [letter] = [each for each in mail.outbox if each.to == ["all-in-order@example.jp"]]
    assert number_of_account not in letter.body
    visitor.open("/notices/").reads("We received your report", "New").look()
    visitor.press("We received your report").reads(report.number, "What happened so far").look()
    visitor.open("/reports/").reads(report.number).look()


def test_a_second_report_about_the_same_record_leads_to_the_first(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))
    record = account_of(CODES["neighbour"])
    visitor.open(f"/reports/new/{record.public_id}/")
    answer_the_questions(visitor)
    visitor.press("Send the report")
    number = visitor.number

    visitor.open(f"/reports/new/{record.public_id}/")

    visitor.reads("You reported this record already. Here you see where it stands.", number)


def test_switching_language_and_version_in_the_middle_keeps_what_was_typed(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))
    record = account_of(CODES["neighbour"])
    visitor.open(f"/reports/new/{record.public_id}/story/")
    visitor.write("What happened?", STORY)

    visitor.switch_language("English")
    visitor.language = "en"
    visitor.reads("What happened?", STORY).look()
    visitor.write("What happened?", f"{STORY} Twice.").switch_version("Simple view")

    expect(visitor.page.locator("body.simple")).to_be_visible()
    expect(visitor.page.locator("textarea")).to_have_value(f"{STORY} Twice.")
    visitor.look()


def test_what_was_written_while_the_session_ended_is_not_lost(arrive, resident_user, link):
    visitor = arrive().sign_in(resident_user).open(f"/reports/new/{link.public_id}/story/")
    visitor.write("What happened?", STORY)
    Session.objects.all().delete()

    visitor.press("Next").reads("You were signed out. What you wrote is still here.").look()
    elsewhere = Visitor(visitor.page.context, visitor.address, scripted=visitor.scripted)
    elsewhere.sign_in(resident_user)
    visitor.press("Send it once more").reads(
        "You are signed in again. Please send what you wrote once more."
    ).look()
    visitor.press("Send it once more").reads("Do you have a photo or a paper about it?")

    assert Draft.objects.get().answers["account"] == STORY
    assert elsewhere.complaints == []


def test_a_mother_reports_her_own_account_on_her_childs_number(arrive, sample, deliver_notices):
    child = Resident.objects.get(code=CHILD_CODE)
    visitor = arrive().sign_in(*credentials(sample, "child-account"))

    visitor.press(child.name).follow("li:has(.status-withheld) a").press("No, something is wrong")
    answer_the_questions(visitor)
    visitor.press("Send the report").look().press("See where it stands").look()

    assert child.name in visitor.page.locator(".band").inner_text()
    visitor.reads("We received your report.", "What happened so far")
    deliver_notices()
    # what the review withheld in the night, and that the report arrived
    mails = [letter for letter in mail.outbox if letter.to == ["child-account@example.jp"]]
    assert len(mails) == 2
    assert not [letter for letter in mails if child.name in letter.body]


def test_a_report_is_withdrawn_and_the_record_is_free_again(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))
    record = account_of(CODES["neighbour"])
    visitor.open(f"/reports/new/{record.public_id}/")
    answer_the_questions(visitor)
    visitor.press("Send the report").press("See where it stands")

    visitor.press("Withdraw the report").look().press("Yes, withdraw it").reads("You withdrew the report.")

    visitor.open(record.get_absolute_url()).reads("Matches your data").finds("Show the details")


def credentials(sample, who):
    """Address and password of a persona."""
    return sample[who].email, sample[who].password


def account_of(code: str) -> Link:
    """The bank account of somebody of the sample."""
    return Link.objects.select_related("institution").get(resident__code=code, category="bank_account")


def answer_the_questions(visitor) -> None:
    """From the first question to the last page."""
    visitor.choose("It is not mine").look().press("Next")
    visitor.choose("Since this week").look().press("Next")
    visitor.write("What happened?", STORY).look().press("Next")
    visitor.reads("Do you have a photo or a paper about it?").look().press("Next")
    visitor.choose("In this portal and by mail").look().press("Next")
