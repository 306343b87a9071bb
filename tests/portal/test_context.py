"""What every page gets around its content, without asking the database."""

import pytest
from django.conf import settings
from django.utils import translation

from portal.context import frame


@pytest.mark.parametrize(("language", "lang"), [("ja", "ja"), ("ja-x-easy", "ja"), ("en", "en")])
def test_easy_japanese_is_marked_as_japanese(rf, language, lang) -> None:
    with translation.override(language):
        context = frame(rf.get("/"))

    assert (context["html_lang"], context["language"]) == (lang, language)


def test_without_a_language_the_page_is_japanese(rf) -> None:
    with translation.override(None):
        assert frame(rf.get("/"))["html_lang"] == "ja"


def test_each_language_is_named_in_itself(rf) -> None:
    names = frame(rf.get("/"))["languages"]

    assert names[:3] == [("ja", "日本語"), ("ja-x-easy", "やさしい にほんご"), ("en", "English")]
    assert [code for code, _name in names[3:]] == settings.STARTED_LANGUAGES


@pytest.mark.parametrize(("cookie", "simple"), [("1", True), ("0", False), ("", False), ("yes", False)])
def test_the_version_comes_from_the_cookie(rf, cookie, simple) -> None:
    request = rf.get("/")
    request.COOKIES["simple"] = cookie

    assert frame(request)["simple"] is simple


def test_every_page_knows_whom_to_call(rf) -> None:
    assert frame(rf.get("/"))["support_phone"] == settings.SUPPORT_PHONE


def test_the_frame_asks_the_database_nothing(rf, db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        frame(rf.get("/"))
