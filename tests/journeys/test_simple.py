"""The simple version: one question a screen, a call instead of typing, a page that reads itself aloud."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.calls.words import spoken_both_ways
from reports.models import Call

pytestmark = pytest.mark.journey

A_VOICE = """
window.heard = []
class Utterance { constructor (text) { this.text = text } }
window.SpeechSynthesisUtterance = Utterance
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => VOICES, cancel: () => {}, addEventListener: () => {},
  speak: (one) => window.heard.push([one.lang, one.text]),
} })
"""


def with_voices(page, *languages: str) -> None:  # noqa: ANN001
    """A browser that has such voices: the one of the tests has none."""
    voices = ", ".join(f"{{lang: '{language}'}}" for language in languages)
    page.add_init_script(A_VOICE.replace("VOICES", f"[{voices}]"))


def test_who_wants_no_typing_is_called_and_knows_the_caller_by_a_word(arrive, resident_user, support):
    visitor = arrive(language="en").sign_in(resident_user).switch_version("Simple view")

    with visitor.page.expect_navigation():
        visitor.page.locator("footer").get_by_role("link", name=visitor.said("Call me back")).click()
    visitor.choose("In the morning, 9:30 to 12:00").look().press("Next")
    visitor.write("At which telephone number?", "090-1234-5678").look().press("Call me back")
    visitor.reads("We say this word first").look()

    call = Call.objects.get()
    desk = arrive().sign_in(support).open(reverse("calls:waiting")).follow(".record a")
    desk.reads(spoken_both_ways(call.word), "090-1234-5678").look()
    desk.choose("I spoke with the person").press("Enter the result").reads("Nothing waits here.")
    visitor.open(call.get_absolute_url()).reads("We spoke with you")


@pytest.mark.parametrize("scripted", [True])
def test_a_page_is_read_aloud_where_there_is_a_voice_and_each_word_once(
    arrive, resident_user, link, scripted
):
    visitor = arrive().sign_in(resident_user)
    with_voices(visitor.page, "ja-JP")

    visitor.switch_version("Simple view").open(link.get_absolute_url())
    button = visitor.page.locator("[data-aloud]")
    button.click()

    heard = visitor.page.evaluate("window.heard")
    assert {language for language, _text in heard} == {"ja"}
    assert heard[0][1].endswith(visitor.said("Back to the list")) or str(link.title) in heard[0][1]
    assert not re.search(r"保険ほけん|記録きろく", "".join(text for _language, text in heard))
    expect(button).to_have_text(visitor.said("Stop reading"))
    visitor.look()


NO_VOICE_AT_ALL = "Object.defineProperty(window, 'speechSynthesis', { value: undefined })"


@pytest.mark.parametrize("scripted", [True])
@pytest.mark.parametrize("silent", [True, False], ids=["without speech", "without a voice for the language"])
def test_where_the_browser_cannot_read_aloud_nothing_is_shown(arrive, scripted, silent):
    visitor = arrive()
    if silent:
        visitor.page.add_init_script(NO_VOICE_AT_ALL)
    else:
        with_voices(visitor.page, "fr-FR")

    visitor.open("/help/").switch_version("Simple view")

    expect(visitor.page.locator("[data-aloud]")).to_be_hidden()
