"""Readings above difficult words, and only where they were asked for."""

import re

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.glossary import OKURIGANA, WORDS
from portal.templatetags.furigana import ruby, with_readings


def rendered(html: str, language: str, *, simple: bool) -> str:
    template = Template("{% load furigana %}{% furigana %}" + html + "{% endfurigana %}")
    with override(language):
        return template.render(Context({"simple": simple}))


def without_breaks(html: str) -> str:
    """HTML without what says where lines may end."""
    return re.sub(r'<wbr>|<span class="(?:whole|keep)">(.*?)</span>', r"\1", html)


def without_readings(html: str) -> str:
    """HTML without readings."""
    return re.sub(r'<ruby(?: class="long")?>(.*?)<rt aria-hidden="true">.*?</rt></ruby>', r"\1", html)


@pytest.mark.parametrize("language", ["ja", "ja-x-easy"])
def test_the_simple_version_shows_readings_in_both_japanese_languages(language):
    html = rendered("<p>口座を見る</p>", language, simple=True)

    assert html == f"<p>{ruby('口座', 'こうざ')}を<wbr>見る</p>"


@pytest.mark.parametrize(("language", "simple"), [("ja", False), ("en", True), ("en", False)])
def test_other_readers_get_the_page_unchanged(language, simple):
    html = rendered("<p>口座を見る</p>", language, simple=simple)

    assert html == "<p>口座を見る</p>"


def test_the_longest_word_wins_and_may_be_broken_between_its_parts():
    html = with_readings("<p>国民健康保険</p>")

    assert html == (
        '<p><ruby>国民<rt aria-hidden="true">こくみん</rt></ruby>'
        '<ruby>健康<rt aria-hidden="true">けんこう</rt></ruby>'
        '<ruby>保険<rt aria-hidden="true">ほけん</rt></ruby></p>'
    )


def test_a_word_gets_its_reading_only_the_first_time():
    html = with_readings("<h1>記録</h1><p>この記録</p>")

    assert html == f"<h1>{ruby('記録', 'きろく')}</h1><p>この<wbr>記録</p>"


def test_a_word_inside_a_longer_one_is_still_read_where_it_stands_alone():
    html = with_readings("<p>介護保険と保険</p>")

    assert html.endswith(f"と<wbr>{ruby('保険', 'ほけん')}</p>")


def test_a_verb_is_read_only_with_its_own_ending():
    html = with_readings("<p>急いで伝える。早急。伝統</p>")

    assert without_breaks(html) == f"<p>{ruby('急', 'いそ')}いで{ruby('伝', 'つた')}える。早急。伝統</p>"


def test_a_word_explained_in_brackets_is_left_alone():
    html = with_readings("<p>保険(ほけん)と口座（こうざ）</p>")

    assert without_breaks(html) == "<p>保険(ほけん)と口座（こうざ）</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/?記録" title="記録">x</a>',
        '<input value="記録">',
        "<option>記録</option>",
        "<textarea>記録</textarea>",
        "<title>記録</title>",
        '<script type="application/json">{"a": "記録"}</script>',
        "<svg><text>記録</text></svg>",
        "<ruby>記録<rt>きろく</rt></ruby>",
        "<!-- 記録 -->",
    ],
)
def test_attributes_and_elements_of_plain_text_are_left_alone(html):
    assert with_readings(html) == html


def test_text_after_such_an_element_is_read_again():
    html = with_readings("<select><option>記録</option></select><p>記録</p>")

    assert html == f"<select><option>記録</option></select><p>{ruby('記録', 'きろく')}</p>"


def test_an_element_closed_at_once_closes_nothing_else():
    html = with_readings("<svg/><p>記録</p>")

    assert html == f"<svg/><p>{ruby('記録', 'きろく')}</p>"


def test_what_a_person_typed_stays_escaped():
    template = Template("{% load furigana %}{% furigana %}<p>{{ typed }}</p>{% endfurigana %}")

    with override("ja"):
        html = template.render(Context({"simple": True, "typed": "<b onclick=x>口座</b>"}))

    assert "<b" not in html
    assert "&lt;b onclick=x&gt;" in html


def test_lines_may_begin_at_a_phrase_with_or_without_readings():
    html = without_readings(with_readings("<p>すべての記録を確認しました。記録を見る</p>"))

    assert html == "<p>すべての<wbr>記録を<wbr>確認しました。<wbr>記録を<wbr>見る</p>"


def test_a_line_never_begins_inside_a_word_with_readings():
    html = without_readings(with_readings("<p>公金受取口座の基礎年金番号</p>"))

    assert html == "<p>公金受取口座の<wbr>基礎年金番号</p>"


@pytest.mark.parametrize("simple", [True, False])
@pytest.mark.parametrize("day", ["2026年11月4日（令和8年）", "2019年5月1日（令和元年）", "2026年11月4日"])
def test_a_date_is_not_broken_inside_its_day(day, simple):
    html = rendered(f"<p>{day}まで</p>", "ja", simple=simple)

    assert html == f'<p><span class="whole">{day}</span>まで</p>'


def test_the_spaces_of_easy_japanese_are_no_place_to_break_a_date():
    html = rendered("<p>2026年 11月 4日（令和 8年）</p>", "ja-x-easy", simple=False)

    assert html == '<p><span class="whole">2026年 11月 4日（令和 8年）</span></p>'


@pytest.mark.parametrize("simple", [True, False])
def test_the_number_of_a_case_stays_on_one_line(simple):
    html = rendered("<p>例：C-7K3M-92QX。</p>", "ja", simple=simple)

    assert without_readings(html).replace("<wbr>", "") == '<p>例：<span class="keep">C-7K3M-92QX</span>。</p>'


def test_dates_in_attributes_and_options_are_left_alone():
    html = '<option value="2026年11月4日">2026年11月4日</option>'

    assert rendered(html, "ja", simple=False) == html


DAY = '<span class="whole">2026年11月4日</span>'


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("<p>R-7 の 2026年11月4日</p>", f"<p>R-7 の {DAY}</p>"),
        ("<p>12件 <b>2026年11月4日</b></p>", f"<p>12件 <b>{DAY}</b></p>"),
        ("<strong>まで</strong>2026年11月4日", f"<strong>まで</strong>{DAY}"),
        ("<section><span>2026年11月4日</span></section>", f"<section><span>{DAY}</span></section>"),
        ("<table><tr><td>2026年11月4日</td></tr></table>", f"<table><tr><td>{DAY}</td></tr></table>"),
        ("<p>2026年11月4日 2026年11月4日</p>", f"<p>{DAY} {DAY}</p>"),
        ("<p>12026年11月4日</p>", f"<p>1{DAY}</p>"),
        ("文 2026年11月4日", f"文 {DAY}"),
        ("<br>2026年11月4日<hr>", f"<br>{DAY}<hr>"),
    ],
)
def test_a_date_is_found_wherever_it_stands_in_a_text(html, whole):
    assert rendered(html, "ja", simple=False) == whole


@pytest.mark.parametrize(
    "html",
    [
        "<svg><title>2026年11月4日</title><text>2026年11月4日</text></svg>",
        "<p>まえ</p><svg><text>2026年11月4日</text></svg><p>あと</p>",
        "<textarea>2026年11月4日</textarea>",
        "<!-- <p>2026年11月4日</p> -->",
        '<a title="2026年11月4日" href="/R-7K3M-92QX/">開く</a>',
        '<span data-day="2026年11月4日"></span>',
        "<ruby>2026年11月4日<rt>ひ</rt></ruby>",
        "<style>p::after { content: '2026年11月4日' }</style>",
    ],
)
def test_a_date_that_is_no_text_of_the_page_is_left_alone(html):
    assert rendered(html, "ja", simple=False) == html


def test_dates_of_other_languages_are_left_alone():
    assert rendered("<p>2026年11月4日</p>", "en", simple=True) == "<p>2026年11月4日</p>"


@pytest.mark.parametrize(
    ("word", "reading", "wide"),
    [
        ("情報", "じょうほう", True),
        ("記録", "きろく", False),
        ("被保険者", "ひほけんしゃ", False),
        ("急", "いそ", False),
    ],
)
def test_a_reading_wider_than_its_word_is_set_tighter(word, reading, wide):
    assert ('class="long"' in ruby(word, reading)) == wide


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("機関の整理番号", [("機関", "きかん"), ("整理", "せいり"), ("番号", "ばんごう")]),
        ("住民に届いて", [("住民", "じゅうみん"), ("届", "とど")]),
        ("別の給付を隠した", [("別", "べつ"), ("給付", "きゅうふ"), ("隠", "かく")]),
        ("要介護と介護保険", [("要介護", "ようかいご"), ("介護", "かいご"), ("保険", "ほけん")]),
        ("新しい手続きの申し出", [("新", "あたら"), ("手続き", "てつづき"), ("申", "もう")]),
        ("区別、以外の国、開始、返納", [("返納", "へんのう")]),
    ],
)
def test_words_of_the_records_are_read(text, read):
    html = with_readings(f"<p>{text}</p>")

    assert re.findall(r'<ruby.*?>(.*?)<rt aria-hidden="true">(.*?)</rt>', html) == read


@given(st.text(alphabet='保険口座記録情報の、した。 <>/pa&;"=!-', max_size=60))
def test_taking_the_readings_away_gives_the_page_back(html):
    annotated = with_readings(html)

    assert without_breaks(without_readings(annotated)) == html


@pytest.mark.parametrize("word", sorted(WORDS))
def test_readings_of_words_are_hiragana_with_as_many_parts_as_the_word(word):
    reading = WORDS[word]

    assert re.fullmatch(r"[ぁ-んー|]+", reading)
    assert reading.count("|") == word.count("|")


@pytest.mark.parametrize("stem", sorted(OKURIGANA))
def test_readings_and_endings_of_stems_are_hiragana(stem):
    reading, endings = OKURIGANA[stem]

    assert re.fullmatch(r"[ぁ-ん]+", reading)
    assert re.fullmatch(r"[ぁ-ん]+", endings)
