"""A photo and a paper travel with a report: chosen on a phone, drawn anew, opened by staff."""

import pytest
from playwright.sync_api import expect

from links.models import Link
from portal.sample.personas import CODES
from reports.models import Report
from tests import handed_in

pytestmark = pytest.mark.journey

PHOTO = ("保険証.jpg", handed_in.jpeg())
PAPER = ("手紙.pdf", handed_in.active_paper())
NOT_TAKEN = "We cannot read this kind of file. Please choose a photo (JPEG, PNG, HEIC) or a PDF."
FIVE = "These are five files. To add another one, remove one first."
NO_PHOTO = ("写真.png", b"<!DOCTYPE html><script>alert(1)</script>")


def test_a_photo_and_a_paper_travel_with_a_report(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))
    answer_up_to_the_files(visitor)

    visitor.press("Add the chosen files").reads("Please choose a file first.").look()
    visitor.choose_files("Photos or papers", PHOTO, NO_PHOTO).press("Add the chosen files")
    visitor.reads("保険証.jpg", "写真.png", NOT_TAKEN).look()
    visitor.choose_files("Photos or papers", PAPER).press("Add the chosen files")
    visitor.reads("Your files were added.", "手紙.pdf").look().press("Next")
    visitor.choose("In this portal and by mail").press("Next").reads("保険証.jpg, 手紙.pdf").look()
    visitor.press("Send the report").press("See where it stands").unfold(
        "What you wrote in your report"
    ).look()

    shown = visitor.opens("保険証.jpg")
    assert (shown.status, shown.headers["content-type"]) == (200, "image/jpeg")
    assert handed_in.CAMERA.encode() not in shown.body()
    staff = arrive().sign_in(*credentials(sample, "support"))
    staff.open(f"/desk/{Report.objects.get().public_id}/").look()
    assert staff.opens("手紙.pdf").headers["content-disposition"].startswith("attachment")
    visitor.open(account_of_neighbour().get_absolute_url()).reads("Opened a file of the report")


def test_a_file_is_taken_out_again_and_five_are_enough(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))
    answer_up_to_the_files(visitor)

    visitor.choose_files("Photos or papers", *[(f"{number}.jpg", PHOTO[1]) for number in range(1, 6)])
    visitor.press("Add the chosen files").reads(FIVE).look()
    visitor.finds("Add the chosen files", there=False)
    visitor.press("3.jpg")
    expect(visitor.page.locator("img")).to_be_visible()
    visitor.page.go_back()
    with visitor.page.expect_navigation():
        visitor.main.locator("li").filter(has_text="3.jpg").get_by_role("button").click()

    visitor.reads("The file was removed.", "4.jpg").finds("3.jpg", there=False).finds("Add the chosen files")


def test_what_is_not_sent_is_deleted_on_request(arrive, sample):
    visitor = arrive().sign_in(*credentials(sample, "neighbour"))
    answer_up_to_the_files(visitor)
    visitor.choose_files("Photos or papers", PHOTO).press("Next")
    visitor.choose("In this portal and by mail").press("Next")

    visitor.press("Do not send it, delete it").look().press("Yes, delete it")

    visitor.reads("Your answers and files were deleted.").press("No, something is wrong")
    visitor.open(f"/reports/new/{account_of_neighbour().public_id}/files/").finds("保険証.jpg", there=False)


def credentials(sample, who):
    """Address and password of a persona."""
    return sample[who].email, sample[who].password


def account_of_neighbour() -> Link:
    """The record that is reported."""
    return Link.objects.get(resident__code=CODES["neighbour"], category="bank_account")


def answer_up_to_the_files(visitor) -> None:
    """From the first question to the one about photos and papers."""
    visitor.open(f"/reports/new/{account_of_neighbour().public_id}/")
    visitor.choose("It is not mine").press("Next")
    visitor.choose("Since this week").press("Next")
    visitor.press("Next")
    visitor.reads("Do you have a photo or a paper about it?")
