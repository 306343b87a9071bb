"""What a certificate prints, as it is kept."""

import json
from dataclasses import replace
from datetime import date

from certificates.documents.printed import Printed
from tests.certificates.documents.papers import PRINTED


def test_what_is_printed_survives_being_kept_as_json():
    kept = json.loads(json.dumps(PRINTED.as_json()))

    assert Printed.from_json(kept) == PRINTED
    assert kept["birth_date"] == "1944-03-05"


def test_an_unknown_day_stays_unknown():
    without = replace(PRINTED, qualified_on=None)

    assert Printed.from_json(without.as_json()).qualified_on is None


def test_codes_are_printed_as_words():
    assert (PRINTED.sex_in_words, PRINTED.share_in_words, PRINTED.scheme_in_words) == (
        "女",
        "2割",
        "国民健康保険",
    )


def test_an_unknown_code_prints_nothing():
    bare = replace(PRINTED, sex="", copay_ratio="")

    assert (bare.sex_in_words, bare.share_in_words) == ("", "")


def test_the_scheme_stands_above_the_title():
    society = replace(PRINTED, insurer_number="06139463", valid_until=date(2031, 11, 22))

    assert society.scheme_in_words == "健康保険"


def test_a_day_of_birth_that_the_register_does_not_know_is_not_made_up():
    assert PRINTED.birth_in_words == "1944年（昭和19年）3月5日"
    assert replace(PRINTED, birth_date="1944-00-00").birth_in_words == "1944年（月日不詳）"
    assert replace(PRINTED, birth_date="1944-03-00").birth_in_words == "1944年（月日不詳）"
