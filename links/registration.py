"""The rules by which institutions register individual numbers, as data, and the rows that do not keep them.

They bind the institution, not the resident: a row that breaks one is stored all the same, its sender warned.
"""

# ruff: noqa: S608 (the statements are put together from names of our own)

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from links.models import Link

# マイナンバー利用事務におけるマイナンバー登録事務に係る横断的なガイドライン (令和5年10月5日、デジタル庁)
GUIDELINE = gettext_lazy("Digital Agency: guideline on registering individual numbers, 5 October 2023")
# 厚生労働省: 健康保険の資格取得届の取扱い (令和5年6月1日から)
FIVE_ITEMS = gettext_lazy("Ministry of Health, Labour and Welfare: handling since 1 June 2023")

FROM_APPLICANT = ("card", "applicant_form", "counter_terminal", "online")
LOOKED_UP = ("lookup_3", "lookup_4")


class Facts(NamedTuple):
    """What the rules ask of a row: how the number was obtained, and whether there is each of the others."""

    category: str
    obtained_by: str
    name: bool
    kana: bool
    birth_date: bool
    sex: bool
    address: bool
    entered_by: bool

    @property
    def was_looked_up(self) -> bool:
        """Whether the number was asked for by the person's other data."""
        return self.obtained_by in LOOKED_UP

    @property
    def needs_five(self) -> bool:
        """Whether the name counts in kanji and in kana, and not in one of them."""
        return self.category == "health_insurance"

    @property
    def is_complete(self) -> bool:
        """Whether every item that tells whose number it is was sent."""
        named = (self.name and self.kana) if self.needs_five else (self.name or self.kana)
        return named and self.birth_date and self.sex and self.address


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is said (a message id) where it is broken, by which rows, and who made it."""

    code: str
    says: str
    broken: Callable[[Facts], bool]
    source: Promise = GUIDELINE


RULES = (
    Rule(
        "not_from_applicant",
        _("The number did not come from the applicant, but from a form of the employer or the family."),
        lambda row: row.obtained_by in ("employer_form", "family_form"),
    ),
    Rule(
        "origin_unknown",
        _("It is not known from whom the number was obtained."),
        lambda row: row.obtained_by in ("migration", "unknown"),
    ),
    Rule(
        "looked_up_by_three",
        _("The number was looked up by three items. Name, birth date, sex and address are needed."),
        lambda row: row.obtained_by == "lookup_3",
    ),
    Rule(
        "looked_up_by_four",
        _("The number was looked up by four items. Health insurance needs five: the name in kana too."),
        lambda row: row.obtained_by == "lookup_4" and row.needs_five,
        FIVE_ITEMS,
    ),
    Rule(
        "no_unique_match_shown",
        _("The number was looked up, but an item is missing: that only one person fitted cannot be shown."),
        lambda row: row.was_looked_up and not row.is_complete,
    ),
    Rule(
        "cannot_be_checked",
        _("An item is missing: name, birth date, sex or address. Whose number it is cannot be checked."),
        lambda row: not row.was_looked_up and not row.is_complete,
    ),
    Rule(
        "nobody_named",
        _("No office or terminal is named: nobody is known who checked the number."),
        lambda row: not row.entered_by,
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}

SENT = ("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address", "entered_by")
FACTS = ", ".join(("obtained_by", *(f"{column} <> ''" for column in SENT)))
# not joined with all fates, which is the larger part of the work: what was not accepted is little
OF_A_FILE = f"""
SELECT {FACTS}, count(*) FROM feed_rows s WHERE NOT EXISTS (
  SELECT 1 FROM feed_fates f WHERE f.line = s.line
  AND f.fate NOT IN ('created', 'changed', 'unchanged', 'revived')
) GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
OF_STANDING_LINKS = f"""
SELECT institution_id, category, {FACTS}, count(*) FROM {Link._meta.db_table}
WHERE status <> 'removed' AND settled_as <> 'unlinked' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""


def broken_in_file(category: str) -> dict[str, int]:
    """How many accepted rows of the staged file break each rule; without the rules that all of them keep."""
    with connection.cursor() as cursor:
        cursor.execute(OF_A_FILE)
        return broken({_facts(category, *sent): rows for *sent, rows in cursor.fetchall()})


def registered() -> dict[int, Counter[Facts]]:
    """How many records that stand were registered how, by key of the institution; one pass over all links."""
    found: defaultdict[int, Counter[Facts]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(OF_STANDING_LINKS)
        for institution, *sent, rows in cursor.fetchall():
            found[institution][_facts(*sent)] = rows
    return found


def broken(rows: dict[Facts, int]) -> dict[str, int]:
    """How many rows break each rule, by its code; without the rules that all of them keep."""
    counts = {rule.code: sum(rows[facts] for facts in filter(rule.broken, rows)) for rule in RULES}
    return {code: count for code, count in counts.items() if count}


def warnings(counts: dict[str, int]) -> dict[str, int]:
    """The same by message ids, for the sender."""
    return {BY_CODE[code].says: rows for code, rows in counts.items()}


def _facts(category: str, obtained_by: str, *sent: object) -> Facts:
    return Facts(category, obtained_by, *map(bool, sent))
