"""The look in a real browser: every component in its states, and what the few lines of script add."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from accounts.display import SIMPLE_COOKIE

pytestmark = [pytest.mark.journey, pytest.mark.django_db, pytest.mark.urls("tests.portal.gallery_urls")]


@pytest.fixture
def chromium(browser: Browser) -> Browser:
    """The browser of the session: Playwright runs once only."""
    return browser


def opened(
    browser: Browser, address: str, *, simple: bool = False, language: str = "ja", **context: object
) -> Page:
    """A page at 360 px, with the choices that a person has made."""
    tab = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **context}).new_page()
    choices = {SIMPLE_COOKIE: str(int(simple)), settings.LANGUAGE_COOKIE_NAME: language}
    tab.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in choices.items()]
    )
    return tab


@pytest.mark.parametrize(
    ("width", "scheme", "simple"),
    [
        (360, "light", False),
        (360, "dark", False),
        (360, "light", True),
        (360, "dark", True),
        (1280, "light", False),
        (1280, "dark", True),
    ],
)
def test_every_component_is_accessible_in_every_version(chromium, live_server, width, scheme, simple):
    size = {"width": width, "height": 740}
    page = opened(chromium, live_server.url, simple=simple, color_scheme=scheme, viewport=size)

    page.goto(f"{live_server.url}/gallery/")

    assert Axe().run(page).response["violations"] == []
    page.context.close()


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
@pytest.mark.parametrize("address", ["/gallery/", "/account/login/"])
def test_nothing_is_cut_off_at_320_px_with_text_of_twice_the_size(chromium, live_server, language, address):
    page = opened(
        chromium, live_server.url, simple=True, language=language, viewport={"width": 320, "height": 740}
    )
    page.goto(live_server.url + address)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_the_text_of_the_simple_version_is_20_px_or_larger(chromium, live_server):
    page = opened(chromium, live_server.url, simple=True)

    page.goto(f"{live_server.url}/gallery/")

    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('body *')]
            .filter((e) => !e.closest('rt, svg, .hide, option') && e.offsetParent
                && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
            .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 20
    page.context.close()


@pytest.mark.parametrize("simple", [False, True])
def test_everything_that_is_pressed_is_44_px_high(chromium, live_server, simple):
    page = opened(chromium, live_server.url, simple=simple)

    page.goto(f"{live_server.url}/gallery/")

    low = page.evaluate(
        """() => [...document.querySelectorAll('header a, header button, summary, .button, .choice, .back,'
            + ' .foot a, .pages a, input:not([type=radio], [type=checkbox], [type=hidden]), select')]
            .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert low == []
    page.context.close()


def test_a_record_card_is_pressed_anywhere(chromium, live_server):
    page = opened(chromium, live_server.url)
    page.goto(f"{live_server.url}/gallery/")

    page.locator(".record:has(a) .status").first.click(force=True)

    expect(page).to_have_url(f"{live_server.url}/gallery/#")
    page.context.close()


def test_the_summary_of_errors_takes_the_focus(chromium, live_server):
    page = opened(chromium, live_server.url)

    page.goto(f"{live_server.url}/gallery/")

    expect(page.locator(".errors")).to_be_focused()
    page.context.close()


def test_the_language_menu_works_without_javascript(chromium, live_server):
    page = opened(chromium, live_server.url, java_script_enabled=False)
    page.goto(f"{live_server.url}/account/login/")

    page.locator(".menu summary").click()
    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.context.close()


def test_the_simple_version_is_one_press_away_without_javascript(chromium, live_server):
    page = opened(chromium, live_server.url, java_script_enabled=False, language="en")
    page.goto(f"{live_server.url}/account/login/")

    page.get_by_role("button", name="Simple view").click()

    expect(page.locator("body.simple")).to_be_visible()
    expect(page).to_have_url(f"{live_server.url}/account/login/")
    page.context.close()


def test_escape_closes_the_language_menu_and_gives_the_focus_back(chromium, live_server):
    page = opened(chromium, live_server.url)
    page.goto(f"{live_server.url}/account/login/")
    page.locator(".menu summary").click()

    page.keyboard.press("Escape")

    expect(page.locator(".menu")).not_to_have_attribute("open", "")
    expect(page.locator(".menu summary")).to_be_focused()
    page.context.close()


def test_the_passkey_is_offered_only_where_the_browser_can(chromium, live_server):
    able = opened(chromium, live_server.url)
    unable = opened(chromium, live_server.url, java_script_enabled=False)

    able.goto(f"{live_server.url}/account/login/")
    unable.goto(f"{live_server.url}/account/login/")

    expect(able.locator("#passkey_login")).to_be_visible()
    expect(unable.locator("#passkey_login")).to_be_hidden()
    able.context.close()
    unable.context.close()


def test_the_keyboard_reaches_the_content_with_two_keys(chromium, live_server):
    page = opened(chromium, live_server.url)
    page.goto(f"{live_server.url}/account/login/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()
    page.context.close()


def test_a_page_with_everything_stays_below_50_kb_10_requests_and_20_kb_of_script(chromium, live_server):
    page = opened(chromium, live_server.url)
    bodies: dict[str, bytes] = {}
    page.on("response", lambda response: bodies.__setitem__(response.url, response.body()))

    page.goto(f"{live_server.url}/account/login/", wait_until="networkidle")

    sizes = {url: len(gzip.compress(body)) for url, body in bodies.items()}
    assert len(sizes) <= 10
    assert sum(sizes.values()) <= 50_000
    assert sum(size for url, size in sizes.items() if url.endswith(".js")) <= 20_000
    page.context.close()


def test_nothing_breaks_the_policy(chromium, live_server):
    page = opened(chromium, live_server.url)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    for address in ("/gallery/", "/account/login/", "/account/login/code/", "/account/password/reset/"):
        page.goto(live_server.url + address)

    assert complaints == []
    page.context.close()


def test_short_words_of_the_match_table_stay_on_one_line_on_a_phone(chromium, live_server):
    page = opened(chromium, live_server.url)
    page.goto(f"{live_server.url}/gallery/")

    lines = page.evaluate(
        """() => [...document.querySelectorAll('.match tbody th')].map((head) => {
            const words = document.createRange();
            words.selectNodeContents(head);
            return [head.textContent, words.getClientRects().length];
        })"""
    )

    assert lines
    assert [words for words, count in lines if count > 1] == []
    page.context.close()
