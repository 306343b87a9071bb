"""Somebody with the smallest screen, text of twice the size, and the simple version with its readings."""

from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.journeys.visitor import SMALLEST, Visitor, cut_off

# a journey made with a script, without one, and in the simple version on the smallest screen
ALSO_SMALL = pytest.mark.parametrize(
    ("scripted", "small"),
    [(True, False), (False, False), (True, True)],
    ids=["script", "no_script", "simple_small"],
)
# what is written in each part, without the readings over it
WRITTEN = """(parts) => parts.map((part) => {
    const copy = part.cloneNode(true)
    copy.querySelectorAll('rt, rp').forEach((reading) => reading.remove())
    return copy.textContent.replace(/\\s+/g, ' ').trim()
})"""


class SmallVisitor(Visitor):
    """Finds words whatever readings stand over them, and looks whether anything is cut off."""

    def __init__(self, *settings: Any, **more: Any) -> None:
        super().__init__(*settings, **more)
        self.page.set_viewport_size(SMALLEST)
        # the browser's own setting
        large = {"fontSizes": {"standard": 32, "fixed": 26}}
        self.page.context.new_cdp_session(self.page).send("Page.setFontSizes", large)

    def named(self, parts: Locator, words: str) -> Locator:
        """Those of the parts in which nothing else is written."""
        written = parts.evaluate_all(WRITTEN)
        places = [place for place, text in enumerate(written) if text == self.said(words)]
        return parts.nth(places[0]) if places else self.main.locator(":not(*)")

    def control(self, words: str) -> Locator:
        """The button or link of that name in the main part."""
        return self.named(self.main.locator("a, button"), words)

    def choose(self, words: str) -> "Visitor":
        """Choose an answer among several."""
        self.named(self.main.locator("label"), words).locator("input").check()
        return self

    def write(self, label: str, text: str) -> "Visitor":
        """Write into the field whose label begins like that."""
        labels = self.main.locator("label")
        [name, *_rest] = [each for each in labels.evaluate_all(WRITTEN) if each.startswith(self.said(label))]
        field = labels.nth(labels.evaluate_all(WRITTEN).index(name)).get_attribute("for")
        self.main.locator(f"#{field}").fill(text)
        return self

    def reads(self, *words: str) -> "Visitor":
        """All of that stands in the main part."""
        [written] = self.main.evaluate_all(WRITTEN)
        missing = [each for each in words if " ".join(self.said(each).split()) not in written]
        assert missing == [], f"{self.page.url} says nothing of {missing}, but: {written}"
        return self

    def look(self) -> "Visitor":
        """Nothing breaks WCAG 2.2 A or AA, and nothing is wider than the screen or hidden behind an edge."""
        assert self.page.locator("body.simple").count() == 1
        assert cut_off(self.page) == []
        super().look()
        return self
