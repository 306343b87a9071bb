"""`manage.py check_catalogues`: complete, or a list of what is missing."""

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import check_catalogues

CODE = 'from django.utils.translation import gettext as _\n\nWORDS = _("Good morning")\n'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Good morning"\nmsgstr "{}"\n'


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A house with one message and one catalogue, written by a function of the translation."""
    monkeypatch.setattr(check_catalogues, "BASE_DIR", tmp_path)
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "words.py").write_text(CODE, encoding="utf-8")
    catalogue = tmp_path / "locale" / "ja" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)

    def write(translation):
        catalogue.write_text(PO.format(translation), encoding="utf-8")

    return write


def test_a_complete_catalogue_passes(house):
    house("おはようございます")

    call_command("check_catalogues")


def test_an_empty_translation_is_named_with_its_language(house):
    house("")

    with pytest.raises(CommandError, match="Translations missing: 1\nja: 'Good morning'"):
        call_command("check_catalogues")


def test_a_message_that_the_catalogue_does_not_know_is_missing_too(house, tmp_path):
    house("おはようございます")
    more = CODE + 'EVENING = _("Good evening")\n'
    (tmp_path / "portal" / "words.py").write_text(more, encoding="utf-8")

    with pytest.raises(CommandError, match="ja: 'Good evening'"):
        call_command("check_catalogues")
