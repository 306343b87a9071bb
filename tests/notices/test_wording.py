"""The words of the notices, rendered in every language."""

import re

import pytest

from notices.kinds import KINDS
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
