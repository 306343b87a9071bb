"""Before the session ends somebody is asked whether they are there, and what they wrote stays."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_somebody_is_asked_goes_on_and_loses_nothing(arrive, scripted, resident_user, link):
    if not scripted:
        pytest.skip("without scripts the footer's link does it: tests/accounts/test_sessions.py")
    visitor = arrive(language="en").sign_in(resident_user)
    visitor.page.clock.install()
    visitor.open(f"/reports/new/{link.public_id}/story/")
    story = visitor.page.locator("textarea")
    story.fill("I never had this account.")

    visitor.page.clock.fast_forward("13:10")
    asked = visitor.page.get_by_role("dialog", name="Are you still there?")
    expect(asked.get_by_role("link", name="Go on")).to_be_focused()
    visitor.page.route("**/stay/", lambda route: route.abort(), times=1)
    with visitor.page.expect_event("requestfailed"):
        asked.get_by_role("link", name="Go on").click()
    expect(asked).to_be_visible()
    asked.get_by_role("link", name="Go on").click()
    expect(asked).to_be_hidden()
    expect(story).to_be_focused()
    expect(story).to_have_value("I never had this account.")

    visitor.page.clock.fast_forward("15:10")
    gone = visitor.page.get_by_role("dialog")
    expect(gone).to_contain_text("You are signed out")
    gone.get_by_role("button", name="Close").click()
    expect(story).to_have_value("I never had this account.")
    assert "ERR_FAILED" in visitor.complaints.pop()  # the network was cut on purpose


def test_who_closes_the_question_is_not_asked_again_until_the_end(arrive, scripted, resident_user):
    if not scripted:
        pytest.skip("without scripts nobody is asked")
    visitor = arrive(language="en").sign_in(resident_user)
    visitor.page.clock.install()
    visitor.open("/")
    dialog = visitor.page.get_by_role("dialog")

    visitor.page.clock.fast_forward("13:10")
    expect(dialog).to_contain_text("Are you still there?")
    visitor.page.keyboard.press("Escape")
    visitor.page.clock.run_for("01:00")
    expect(dialog).to_be_hidden()

    visitor.page.clock.run_for("01:00")
    expect(dialog).to_contain_text("You are signed out")


def test_what_the_page_showed_goes_with_the_session_without_network_too(
    arrive, scripted, resident_user, link
):
    if not scripted:
        pytest.skip("without scripts a page stays as it was printed")
    visitor = arrive(language="en").sign_in(resident_user)
    visitor.page.clock.install()
    visitor.open(link.get_absolute_url())
    expect(visitor.page.locator("main")).to_contain_text("Bank account for public payments")

    visitor.page.context.set_offline(True)
    visitor.page.clock.fast_forward("15:10")

    expect(visitor.page.get_by_role("dialog")).to_contain_text("You are signed out")
    expect(visitor.page.locator("main")).to_have_text("")
    expect(visitor.page).to_have_title("Tsunagari Check")
