"""Every pair gets the verdict it must get; its reasons can be read; what may be a stranger's is hidden."""

from collections import Counter

import pytest

from links.review.rules import compare
from links.review.rules.reasons import REASONS
from tests.links.review.rules.pairs import (
    days,
    doubtful_letters,
    foreigners,
    homes,
    letters,
    moves,
    old_places,
    other_names,
    readings,
    relatives,
    strangers,
)

PAIRS = [
    *letters.PAIRS,
    *doubtful_letters.PAIRS,
    *readings.PAIRS,
    *days.PAIRS,
    *homes.PAIRS,
    *moves.PAIRS,
    *old_places.PAIRS,
    *relatives.PAIRS,
    *other_names.PAIRS,
    *foreigners.PAIRS,
    *strangers.PAIRS,
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.verdict}: {pair.why}")
def test_each_pair_gets_its_verdict(pair):
    found = compare(pair.registered, pair.claimed)

    assert found.verdict == pair.verdict, found


def test_there_are_many_pairs_and_each_has_a_reason_of_its_own():
    reasons = {pair.why for pair in PAIRS}

    print(f"{len(PAIRS)} pairs: {Counter(pair.verdict for pair in PAIRS)}")
    assert len(reasons) == len(PAIRS) >= 300


def test_every_reason_of_every_pair_has_its_sentences():
    codes = {code for pair in PAIRS for code in compare(pair.registered, pair.claimed).reasons}

    assert codes <= set(REASONS)
