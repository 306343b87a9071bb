"""The words of the notices, rendered in every language."""

import re

import pytest
from django.utils import translation

from notices.kinds import KINDS, NEUTRAL
from notices.wording import letter

LANGUAGES = ["ja", "ja-x-easy", "en"]
# an address, a mail address, a twelve-digit number, or a placeholder that nobody filled in
FORBIDDEN = re.compile(r"https?://|www\.|\S@\S|\d{12}|%\(|\{\{|\{%|None")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_in_every_language_has_no_link_and_no_personal_data(kind, language):
    letter_ = letter(kind, language=language)

    assert not FORBIDDEN.search(letter_.text)
    assert not FORBIDDEN.search(letter_.subject)
    assert letter_.text.strip()
    assert "&" not in letter_.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_subject_is_neutral_and_the_same_for_every_kind(language):
    subjects = {letter(kind, language=language).subject for kind in KINDS}

    assert len(subjects) == 1
    assert "\n" not in subjects.pop()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_how_to_reach_a_person(language, settings):
    settings.SUPPORT_PHONE = "0120-123-456"

    text = letter("report.closed", language=language).text

    assert "0120-123-456" in text
    assert "9:30" in text


def test_a_letter_tells_what_its_kind_tells():
    text = letter("certificate.issued", language="en").text

    assert text.startswith("Your fallback certificate is ready\n\nYou can download it in the portal.")
    assert "open the portal yourself" in text


def test_the_letters_of_two_languages_differ():
    texts = {letter("record.withheld", language=language).text for language in LANGUAGES}

    assert len(texts) == len(LANGUAGES)


def test_a_kind_without_words_has_no_letter():
    with pytest.raises(KeyError):
        letter("no.such.kind", language="ja")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind, words in KINDS.items() if words.warns])
def test_a_warning_carries_its_code_and_no_link(kind, language):
    text = letter(kind, language=language, code="7K3M-92QX-4FTP-0BWE").text

    assert "7K3M-92QX-4FTP-0BWE" in text
    assert not FORBIDDEN.search(text)


def test_no_paragraph_is_lost_or_doubled():
    paragraphs = letter("report.moved", language="en").text.strip().split("\n\n")

    assert len(paragraphs) == 5
    assert all(paragraph.strip() for paragraph in paragraphs)


# how long a sentence may be: characters of Japanese, without the reading in brackets; words of English
LONGEST = {"ja": 62, "ja-x-easy": 48, "en": 22}
READING = re.compile(r"[(（][ぁ-ん]+[)）]")
# words of offices that nobody needs here
STIFF = [
    "当該",
    "速やかに",
    "上記",
    "下記",
    "すみやかに",
    "なお、",
    "につき",
    "取扱",
    "pursuant",
    "hereby",
    "utilise",
]


def sentences(text, language):
    """Each sentence of a text."""
    ends = r"(?<=[.?!])\s|\n" if language == "en" else r"(?<=[。？])|\n"
    return [each.strip() for each in re.split(ends, text) if each.strip()]


def length(sentence, language):
    """Words of English, characters of Japanese."""
    return len(sentence.split()) if language == "en" else len(READING.sub("", sentence).replace(" ", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, "neutral"])
def test_every_sentence_holds_one_idea_in_plain_words(kind, language):
    words = NEUTRAL if kind == "neutral" else KINDS[kind]
    with translation.override(language):
        text = f"{words.title}\n{words.text}"

    too_long = [each for each in sentences(text, language) if length(each, language) > LONGEST[language]]
    assert too_long == []
    assert not [word for word in STIFF if word in text]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_on_a_small_screen_fits_there(kind):
    for language in LANGUAGES:
        short = letter(kind, language=language, code="7K3M-92QX-4FTP-0BWE").short

        # carriers join up to ten parts of 67 characters; we stay within four
        assert len(short) <= 4 * 67
        assert not FORBIDDEN.search(short)
        assert "\n\n" not in short
