"""Whose details a doubtful record shows: of the household, of the row beside it, or of the register.

Everyone is looked for by key, a whole batch at once; nobody walks the register.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import NamedTuple

import jaconv
from django.db.models import Q

from accounts import vault
from accounts.models import Resident
from links.models import Link
from links.review.outcomes import BESIDE, IN_HOUSEHOLD, IN_REGISTER, Case
from links.review.rules import compare
from links.review.rules.birthdays import possible_days
from links.review.rules.text import clean

NUMBER_SLIP = "number_slip"
Place = tuple[int, int]


class Holder(NamedTuple):
    """Somebody other than its resident whom the record's holder fits, and how they came to be known."""

    link_id: int
    code: str
    resident_id: int


def found(cases: list[Case]) -> list[Holder]:
    """Every such person, only for records that are not plainly their resident's."""
    doubtful = [case for case in cases if case.comparison.verdict != "match" and names_somebody(case.link)]
    near = [*in_household(doubtful), *beside(doubtful)]
    known = {(x.link_id, x.resident_id) for x in near}
    far = [x for x in in_register(doubtful) if (x.link_id, x.resident_id) not in known]
    return [*near, *far, *one_slip_away(doubtful, [*near, *far])]


def names_somebody(link: Link) -> bool:
    """Whether a holder was sent who can be looked for."""
    return bool(link.holder_name or link.holder_kana)


def in_household(cases: list[Case]) -> Iterator[Holder]:
    """Members of the resident's household."""
    households: defaultdict[str, list[Resident]] = defaultdict(list)
    codes = {case.link.resident.household_code for case in cases} - {""}
    for member in Resident.objects.filter(household_code__in=codes) if codes else ():
        households[member.household_code].append(member)
    for case in cases:
        for member in households.get(case.link.resident.household_code, ()):
            if member.pk != case.link.resident_id and is_holder(member, case.link):
                yield Holder(case.link.pk, IN_HOUSEHOLD, member.pk)


def beside(cases: list[Case]) -> Iterator[Holder]:
    """Residents of the rows above and below in the same file: numbers swapped, or rows shifted."""
    places = {place for case in cases for place in places_beside(case.link)}
    people = {place: link.resident for link in links_at(places) for place in places_of(link)}
    for case in cases:
        neighbours = [people[place] for place in places_beside(case.link) if place in people]
        for person in neighbours:
            mine = person.pk == case.link.resident_id or is_holder(case.link.resident, case.link)
            if not mine and is_holder(person, case.link):
                yield Holder(case.link.pk, BESIDE, person.pk)


def places_beside(link: Link) -> list[Place]:
    """Import and line of the rows above and below."""
    return [(where, line + step) for where, line in places_of(link) for step in (-1, 1)]


def places_of(link: Link) -> list[Place]:
    """Import and line of the row, none where it came from no file."""
    if link.feed_import_id is None or link.line is None:
        return []
    return [(link.feed_import_id, link.line)]


def links_at(places: Iterable[Place]) -> Iterable[Link]:
    """Standing links of these lines, with their residents."""
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for feed_import, line in places:
        lines[feed_import].append(line)
    if not lines:
        return []
    anywhere = reduce(or_, (Q(feed_import=one, line__in=numbers) for one, numbers in lines.items()))
    return Link.objects.standing().filter(anywhere).select_related("resident")


def in_register(cases: list[Case]) -> Iterator[Holder]:
    """Whoever else has this name and this birth date, and fits in all that was sent."""
    keys = {case.link.pk: keys_of(case.link) for case in cases}
    people: defaultdict[tuple[str, str], list[Resident]] = defaultdict(list)
    for column in ("name_kana", "name"):
        wanted = {(day, text) for days in keys.values() for day, name, text in days if name == column}
        for person in named(column, wanted):
            people[person.birth_date, getattr(person, column)].append(person)
    for case in cases:
        fitting = {x.pk: x for day, _name, text in keys[case.link.pk] for x in people.get((day, text), ())}
        for person in fitting.values():
            if person.pk != case.link.resident_id and fits(person, case.link):
                yield Holder(case.link.pk, IN_REGISTER, person.pk)


def keys_of(link: Link) -> set[tuple[str, str, str]]:
    """Day, column and text by which the register may know the holder: by reading, else by name."""
    column, name = ("name_kana", link.holder_kana) if link.holder_kana else ("name", link.holder_name)
    text = jaconv.hira2kata(clean(name)) if column == "name_kana" else clean(name)
    days = {str(day) for day in possible_days(link.holder_birth_date)}
    return {(day, column, form) for day in days for form in (text, text.replace(" ", "\u3000"))}


def named(column: str, wanted: set[tuple[str, str]]) -> Iterable[Resident]:
    """Residents by birth date and reading, which an index answers, or by birth date and name."""
    if not wanted:
        return []
    days, texts = ({key[at] for key in wanted} for at in (0, 1))
    return Resident.objects.filter(birth_date__in=days, **{f"{column}__in": texts})


def one_slip_away(cases: list[Case], holders: list[Holder]) -> list[Holder]:
    """Those of them whose number is the record's but for one digit, or two that changed places."""
    residents = {case.link.pk: case.link.resident_id for case in cases}
    alike = vault.one_slip_apart({(residents[x.link_id], x.resident_id) for x in holders})
    return [x._replace(code=NUMBER_SLIP) for x in holders if (residents[x.link_id], x.resident_id) in alike]


def fits(person: Resident, link: Link) -> bool:
    """Whether the rules would call the record this person's."""
    return compare(person.as_person(), link.claimed_person()).verdict == "match"


def is_holder(person: Resident, link: Link) -> bool:
    """Whether the claimed holder is this person: each form of the name agrees, and nothing speaks against."""
    found = compare(person.as_person(), link.claimed_person())
    name, kana, born, sex = (found.elements[key].level for key in ("name", "kana", "birth_date", "sex"))
    named = name in ("equal", "variant") or (name == "missing" and kana == "equal")
    return found.verdict == "match" or (
        named and kana in ("equal", "near", "missing") and born in ("equal", "missing") and sex != "conflict"
    )
