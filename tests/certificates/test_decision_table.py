"""The decision table of certificate.md, row by row and scheme by scheme."""

from datetime import date

import pytest

from certificates.eligibility import Kind, verdict
from certificates.facts import Card, Facts, Paper, Registration
from certificates.schemes import Scheme

TODAY = date(2026, 11, 21)
BORN = {scheme: date(1980, 1, 1) for scheme in Scheme} | {Scheme.LATE_STAGE: date(1948, 1, 1)}
ORDER = [
    Scheme.KYOKAI,
    Scheme.SOCIETY,
    Scheme.MUTUAL_AID,
    Scheme.NATIONAL,
    Scheme.NATIONAL_SOCIETY,
    Scheme.LATE_STAGE,
]
KINDS = {"post": Kind.POSTED, "apply": Kind.APPLY, "none": Kind.NOT_NEEDED, "other": Kind.HANDLED_ELSEWHERE}

SITUATIONS = {
    "no card": {"card": Card.NONE},
    "card returned": {"card": Card.RETURNED},
    "not registered": {"card": Card.VALID, "registration": Registration.NOT_REGISTERED},
    "registration cancelled": {"card": Card.VALID, "registration": Registration.CANCELLED},
    "certificate expired long ago": {"card": Card.VALID, "card_certificate_expires_on": date(2026, 5, 1)},
    "certificate expired lately": {"card": Card.VALID, "card_certificate_expires_on": date(2026, 11, 1)},
    "card lost": {"card": Card.LOST},
    "card being renewed": {"card": Card.RENEWING},
    "nobody knows if it works": {"card": Card.VALID, "registration": Registration.UNKNOWN},
    "needs a helper, card works": {"card": Card.VALID, "needs_helper": True},
    "needs a helper, no card": {"card": Card.NONE, "needs_helper": True},
    "paper lost, no card": {"card": Card.NONE, "paper": Paper.LOST},
    "paper damaged, card works": {"card": Card.VALID, "paper": Paper.DAMAGED},
    "paper works, no card": {"card": Card.NONE, "paper": Paper.GOOD},
    "card works": {"card": Card.VALID},
    "insurance under confirmation": {"card": Card.VALID, "insurance_held": True},
    "insurance ended": {"card": Card.NONE, "entitled_until": date(2026, 10, 31)},
    "stay over": {"card": Card.NONE, "residence_ends_on": date(2026, 10, 31)},
    "stay over, renewal pending": {
        "card": Card.NONE,
        "residence_ends_on": date(2026, 10, 31),
        "renewal_pending": True,
    },
}

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


def person(situation, scheme):
    """A person in that situation and scheme."""
    return Facts(today=TODAY, birth_on=BORN[scheme], scheme=scheme, **SITUATIONS[situation])


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
