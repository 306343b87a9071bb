"""How Japanese is set: readings above difficult words, lines that end at phrases, dates that stay whole."""

import re
from collections.abc import Callable, Iterator

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.glossary import OKURIGANA, WORDS
from portal.phrases import starts

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
DATE = r"\d{4}年 ?\d{1,2}月 ?\d{1,2}日(?:（[一-龥]{2} ?(?:\d+|元)年）)?"
NUMBER = r"(?<![0-9A-Za-z-])[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}(?![0-9A-Za-z-])"
WHOLE = re.compile(f"(?P<date>{DATE})|(?P<number>{NUMBER})")
# What is skipped goes in one piece, most tags with the text behind them: a page has hundreds
PLAIN_TAG = r"<[^otsr!>][^>]*+>|<s(?:pan|ection|trong)[^>]*+>"
WHOLE_IN_TEXT = re.compile(
    rf"""(?P<markup>(?:(?:{PLAIN_TAG})[^<0-9A-Z]*+|<!--.*?-->
    |<(?P<closed>{"|".join(sorted(CLOSED))})\b[^>]*(?<!/)>.*?</(?P=closed)>|<[^>]*>)+)
    |{WHOLE.pattern.replace(" ", "[ ]")}""",
    re.DOTALL | re.VERBOSE,
)
# A line begins neither with what leans on the word before it nor inside a name that browsers would part
TAIL = "[）」]?について|ゆうちょ銀行"
PIECE = re.compile(f"{WHOLE.pattern}|(?P<tail>{TAIL})|(?P<word>{DIFFICULT.pattern})|.", re.DOTALL)
READINGS = UNBROKEN | {stem: (stem, reading) for stem, (reading, _ending) in OKURIGANA.items()}


@register.tag("furigana")
def do_furigana(parser: Parser, token: Token) -> "FuriganaNode":
    """{% furigana %}…{% endfurigana %}: what is enclosed, set for those who read Japanese."""
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
        if get_language() not in LANGUAGES:
            return html
        return with_readings(html) if context.get("simple") else with_whole_dates(html)


def with_readings(html: str) -> SafeString:
    """HTML with <ruby> on the first occurrence of each word of the glossary and <wbr> between phrases."""
    seen: set[str] = set()
    return in_text(html, lambda text: annotated(text, seen))


def with_whole_dates(html: str) -> SafeString:
    """HTML whose dates and numbers are not broken at the end of a line."""
    pieces = WHOLE_IN_TEXT.sub(lambda found: found[0] if found["markup"] else kept(found), html)
    return mark_safe(pieces)  # noqa: S308 (rendered by a template; only tags of our own are added)


def in_text(html: str, change: Callable[[str], str]) -> SafeString:
    """HTML with a change made to its text only."""
    pieces = [change(part) if is_text else part for part, is_text in parts(html)]
    return mark_safe("".join(pieces))  # noqa: S308 (rendered by a template; only tags of our own are added)


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
    """Text with readings on words that `seen` does not hold yet (it remembers them), broken at phrases."""
    lines = starts(text)
    pieces = PIECE.finditer(text)
    return "".join(f"{'<wbr>' * (piece.start() in lines)}{shown(piece, seen)}" for piece in pieces)


def shown(piece: re.Match[str], seen: set[str]) -> str:
    """A piece of text: kept whole, with its reading, or as it is."""
    if piece.lastgroup in {"date", "number", "tail"}:
        return kept(piece)
    if piece.lastgroup != "word" or piece[0] in seen:
        return piece[0]
    seen.add(piece[0])
    return ruby(*READINGS[piece[0]])


def kept(piece: re.Match[str]) -> str:
    """What is not parted: a date but before its era, a number, what leans on the word before it."""
    return f'<span class="{"keep" if piece["number"] else "whole"}">{piece[0]}</span>'


def ruby(word: str, reading: str) -> str:
    """The word with its reading above, part by part; screen readers read the word itself, not twice."""
    pairs = zip(word.split("|"), reading.split("|"), strict=True)
    return "".join(
        f'<ruby{tight(part, above)}>{part}<rt aria-hidden="true">{above}</rt></ruby>' for part, above in pairs
    )


def tight(part: str, above: str) -> str:
    """The class of a reading that is wider than its word at half the size: set tighter, it leaves no gap."""
    return ' class="long"' if len(above) > 2 * len(part) else ""
