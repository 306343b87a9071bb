"""Details are read in words: no code and no bare row of digits where a day is meant."""

import datetime

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from accounts.intake.fields import Context
from links.categories import DETAILS
from links.details import CODES, DAYS, rows, worded
from links.feeds.columns import DETAILS as COLUMNS
from portal.templatetags.dates import readable

CODED = [(key, code) for key, words in CODES.items() for code in words]


def said(key: str, value: str, language: str) -> str:
    """One value as somebody reads it in a language."""
    with override(language):
        return str(readable(worded(key, value)))


@pytest.mark.parametrize(("key", "code"), CODED)
def test_every_code_has_words_in_each_language(key, code) -> None:
    in_words = {language: said(key, code, language) for language in ("ja", "ja-x-easy", "en")}

    assert code not in in_words.values()
    assert in_words["en"] not in (in_words["ja"], in_words["ja-x-easy"])


@pytest.mark.parametrize(("key", "code"), CODED)
def test_no_two_codes_of_one_column_read_alike(key, code) -> None:
    others = [other for other in CODES[key] if other != code]

    for language in ("ja", "ja-x-easy", "en"):
        assert said(key, code, language) not in [said(key, other, language) for other in others]


@pytest.mark.parametrize(("key", "code"), CODED)
def test_the_codes_are_those_that_a_feed_may_send(key, code) -> None:
    columns = [column for form in COLUMNS.values() for column in form if column.name == key]

    reader = Context(today=datetime.date(2026, 11, 23), warn=print)
    assert [column.read(code, reader) for column in columns] == [code]


@pytest.mark.parametrize(
    ("key", "code", "japanese"),
    [
        ("account_type", "1", "普通"),
        ("relation", "2", "家族（被扶養者）"),
        ("copay_ratio", "030", "3割"),
        ("card_use_registered", "0", "登録していません"),
        ("card_state", "renewing", "更新中"),
        ("certificate_kind", "physical", "身体障害者手帳"),
    ],
)
def test_a_code_reads_as_on_the_paper(key, code, japanese) -> None:
    assert said(key, code, "ja") == japanese


@pytest.mark.parametrize("sent", ["2026-04-13", "20260413"])
@pytest.mark.parametrize("key", sorted(DAYS))
def test_a_day_is_a_day_with_its_era(key, sent) -> None:
    assert said(key, sent, "ja") == "2026年4月13日（令和8年）"
    assert said(key, sent, "en") == "13 April 2026 (Reiwa 8)"


def test_every_column_with_a_day_is_known_as_one() -> None:
    parsed = {
        column.name
        for form in COLUMNS.values()
        for column in form
        if column.read.__name__ in {"past_date", "any_date"}
    }

    assert parsed == DAYS


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("account_type", "7"),
        ("qualified_on", "昭和の終わり"),
        ("account_number", "20260413"),
        ("bank_name", "1"),
    ],
)
def test_what_is_neither_code_nor_day_stays_as_it_was_sent(key, sent) -> None:
    assert worded(key, sent) == sent


def test_rows_stand_in_the_order_of_the_labels_and_skip_what_is_empty() -> None:
    found = rows({"account_type": "1", "bank_name": "見本銀行", "branch_name": "", "reference": "B-1"})

    labels = [DETAILS[key] for key in ("reference", "bank_name", "account_type")]
    assert [row["key"] for row in found] == labels


def test_a_column_without_a_label_stands_last_under_its_own_name() -> None:
    found = rows({"novelty": "x", "bank_name": "見本銀行"})

    assert [row["key"] for row in found] == [DETAILS["bank_name"], "novelty"]


def test_words_wait_for_the_reader_s_language() -> None:
    (row,) = rows({"card_state": "lost"})

    assert isinstance(row["value"], Promise)
