"""The decision table of certificate.md, row by row and scheme by scheme."""

import pytest

from certificates.decision_table import DOCUMENT, ORDER, SITUATIONS, document, person
from certificates.eligibility import RULES, Kind, verdict

KINDS = {"post": Kind.POSTED, "apply": Kind.APPLY, "none": Kind.NOT_NEEDED, "other": Kind.HANDLED_ELSEWHERE}

TABLE = """
no card                       | post  post  post  post  post  post
card returned                 | post  post  post  post  post  post
not registered                | post  post  post  post  post  post
registration cancelled        | post  post  post  post  post  post
certificate expired long ago  | post  post  post  post  post  post
certificate expired lately    | none  none  none  none  none  none
card lost                     | other other other apply apply apply
card being renewed            | other other other apply apply apply
nobody knows if it works      | other other other apply apply apply
needs a helper, card works    | other other other apply apply apply
needs a helper, no card       | post  post  post  post  post  post
paper lost, no card           | other other other apply apply apply
paper damaged, card works     | none  none  none  none  none  none
paper works, no card          | none  none  none  none  none  none
card works                    | none  none  none  none  none  none
insurance under confirmation  | apply apply apply apply apply apply
insurance ended               | other other other other other other
stay over                     | other other other other other other
stay over, renewal pending    | post  post  post  post  post  post
"""


def rows():
    """Each cell of the table as (situation, scheme, kind)."""
    for line in TABLE.strip().splitlines():
        situation, cells = line.split("|")
        for scheme, word in zip(ORDER, cells.split(), strict=True):
            yield situation.strip(), scheme, KINDS[word]


@pytest.mark.parametrize(("situation", "scheme", "kind"), list(rows()))
def test_the_table_holds(situation, scheme, kind):
    assert verdict(person(situation, scheme)).kind is kind


def test_the_table_has_every_situation_once():
    named = [line.split("|")[0].strip() for line in TABLE.strip().splitlines()]

    assert sorted(named) == sorted(SITUATIONS)


@pytest.mark.parametrize("situation", ["no card", "card returned", "not registered"])
@pytest.mark.parametrize("scheme", ORDER)
def test_posting_may_be_hastened_only_where_no_employer_stands_in_between(situation, scheme):
    employer = scheme in ORDER[:3]

    assert verdict(person(situation, scheme)).may_apply is not employer


def test_the_document_is_the_one_that_the_function_makes():
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def test_the_document_names_every_rule():
    assert all(f"`{rule.code}`" in document() for rule in RULES)
