"""The catalogues are complete and usable: this is the gate for every room."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from links.categories import CATEGORIES
from portal import catalogues
from portal.forms import REPHRASED

BASE = Path(settings.BASE_DIR)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
LONGEST_EASY_SENTENCE = 60
READING = re.compile(r"[(（][ぁ-ゖァ-ヺー・ ]+[)）]")
LOCALES = ["ja", "ja_X-easy"]


def catalogue(locale: str):
    return read_po(BytesIO((BASE / "locale" / locale / "LC_MESSAGES" / "django.po").read_bytes()))


def translations(locale: str) -> list[tuple[str, str]]:
    """Each message of the catalogue with its translation, plural forms one by one."""
    pairs = []
    for message in catalogue(locale):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        pairs += [
            (ids[min(n, len(ids) - 1)], string) for n, string in enumerate(strings) if message.id and string
        ]
    return pairs


def test_nothing_is_missing_in_any_language() -> None:
    assert "\n".join(catalogues.gaps(BASE)) == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps_the_placeholders_of_its_message(locale) -> None:
    broken = [
        f"{message!r} -> {string!r}"
        for message, string in translations(locale)
        if message not in REPHRASED
        and sorted(set(PLACEHOLDER.findall(message))) != sorted(set(PLACEHOLDER.findall(string)))
    ]

    assert "\n".join(broken) == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_left_in_english_letters_only(locale) -> None:
    japanese = re.compile(r"[ぁ-ヿ一-鿿]")
    words = re.compile(r"[A-Za-z]{4,}")
    left = [
        string
        for _message, string in translations(locale)
        if words.search(PLACEHOLDER.sub("", string)) and not japanese.search(string)
    ]

    assert left == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_translation_is_a_guess(locale) -> None:
    assert [message.id for message in catalogue(locale) if message.fuzzy] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_people_are_never_told_our_internal_words(locale) -> None:
    internal = re.compile(r"リンク[さし]|フラグ|ステータス|バッチ|エンティティ|ユーザー?ID")

    assert [string for _message, string in translations(locale) if internal.search(string)] == []


def test_easy_sentences_are_short() -> None:
    long = [
        f"{len(spoken(sentence))}: {sentence}"
        for _message, string in translations("ja_X-easy")
        for sentence in re.split(r"[。！？\n]", string)
        if len(spoken(sentence)) > LONGEST_EASY_SENTENCE
    ]

    assert "\n".join(long) == ""


def spoken(sentence: str) -> str:
    """A sentence as it is read aloud: without readings, placeholders and the gaps between phrases."""
    return PLACEHOLDER.sub("", READING.sub("", sentence)).replace(" ", "")


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "口座"), ("ja-x-easy", "受けとる"), ("en", "Bank account")]
)
def test_the_service_speaks_each_language(language, words) -> None:
    with translation.override(language):
        assert words in str(CATEGORIES["bank_account"])


HOUSE = {
    "portal/words.py": 'from x import gettext as _\n_("Hello")\n_("Two" " parts")\nother("No")\n',
    "links/migrations/0001_initial.py": 'from x import gettext as _\n_("Old")\n',
    "templates/page.html": '{% load i18n %}{% translate "Door" %}'
    "{% blocktranslate trimmed with n=x %}\n You have {{ n }} keys.\n{% endblocktranslate %}",
    "templates/mail.txt": '{% load i18n %}{% translate "Letter" %}',
    "locale/ja/LC_MESSAGES/django.po": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    'msgid "Hello"\nmsgstr "こんにちは"\n\nmsgid "Gone"\nmsgstr "なし"\n',
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house with a catalogue that is behind."""
    for name, text in HOUSE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_messages_are_found_in_code_pages_and_mails_but_not_in_migrations(house) -> None:
    found = {message for _file, message, _line in catalogues.messages(house)}

    assert found == {"Hello", "Two parts", "Door", "You have %(n)s keys.", "Letter"}


def test_a_message_knows_its_file(house) -> None:
    places = {message: file for file, message, _line in catalogues.messages(house)}

    assert places["Door"] == "templates/page.html"
    assert places["Hello"] == "portal/words.py"


def test_an_update_adds_what_is_new_drops_what_is_gone_and_keeps_what_was_translated(house) -> None:
    catalogues.update(house)

    (path,) = catalogues.catalogue_files(house)
    known = {message.id: message.string for message in read_po(BytesIO(path.read_bytes())) if message.id}
    assert known == {
        "Hello": "こんにちは",
        "Two parts": "",
        "Door": "",
        "You have %(n)s keys.": "",
        "Letter": "",
    }


def test_an_update_that_has_nothing_to_do_changes_nothing_that_matters(house) -> None:
    catalogues.update(house)
    (path,) = catalogues.catalogue_files(house)
    before = [line for line in path.read_text().splitlines() if not line.startswith('"')]

    catalogues.update(house)

    assert [line for line in path.read_text().splitlines() if not line.startswith('"')] == before


def test_gaps_name_language_and_message(house) -> None:
    assert sorted(catalogues.gaps(house)) == [
        "ja: 'Door'",
        "ja: 'Letter'",
        "ja: 'Two parts'",
        "ja: 'You have %(n)s keys.'",
    ]


def test_compiling_writes_what_the_service_reads(house) -> None:
    catalogues.compile_all(house)

    assert "こんにちは".encode() in (house / "locale/ja/LC_MESSAGES/django.mo").read_bytes()


@pytest.mark.parametrize(
    ("string", "filled"),
    [("a", True), ("", False), (None, False), (("a", "b"), True), (("a", ""), False), ((), False)],
)
def test_a_translation_counts_when_every_form_is_there(string, filled) -> None:
    assert catalogues.filled(string) is filled


@pytest.mark.parametrize("command", ["update_catalogues", "compile_catalogues"])
def test_the_commands_work_on_the_house_they_are_in(command, house, monkeypatch) -> None:
    monkeypatch.setattr(f"portal.management.commands.{command}.BASE_DIR", house)

    call_command(command)

    assert ("Door" in (house / "locale/ja/LC_MESSAGES/django.po").read_text()) is (
        command == "update_catalogues"
    )
    assert (house / "locale/ja/LC_MESSAGES/django.mo").exists() is (command == "compile_catalogues")
