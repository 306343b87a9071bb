"""Readings above difficult words, for those who chose the simple version in Japanese."""

import re
from collections.abc import Iterator

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.glossary import OKURIGANA, WORDS

register = template.Library()

LANGUAGES = {"ja", "ja-x-easy"}
TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
NAME = re.compile(r"</?([a-zA-Z0-9]+)")
# Elements that hold plain text only, or have their own readings
CLOSED = {"option", "textarea", "title", "script", "style", "ruby", "svg"}
# The longest word wins; a word that is explained in brackets already is left alone
STEMS = [f"{re.escape(stem)}(?=[{ending}])" for stem, (_reading, ending) in OKURIGANA.items()]
UNBROKEN = {word.replace("|", ""): (word, reading) for word, reading in WORDS.items()}
LONGEST_FIRST = sorted(UNBROKEN, key=len, reverse=True)
DIFFICULT = re.compile(f"(?:{'|'.join([*map(re.escape, LONGEST_FIRST), *STEMS])})(?![(（])")
# Browsers find no phrases beside readings: a line may begin with a word after one of these, and the end of a
# sentence stays whole
BEFORE = re.compile(r"(?<=[、をがはにのへとでやも])<ruby")
END = re.compile(r"(?<![、。ぁ-ん])[ぁ-ん]{2,7}。")
READINGS = UNBROKEN | {stem: (stem, reading) for stem, (reading, _ending) in OKURIGANA.items()}


@register.tag("furigana")
def do_furigana(parser: Parser, token: Token) -> "FuriganaNode":
    """{% furigana %}…{% endfurigana %}: readings in the simple version in Japanese, otherwise unchanged."""
    nodelist = parser.parse(("endfurigana",))
    parser.delete_first_token()
    return FuriganaNode(nodelist)


class FuriganaNode(template.Node):
    """The enclosed part of a page, with readings where the reader asked for the simple version."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """The part as HTML."""
        html = self.nodelist.render(context)
        if context.get("simple") and get_language() in LANGUAGES:
            return with_readings(html)
        return html


def with_readings(html: str) -> SafeString:
    """HTML with <ruby> on the first occurrence of each word of the glossary, in text only."""
    seen: set[str] = set()
    pieces = [annotated(part, seen) if is_text else part for part, is_text in parts(html)]
    return mark_safe("".join(pieces))  # noqa: S308 (rendered by a template; only ruby tags of our own are added)


def parts(html: str) -> Iterator[tuple[str, bool]]:
    """The pieces of HTML in order, each with whether it is text that may carry readings."""
    closed_by: str | None = None
    for index, part in enumerate(TAG.split(html)):
        if index % 2 == 0:
            yield part, closed_by is None
            continue
        yield part, False
        closed_by = element_left_open(part, closed_by)


def element_left_open(tag: str, closed_by: str | None) -> str | None:
    """The name of the element without readings that we are in after this tag, or None."""
    found = NAME.match(tag)
    name = found[1].lower() if found else ""
    if closed_by:
        return None if name == closed_by and tag.startswith("</") else closed_by
    return name if name in CLOSED and not tag.startswith("</") and not tag.endswith("/>") else None


def annotated(text: str, seen: set[str]) -> str:
    """Text with readings on words that `seen` does not hold yet (it remembers them), its ends unbroken."""

    def reading(match: re.Match[str]) -> str:
        word = match[0]
        if word in seen:
            return word
        seen.add(word)
        return ruby(*READINGS[word])

    return END.sub(r'<span class="end">\g<0></span>', BEFORE.sub("<wbr><ruby", DIFFICULT.sub(reading, text)))


def ruby(word: str, reading: str) -> str:
    """The word with its reading above, part by part; screen readers read the word itself, not twice."""
    pairs = zip(word.split("|"), reading.split("|"), strict=True)
    return "".join(
        f'<ruby{tight(part, above)}>{part}<rt aria-hidden="true">{above}</rt></ruby>' for part, above in pairs
    )


def tight(part: str, above: str) -> str:
    """The class of a reading that is wider than its word at half the size: set tighter, it leaves no gap."""
    return ' class="long"' if len(above) > 2 * len(part) else ""
