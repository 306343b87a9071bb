"""Somebody in front of a browser: opens, presses, reads. Words are given in English and looked up."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import APIResponse, BrowserContext, Locator, expect

from accounts.models import User
from tests.factories import PASSWORD

AXE = Axe()
WCAG_22_AA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
SPEAKABLE = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}")
PATIENCE = 20_000
SMALLEST = {"width": 320, "height": 740}
# what makes the page wider than the window, stands outside of it, or is hidden behind its own edge;
# a table that has a scroll bar of its own may be wider
UNSEEN = ".hide, .hide *, .skip, svg *, option, textarea, input, .menu *, .scroll, .scroll *"
CUT_OFF = """(unseen) => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth > width) return ['the page']
    const hides = (part) => getComputedStyle(part).overflowX !== 'visible'
    const cut = (part) => {
        const box = part.getBoundingClientRect()
        const within = part.scrollWidth <= part.clientWidth + 1 || !hides(part)
        return box.width && (box.right > width + 1 || box.left < -1 || !within)
    }
    return [...document.querySelectorAll(`body *:not(${unseen})`)]
        .filter((part) => part.offsetParent && cut(part))
        .map((part) => part.outerHTML.slice(0, 90))
}"""


class Visitor:
    """One person with one browser tab, in one language."""

    def __init__(
        self, context: BrowserContext, address: str, *, scripted: bool, language: str = "ja"
    ) -> None:
        self.address, self.scripted, self.language = address, scripted, language
        self.complaints: list[str] = []
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))

    def _console(self, message: Any) -> None:
        if message.type == "error" and "the server responded with a status of 40" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def said(self, words: str) -> str:
        """The words in the visitor's language; what has no translation, such as a name, as it is."""
        with override(self.language):
            return gettext(words)

    @property
    def main(self) -> Locator:
        """The page's main part."""
        return self.page.locator("main")

    def open(self, path: str) -> "Visitor":
        """Type an address."""
        self.page.goto(self.address + path)
        return self

    def sign_in(self, user: User | str, password: str = PASSWORD) -> "Visitor":
        """Sign in with a password, which stands behind a fold."""
        self.open("/account/login/").unfold("Sign in with a password")
        self.page.fill("input[name=login]", str(getattr(user, "email", user)))
        self.page.fill("input[name=password]", password)
        with self.page.expect_navigation():
            self.page.press("input[name=password]", "Enter")
        expect(self.page).not_to_have_url(re.compile("/login/"))
        return self

    def control(self, words: str) -> Locator:
        """The button or link of that name in the main part."""
        name = self.said(words)
        button, link = (self.main.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        return button.or_(link)

    def press(self, words: str) -> "Visitor":
        """Press the button, or follow the link, of that name; the next page is there afterwards."""
        with self.page.expect_navigation():
            self.control(words).first.click()
        return self

    def follow(self, selector: str) -> "Visitor":
        """Follow the first link in the main part that fits the selector."""
        with self.page.expect_navigation():
            self.main.locator(selector).first.click()
        return self

    def unfold(self, words: str) -> "Visitor":
        """Open what is folded under the words."""
        self.main.locator("summary").filter(has_text=self.said(words)).first.click()
        return self

    def choose(self, words: str) -> "Visitor":
        """Choose an answer among several."""
        self.main.get_by_label(self.said(words), exact=True).check()
        return self

    def pick(self, label: str, value: str) -> "Visitor":
        """Pick the entry of that value from the list of that name."""
        self.main.get_by_label(self.said(label)).select_option(value)
        return self

    def write(self, label: str, text: str) -> "Visitor":
        """Write into the field of that name."""
        self.main.get_by_label(self.said(label)).first.fill(text)
        return self

    def choose_files(self, label: str, *files: tuple[str, bytes]) -> "Visitor":
        """Choose files, each with its name and content, in the chooser of that name."""
        chosen = [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
        self.main.get_by_label(self.said(label)).set_input_files(chosen)
        return self

    def opens(self, name: str) -> APIResponse:
        """What the browser gets behind the link of that name; the page stays."""
        address = self.main.get_by_role("link", name=name, exact=True).get_attribute("href")
        return self.page.request.get(f"{self.address}{address}")

    def switch_language(self, name: str) -> "Visitor":
        """Choose a language in the header, by its own name."""
        self.page.locator(".menu summary").click()
        with self.page.expect_navigation():
            self.page.locator(".menu").get_by_role("button", name=name, exact=True).click()
        return self

    def switch_version(self, words: str) -> "Visitor":
        """Press the header's switch between standard and simple version."""
        with self.page.expect_navigation():
            self.page.locator(".tools").get_by_role("button", name=self.said(words), exact=True).click()
        return self

    def reads(self, *words: str) -> "Visitor":
        """All of that stands in the main part."""
        for each in words:
            expect(self.main).to_contain_text(self.said(each), timeout=PATIENCE)
        return self

    def reads_nothing_of(self, *words: str) -> "Visitor":
        """None of that stands anywhere in what the server sent."""
        html = self.page.content()
        found = [each for each in words if self.said(each) in html]
        assert found == [], f"{self.page.url} shows {found}"
        return self

    def finds(self, words: str, *, there: bool = True) -> "Visitor":
        """A button or link of that name is there, or is not."""
        expect(self.control(words)).to_have_count(1 if there else 0)
        return self

    @property
    def heading(self) -> str:
        """What the page says first."""
        return self.page.locator("h1").first.inner_text()

    @property
    def number(self) -> str:
        """The number of a report, application or certificate on the page."""
        found = SPEAKABLE.search(self.main.inner_text())
        assert found, f"no number on {self.page.url}"
        return found[0]

    def look(self) -> "Visitor":
        """Nothing on the page breaks WCAG 2.2 A or AA, by axe, where there is a script to ask with."""
        if self.scripted:
            assert violations(self.page) == []
        return self


def violations(page: Any) -> list[str]:
    """What axe finds on the page, one line each: address, rule, and the first element."""
    found = AXE.run(page, options=WCAG_22_AA).response["violations"]
    return [f"{page.url}: {each['id']}: {each['help']}: {each['nodes'][0]['html'][:160]}" for each in found]


def cut_off(page: Any) -> list[str]:
    """What of the page is wider than the window or hidden behind an edge, one line each."""
    return [f"{page.url}: cut off: {part}" for part in page.evaluate(CUT_OFF, UNSEEN)]
