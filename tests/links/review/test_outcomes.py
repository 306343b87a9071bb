"""The rules' comparison and the signals, together."""

import pytest

from links.models import Link
from links.review.outcomes import Case, decide, kana_suffices, named_alike, settled
from links.review.rules import Comparison, Element

EQUAL = {"name": "equal", "kana": "equal", "birth_date": "equal", "sex": "equal", "address": "same"}
KANA_ALONE = dict.fromkeys(EQUAL, "missing") | {"kana": "equal"}


def case(verdict: str = "match", *reasons: str, category: str = "tax", **levels: str) -> Case:
    """A case with that comparison."""
    elements = {name: Element(level, "", "") for name, level in {**EQUAL, **levels}.items()}
    comparison = Comparison(verdict, elements, reasons or ("name_and_birth_date",), verdict == "mismatch")
    return Case(Link(category=category, row_digest=b"now"), comparison)


def test_without_signals_the_rules_decide() -> None:
    outcome = decide(case("match"), [])

    assert outcome.verdict == "match"
    assert outcome.reasons == ["name_and_birth_date"]
    assert outcome.elements == EQUAL
    assert not outcome.conceals


@pytest.mark.parametrize("verdict", ["match", "unverifiable"])
def test_a_signal_raises_to_review_and_is_the_deciding_reason(verdict: str) -> None:
    outcome = decide(case(verdict), ["shared_number"])

    assert (outcome.verdict, outcome.reasons) == ("review", ["shared_number", "name_and_birth_date"])


@pytest.mark.parametrize("verdict", ["review", "mismatch"])
def test_a_signal_only_explains_what_the_rules_doubt_already(verdict: str) -> None:
    outcome = decide(case(verdict, "undecided"), ["shared_number"])

    assert (outcome.verdict, outcome.reasons) == (verdict, ["undecided", "shared_number"])


def test_a_mismatch_stays_concealed() -> None:
    assert decide(case("mismatch"), []).conceals
    assert decide(case("mismatch"), ["holder_died"]).conceals


def test_a_relatives_details_are_concealed_unless_the_name_is_the_persons_too() -> None:
    other_name = case("review", "given_name_slip", name="missing", kana="other")
    same_name = case("review", "kana_alone", name="missing", kana="equal")

    assert decide(other_name, ["holder_in_household"]).conceals
    assert not decide(same_name, ["holder_in_household"]).conceals
    assert not decide(other_name, ["shared_account"]).conceals


def test_an_equal_reading_suffices_for_a_bank_account_that_sent_nothing_else() -> None:
    assert kana_suffices(case("review", "kana_alone", category="bank_account", **KANA_ALONE))


@pytest.mark.parametrize(
    "levels",
    [{"kana": "near"}, {"address": "other_town"}, {"sex": "conflict"}, {"address": "same"}],
)
def test_an_equal_reading_beside_something_else_is_for_a_person(levels: dict[str, str]) -> None:
    assert not kana_suffices(case("review", "kana_alone", category="bank_account", **KANA_ALONE | levels))


def test_an_equal_sex_does_not_stand_against_the_reading() -> None:
    levels = KANA_ALONE | {"sex": "equal"}

    assert kana_suffices(case("review", "kana_alone", category="bank_account", **levels))


def test_a_signal_keeps_an_equal_reading_from_being_enough() -> None:
    alone = case("review", "kana_alone", category="bank_account", **KANA_ALONE)

    assert decide(alone, []).verdict == "match"
    assert decide(alone, ["shared_account"]).verdict == "review"


@pytest.mark.parametrize(
    ("name", "kana", "alike"),
    [
        ("equal", "other", True),
        ("other", "near", True),
        ("filler", "missing", True),
        ("other", "other", False),
        ("missing", "other", False),
        ("clerk", "missing", False),
    ],
)
def test_one_form_of_the_name_makes_people_alike(name: str, kana: str, alike: bool) -> None:
    assert named_alike({"name": name, "kana": kana}) is alike


def test_a_decision_covers_the_row_that_was_decided_and_no_other() -> None:
    assert settled(Link(row_digest=b"now", settled_digest=b"now", settled_as="right"))
    assert not settled(Link(row_digest=b"now", settled_digest=b"before", settled_as="right"))
    assert not settled(Link(row_digest=b"now"))


def test_what_a_person_called_right_may_be_right_whatever_the_rules_say() -> None:
    wrong = case("mismatch")

    assert not wrong.may_be_right
    wrong.link.settled_digest = b"now"
    assert wrong.may_be_right
