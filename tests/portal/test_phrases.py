"""Where a line of Japanese may begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.phrases import starts


def phrases(text: str) -> str:
    places = [0, *sorted(starts(text)), len(text)]
    return "|".join(text[here:there] for here, there in zip(places, places[1:], strict=False))


@pytest.mark.parametrize(
    "text",
    [
        "わたしの|保険や|口座を|見る",
        "いま、|あなたが|する|ことは|ありません。",
        "公金受取口座|（みどり|見本銀行）は、|別の|人の|もの|かもしれません。",
    ],
)
def test_a_line_begins_at_a_phrase(text):
    assert phrases(text.replace("|", "")) == text


@pytest.mark.parametrize(
    "text", ["確認して|ください", "止めて|います", "資格確認書|ではないか", "氏名・|生年月日・|性別"]
)
def test_an_auxiliary_and_a_middle_dot_let_a_long_phrase_end_earlier(text):
    assert phrases(text.replace("|", "")) == text


@pytest.mark.parametrize(
    "text",
    ["もどる", "一覧にもどる", "はい、|持って|いる", "当てはまりますか", "今日わかって|いる", "期限超過"],
)
def test_words_that_the_parser_takes_apart_stay_whole(text):
    assert phrases(text.replace("|", "")) == text


@pytest.mark.parametrize("text", ["9時30分から", "C-7K3M-92QX", "name@example.jp", "&amp;", "&#x27;"])
def test_figures_latin_words_and_entities_stay_whole(text):
    assert starts(text) == set()


def test_what_leans_on_a_word_begins_no_line():
    assert phrases("年金について").endswith("について")


@given(st.text(alphabet="保険を見てください。、・（） 12ab&;", max_size=40))
def test_no_line_begins_at_a_space_or_outside_the_text(text):
    assert all(0 < place < len(text) and not text[place].isspace() for place in starts(text))


def test_an_empty_text_has_no_lines():
    assert starts("") == set()
