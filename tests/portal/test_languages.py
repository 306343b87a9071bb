"""Languages that are only begun: never mixed on a page, and whoever reads one sees that a page falls back."""

import datetime
import re
import unicodedata

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from accounts.display import SIMPLE_COOKIE
from notices.languages import whole
from notices.wording import letter
from portal import catalogues
from portal.languages import TRANSLATED
from portal.templatetags.dates import japanese_date
from reports.models import Call
from tests.factories import UserFactory
from tests.journeys.service import cookies_of, furnish

BEGUN = settings.STARTED_LANGUAGES
JAPANESE_OR_ENGLISH = re.compile(r"[ぁ-ヿ]|\b(?:the|you|sign|page|with)\b", re.IGNORECASE)
LOCAL_NAMES = {"简体中文", "繁體中文", "한국어", "Tiếng Việt", "Português Brasileiro", "español"}


def reading(language: str, client: Client | None = None) -> Client:
    """A browser that asked for that language."""
    client = client or Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def text_of(html: str) -> str:
    """What is read of a page, but for the names of languages and of the service."""
    html = re.sub(
        r"<script.*?</script>|<div class=\"languages\">.*?</div>|<!--.*?-->", "", html, flags=re.DOTALL
    )
    return re.sub(r"<[^>]+>", " ", html).replace("つながり確認", "")


def comparable(name: str) -> str:
    """A name however its accents are stored."""
    return unicodedata.normalize("NFC", name).casefold()


@pytest.mark.parametrize("language", BEGUN)
@pytest.mark.parametrize("name", sorted(TRANSLATED - {"account_confirm_login_code"}))
def test_a_translated_page_holds_no_word_of_another_language(language, name, resident_user):
    client = reading(language)
    if name in ("account_logout", "accounts:stay"):
        client.force_login(resident_user)

    response = client.get(reverse(name))

    assertContains(response, f'<html lang="{language}">')
    assert JAPANESE_OR_ENGLISH.findall(text_of(response.content.decode())) == []


@pytest.mark.parametrize("language", BEGUN)
def test_a_page_that_is_not_translated_falls_back_as_a_whole_and_says_so(language, db):
    response = reading(language).get(reverse("portal:help"))
    html = response.content.decode()

    assertContains(response, f'<html lang="{language}">')
    assert '<main id="main" tabindex="-1" lang="en">' in html
    main = html[html.index("<main") : html.index("</main>")]
    assert "What do you want to know?" in main
    with translation.override(language):
        assert translation.gettext("Help") in html[: html.index("<main")]
        assertContains(
            response, translation.gettext("This page is not in your language yet. We show it in English.")
        )


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
def test_the_languages_that_are_whole_fall_back_nowhere(language, db):
    assertNotContains(reading(language).get(reverse("portal:help")), 'class="foreign"')


@pytest.mark.parametrize("language", BEGUN)
def test_what_a_form_refuses_is_said_in_the_language_of_the_page(language, db):
    response = reading(language).post(reverse("account_request_login_code"), {"email": "nobody"})

    assert JAPANESE_OR_ENGLISH.findall(text_of(response.content.decode())) == []
    assertContains(response, "data-focus")


@pytest.mark.parametrize("language", BEGUN)
def test_a_page_that_is_not_there_is_missing_in_every_language(language, db):
    response = reading(language).get("/nothing/here/")

    assert JAPANESE_OR_ENGLISH.findall(text_of(response.content.decode())) == []


def test_the_switch_names_each_language_in_itself(db):
    html = reading("vi").get(reverse("account_login")).content.decode()

    names = set(re.findall(r'name="language"[^>]*>([^<]+)</button>', html))
    assert len(names) == len(settings.LANGUAGES)
    assert {comparable(name) for name in LOCAL_NAMES} <= {comparable(name) for name in names}


def test_a_visitor_who_is_not_signed_in_keeps_language_and_version(client, db):
    client.post(reverse("set_language"), {"language": "ko", "next": "/help/"})
    client.post(reverse("portal:display"), {"simple": "1", "next": "/help/"})

    response = client.get(reverse("account_login"))

    assertContains(response, '<html lang="ko">')
    assertContains(response, '<body class="simple ')
    assert client.cookies[SIMPLE_COOKIE].value == "1"


@pytest.mark.parametrize("asked", ["zh-CN", "zh-TW", "pt-BR", "pt", "ko-KR", "vi-VN", "es-MX"])
def test_a_browser_that_asks_for_one_gets_it(client, db, asked):
    html = client.get(reverse("account_login"), headers={"accept-language": asked}).content.decode()

    assert re.search(r'<html lang="(zh-hans|zh-hant|pt-br|ko|vi|es)">', html)


@pytest.mark.parametrize("language", BEGUN)
def test_mails_are_whole_too(language):
    assert letter("record.withheld", language=language) == letter("record.withheld", language="en")
    assert whole(language) == "en"


def test_staff_learn_the_language_of_who_wants_a_call(db):
    client = reading("vi")
    client.force_login(UserFactory.create())

    client.post(f"{reverse('calls:number')}?part=any", {"telephone": "090-1234-5678"})

    assert Call.objects.get().language == "vi"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "2026年11月28日（令和8年）"),
        ("ko", "2026년 11월 28일 (Reiwa 8)"),
        ("vi", "28/11/2026 (Reiwa 8)"),
        ("es", "28/11/2026 (Reiwa 8)"),
    ],
)
def test_a_day_holds_no_word_of_another_language(language, said):
    with translation.override(language):
        assert japanese_date(datetime.date(2026, 11, 28)) == said


def test_the_begun_languages_are_those_whose_catalogues_are_held_to_the_frame():
    assert {translation.to_locale(code) for code in BEGUN} == set(catalogues.BEGUN)


# what people wrote stands on a page as they wrote it; papers and words of offices are called by their names
PEOPLE_WROTE = re.compile(r"知らない口座です。|銀行名をご存じですか。")
JAPANESE_SENTENCE = re.compile(r"です|ます|ません|ください")
VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯạ-ỹẠ-Ỹ]")
BAND = re.compile(r"<div lang=.en.>\s*<div class=.band.*?</div>\s*</div>", re.DOTALL)


def mixed_up(html: str) -> list[str]:
    """What a page, or the frame around it, says in a language that is not its own."""
    start, end = html.index("<main"), html.index("</main>")
    within = PEOPLE_WROTE.sub("", text_of(html[start:end]))
    around = text_of(BAND.sub("", html[html.index("<body") : start] + html[end:]))
    falls_back = ' lang="en">' in html[start : html.index(">", start) + 1]
    others = VIETNAMESE if falls_back else JAPANESE_OR_ENGLISH
    found = (others.findall(within), JAPANESE_SENTENCE.findall(within), JAPANESE_OR_ENGLISH.findall(around))
    return [str(words) for words in found if words]


def test_no_page_at_all_mixes_languages(db):
    mixed = {}
    # without network there is one page for everyone, which says it in three
    offline = reverse("portal:offline")
    for person in furnish().values():
        client = Client()
        client.cookies.load(cookies_of(person.user, simple=False, language="vi"))
        pages = {path: client.get(path).content.decode() for path in person.paths if path != offline}
        mixed |= {path: words for path, html in pages.items() if (words := mixed_up(html))}

    assert mixed == {}
