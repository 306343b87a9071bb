"""The bars that only a browser can measure, on every page of the service."""

import gzip
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.journeys.service import Person, cookies_of, furnish
from tests.journeys.visitor import SMALLEST, cut_off, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# each page at least once in each: phone and desktop, light and dark, standard and simple, two languages
VERSIONS = [(360, "light", False, "ja"), (360, "dark", True, "ja"), (1280, "dark", False, "en")]
MOST_BYTES, MOST_REQUESTS, MOST_SCRIPT = 50_000, 10, 20_000
FOCUSED = """() => {
    const box = document.activeElement.closest('.choice') || document.activeElement
    const style = getComputedStyle(box)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
}"""


Hearing = Callable[[ConsoleMessage | Error], None]


def ignore(_said: ConsoleMessage | Error) -> None:
    """Hear nothing."""


@pytest.fixture
def service(live_server) -> dict[str, Person]:
    """One of everything."""
    return furnish()


@pytest.fixture
def every_page(browser: Browser, live_server, service) -> Callable[..., Iterator[Page]]:
    """Opens every page as who may see it, one after the other."""

    def pages(
        *,
        simple: bool = False,
        language: str = "ja",
        hear: Hearing = ignore,
        **look: object,
    ) -> Iterator[Page]:
        for person in service.values():
            context = browser.new_context(**look)
            chosen = cookies_of(person.user, simple=simple, language=language)
            context.add_cookies(
                [{"name": name, "value": value, "url": live_server.url} for name, value in chosen.items()]
            )
            page = context.new_page()
            page.on("console", hear)
            page.on("pageerror", hear)
            for path in person.paths:
                page.goto(live_server.url + path)
                # a page that is not the one that was asked for would be measured twice, the right one never
                assert urlsplit(page.url).path == urlsplit(path).path, f"{path} led to {page.url}"
                yield page
            context.close()

    return pages


@pytest.mark.parametrize(("width", "scheme", "simple", "language"), VERSIONS)
def test_every_page_is_accessible_light_at_peace_and_whole_in_every_version(
    every_page, width, scheme, simple, language
):
    look = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
    found: list[str] = []
    opened: list[str] = []
    parts: dict[str, int] = {}

    for page in every_page(simple=simple, language=language, hear=complaints_into(found), **look):
        opened.append(page.url)
        found += too_heavy(page.url, weights(page, parts))
        found += violations(page)
        found += cut_off_when_small(page)

    assert len(opened) > 60
    assert "\n".join(found) == ""


def test_nothing_is_cut_off_in_the_simple_version_in_english(every_page):
    found = [each for page in every_page(simple=True, language="en") for each in cut_off_when_small(page)]

    assert "\n".join(found) == ""


def test_the_keyboard_alone_makes_a_report(browser, live_server, service):
    mother = service["mother"]
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ja-JP")
    chosen = cookies_of(mother.user, simple=False)
    context.add_cookies(
        [{"name": name, "value": each, "url": live_server.url} for name, each in chosen.items()]
    )
    page = context.new_page()
    [first_question] = [path for path in mother.paths if path.endswith("/what/")]
    page.goto(live_server.url + first_question)

    for keys in (["Space"], ["Space"], [], [], ["Space"]):
        tab_to(page, "main input, main textarea")
        for key in keys:
            page.keyboard.press(key)
        press_enter_on(page, "main form .button.main")
    press_enter_on(page, "main form .button.main")

    assert page.url.endswith("/sent/")
    context.close()


def cut_off_when_small(page: Page) -> list[str]:
    """What of the page is too wide for 320 px with text of twice the size. It gets its size back."""
    before = page.viewport_size
    page.set_viewport_size(SMALLEST)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = cut_off(page)
    page.set_viewport_size(before)
    return found


LOADED = """() => performance.getEntriesByType('resource').map((entry) => entry.name)"""


def complaints_into(found: list[str]) -> Hearing:
    """Notes what the browser complains about; that something is missing is what some pages are about."""

    def note(said: ConsoleMessage | Error) -> None:
        missing = "404 (Not Found)" in said.text if isinstance(said, ConsoleMessage) else False
        if isinstance(said, Error) or (said.type in ("error", "warning") and not missing):
            found.append(str(said))

    return note


def weights(page: Page, parts: dict[str, int]) -> dict[str, int]:
    """Bytes over the wire of the page and of each thing that it loaded; `parts` remembers those."""
    loaded = page.evaluate(LOADED)
    for address in set(loaded) - parts.keys():
        parts[address] = len(gzip.compress(page.request.get(address).body()))
    return {page.url: len(gzip.compress(page.content().encode()))} | {x: parts[x] for x in loaded}


def too_heavy(url: str, sizes: dict[str, int]) -> list[str]:
    """What of a page is over its bar, in words."""
    script = sum(size for address, size in sizes.items() if address.endswith(".js"))
    measured = [
        ("bytes", sum(sizes.values()), MOST_BYTES),
        ("requests", len(sizes), MOST_REQUESTS),
        ("bytes of script", script, MOST_SCRIPT),
    ]
    return [f"{url}: {found} {what}, at most {most}" for what, found, most in measured if found > most]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element, which must be seen."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(FOCUSED), f"{page.url}: the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"{page.url}: Tab never reaches {selector}")


def press_enter_on(page: Page, selector: str) -> None:
    """Go to the button and press it; the next page is there afterwards."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
