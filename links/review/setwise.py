"""What PostgreSQL decides and writes for many links at once: what did not change, and what agrees as written.

A link counts as checked without being compared anew only where its row, the register's facts and the rules
are those of its verdict, and no signal can speak about it. What agrees letter for letter is told by its
shape, which elements were sent and agree; the rules themselves say once what each shape means.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any, cast

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from links.models import Link, ReviewPart, ReviewRun
from links.models.links import LinkQuerySet
from links.review.outcomes import KANA_SUFFICES, Case, Outcome, decide
from links.review.rules import Person, compare
from links.review.signals import INSURANCE, OWN_NUMBER
from links.review.statements import AS_WRITTEN, BASIS, ONE_BY_ONE, SORTED

MODEL = Person("見本　花子", "ミホン　ハナコ", "1980-04-01", "2", "東京都千代田区丸の内1-1-1")
Answers = list[tuple[Link, Outcome]]


def available() -> bool:
    """Whether the database can: SQLite asks about every link one by one, with the same results."""
    return connection.vendor == "postgresql"


def plainly() -> None:
    """In this transaction no statement is compiled first: that would cost each small part 80 ms."""
    if available():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL jit = off")


def unchanged(run: ReviewRun, part: ReviewPart) -> tuple[Counter[str], list[int]]:
    """By verdict, how many links are as they were when it was found; and the keys of the others."""
    scope = {
        "first": part.first,
        "last": part.last,
        "institution": run.institution_id,
        "category": run.category or None,
    }
    tally, others = Counter[str](), list[int]()
    with connection.cursor() as cursor:
        cursor.execute(SORTED, scope | constants(run))
        for verdict, count, keys in cursor:
            if keys is None:
                tally[verdict] += count
            else:
                others += keys
    return tally, sorted(others)


def as_written(run: ReviewRun, keys: list[int]) -> tuple[Counter[str], set[int]]:
    """Judge and store those links that agree letter for letter in all that was sent; tally and keys."""
    told = constants(run) | answers(shapes().items())
    return _written(AS_WRITTEN, told | {"pending": f"{{{','.join(map(str, keys))}}}"})


def store(run: ReviewRun, answered: Answers) -> tuple[Counter[str], set[int]]:
    """Store what was found one by one about links that are still as they were read; tally and keys."""
    keys: dict[str, tuple[str, Outcome]] = {}
    for _link, outcome in answered:
        keys.setdefault(json.dumps(outcome, ensure_ascii=False), (str(len(keys)), outcome))
    links = [link for link, _outcome in answered]
    asked = {
        "ids": [link.pk for link in links],
        "answers": [keys[json.dumps(outcome, ensure_ascii=False)][0] for _link, outcome in answered],
        "digests": [bytes(link.row_digest) for link in links],
        "residents": [link.resident_id for link in links],
        "was": [link.verdict for link in links],
        "statuses": [link.status for link in links],
        "settled": [link.settled_as for link in links],
        "bases": [getattr(link, "basis_read", None) for link in links],
    }
    return _written(ONE_BY_ONE, asked | constants(run) | answers(keys.values()))


def with_basis(links: LinkQuerySet, run: ReviewRun) -> LinkQuerySet:
    """The links, read with their residents, with the digest of all that their verdict will rest on."""
    if not available():
        return links
    return links.annotate(basis_read=RawSQL(BASIS.replace("%(rules)s", "%s"), [run.rules_version]))  # noqa: S611


def _written(statement: str, parameters: dict[str, Any]) -> tuple[Counter[str], set[int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = dict(cursor)
    return Counter({verdict: len(keys) for verdict, keys in found.items()}), set().union(*found.values())


def constants(run: ReviewRun) -> dict[str, Any]:
    """What every statement is told."""
    return {
        "run": run.pk,
        "rules": run.rules_version,
        "at": timezone.now(),
        "numbered": list(OWN_NUMBER),
        "lifted": list(KANA_SUFFICES),
        "insurance": INSURANCE,
    }


def answers(outcomes: Iterable[tuple[str, Outcome]]) -> dict[str, Any]:
    """Outcomes with their keys, as columns."""
    rows = [(key, *outcome) for key, outcome in outcomes]
    return {
        "keys": [row[0] for row in rows],
        "verdicts": [row[1] for row in rows],
        "reasons": [json.dumps(row[2]) for row in rows],
        "elements": [json.dumps(row[3]) for row in rows],
        "conceals": [row[4] for row in rows],
        "owners": [row[5] for row in rows],
    }


@lru_cache(maxsize=1)
def shapes() -> dict[str, Outcome]:
    """What the rules say about each shape that no signal but those of `SUSPECT` can touch.

    A shape has a letter for name, kana, birth date, sex and address: `e` equal, `m` not sent. Before them
    stands `+` where an equal reading may suffice.
    """
    found = {}
    for sent in product("em", repeat=5):
        fields = ("name", "kana", "birth_date", "sex", "address")
        told = {x: getattr(MODEL, x) if y == "e" else "" for x, y in zip(fields, sent, strict=True)}
        claimed = Person(**cast(dict[str, Any], told))
        for sign, category in (("+", next(iter(KANA_SUFFICES))), ("-", "")):
            outcome = decide(Case(Link(category=category), compare(MODEL, claimed)), [])
            if outcome.verdict == "match" or (outcome.verdict == "unverifiable" and sent[:2] == ("m", "m")):
                found[sign + "".join(sent)] = outcome
    return found
