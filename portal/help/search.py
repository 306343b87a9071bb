"""Find a passage of help by words in any of our languages: each question reads all its few pages."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation

from notices.languages import whole
from portal.help.contents import TOPICS
from portal.help.topic import Section, Topic

LONGEST_QUESTION = 100
MOST_HITS = 8
# what a title says counts more than what the text says
TITLE, SAID, LEAST = 3.0, 1.0, 0.6
HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
READINGS = re.compile(r"[(（][ぁ-ゖー ]+[)）]")
PARTS = re.compile(r"[a-z0-9']+|[^\s\x00-\x7f、。・？！「」（）]+")
ENDINGS = re.compile(r"(?:'s|s|ed|ing)$")
# words that stand everywhere find nothing
EMPTY = {
    "a",
    "an",
    "and",
    "do",
    "does",
    "how",
    "i",
    "in",
    "is",
    "it",
    "me",
    "my",
    "of",
    "on",
    "the",
    "to",
    "what",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that fits: of a section, or of a topic as a whole."""

    topic: Topic
    section: Section | None
    score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A topic or a section of it, folded in every language: what is in its title and what it says."""

    topic: Topic
    section: Section | None
    title: str
    text: str


def search(question: str) -> list[Hit]:
    """The passages in which every word of the question is found, the best first; nothing for no words."""
    words = [word for word in PARTS.findall(folded(question[:LONGEST_QUESTION])) if word not in EMPTY]
    if not words:
        return []
    hits = [Hit(each.topic, each.section, score(words, each)) for each in passages()]
    return sorted((hit for hit in hits if hit.score), key=lambda hit: -hit.score)[:MOST_HITS]


def score(words: list[str], passage: Passage) -> float:
    """How well the passage fits; 0 where one of the words is not in it."""
    found = [TITLE * share(word, passage.title) + SAID * share(word, passage.text) for word in words]
    return sum(found) if all(found) else 0.0


def share(word: str, text: str) -> float:
    """How much of the word the text has: of Japanese, which has no gaps, by pairs of letters."""
    if word.isascii():
        return float(re.search(rf"\b{re.escape(ENDINGS.sub('', word))}", text) is not None)
    if word in text or len(word) < 3:
        return float(word in text)
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    had = sum(pair in text for pair in pairs) / len(pairs)
    return had if had >= LEAST else 0.0


def folded(text: str) -> str:
    """The text as it is compared: one width, small letters, hiragana, no readings in brackets."""
    plain = unicodedata.normalize("NFKC", READINGS.sub("", text)).casefold()
    return plain.translate(HIRAGANA)


@cache
def passages() -> tuple[Passage, ...]:
    """Everything that help says, made once a process."""
    return tuple(passage(topic, section) for topic in TOPICS.values() for section in (None, *topic.sections))


def passage(topic: Topic, section: Section | None) -> Passage:
    """The topic's title and lead, or one section's title and text, in every language one after the other."""
    title = section.title if section else topic.title
    text = section.sentences if section else (topic.also, topic.lead, topic.title)
    return Passage(topic, section, in_every_language([title]), in_every_language(text))


def in_every_language(words: Sequence[object]) -> str:
    """The words folded; Japanese is written without the gaps that the easy one has."""
    spoken = []
    for code in {whole(code) for code, _name in settings.LANGUAGES}:
        with translation.override(code):
            together = folded(" ".join(str(word) for word in words))
        spoken.append(re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", together))
    return " ".join(spoken)
