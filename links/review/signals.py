"""What only several records together show: each signal is asked about a whole batch, in keyed lookups.

A signal raises `match` and `unverifiable` to `review` and names the probable cause. It is silent about a
record whose only company is one that plainly points to another person: a child's record with the
parent's account does not cast doubt on the parent's own.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext_noop as _

from links.models import Link
from links.models.links import LinkQuerySet
from links.models.numbers import OwnNumber
from links.review import holders
from links.review.outcomes import Case, open_case
from links.review.rules.reasons import Reason

REASONS = {
    "kana_equal_account": Reason(
        _("The reading of the name is yours, and the account is nobody else's."),
        _("Banks send the reading only. It agrees, and no other record speaks against it."),
    ),
    "shared_account": Reason(
        _("This bank account is also registered for another person. We are looking into it."),
        _("The same bank account stands on two people: a family account, or a mix-up at a desk."),
    ),
    "shared_number": Reason(
        _("The number of this record is also registered for another person. We are looking into it."),
        _("The same number stands on two people: a number used again, or a mistyped one."),
    ),
    "holder_in_household": Reason(
        _("This record may belong to somebody else. We are looking into it."),
        _("The holder is another member of the household: a number mixed up within a family."),
    ),
    "holder_beside": Reason(
        _("This record may have been mixed up with another person's. We are looking into it."),
        _("The holder is the person of the row beside it in the file: numbers swapped, or rows shifted."),
    ),
    "holder_in_register": Reason(
        _("This record may belong to somebody else. We are looking into it."),
        _("Somebody else in the register has this name and birth date and fits in all that was sent."),
    ),
    "number_slip": Reason(
        _("The number of this record may have been mistyped. We are looking into it."),
        _("The probable owner's individual number differs in one digit, or in two that changed places."),
    ),
    "holder_died": Reason(
        _("The person has died, but the record is still active."),
        _("The register has a date of death and the record is still active."),
    ),
    "several_insurances": Reason(
        _("You are registered in more than one health insurance at the same time. We are looking into it."),
        _("Several health insurances are active at once: perhaps one that was not ended."),
    ),
}

# The columns that together name one thing, which belongs to one person only
OWN_NUMBER = {
    "bank_account": ("bank_code", "branch_code", "account_number"),
    "disability_certificate": ("certificate_kind", "certificate_number"),
    "pension": ("pension_number",),
    "care_insurance": ("insurer_number", "number"),
    "employment_insurance": ("number",),
}
INSURANCE = "health_insurance"
# the categories in which a change elsewhere can end or raise doubt about a record that did not change
ENTANGLED = (*OWN_NUMBER, INSURANCE)


class Said(NamedTuple):
    """What a signal says about one link, and whose it may be where it knows."""

    link_id: int
    code: str
    owner_id: int | None = None


Found = Iterable[Said]

COLUMNS = (
    *("resident_id", "institution_id", "category", "status", "details", "verdict", "concealed"),
    *("feed_import_id", "line"),
    *("holder_name", "holder_kana", "holder_birth_date", "holder_sex", "holder_address"),
    *("row_digest", "settled_as", "settled_digest"),
    *("resident__name", "resident__name_kana", "resident__common_name", "resident__former_surname"),
    *("resident__birth_date", "resident__sex", "resident__address", "resident__previous_address"),
    *("resident__household_code", "resident__died_on"),
)


def heard(cases: list[Case], *, on: datetime.date) -> list[Said]:
    """All that the signals say about these links."""
    return [said for sense in SENSES for said in sense(cases, on)]


def find(cases: list[Case], *, on: datetime.date) -> dict[int, list[str]]:
    """The codes of the signals that speak about each link, by its key."""
    return codes(heard(cases, on=on))


def codes(said: list[Said]) -> dict[int, list[str]]:
    """The codes about each link, by its key; every code at most once."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for one in said:
        found[one.link_id][one.code] = None
    return {link_id: list(once) for link_id, once in found.items()}


def owners(said: list[Said]) -> dict[int, int]:
    """Whose each link may be, by its key; nobody where it may be several people's."""
    people: defaultdict[int, set[int]] = defaultdict(set)
    for one in said:
        if one.owner_id is not None:
            people[one.link_id].add(one.owner_id)
    return {link_id: next(iter(those)) for link_id, those in people.items() if len(those) == 1}


def neighbours(links: list[Link]) -> set[int]:
    """Keys of other links about which a signal may have begun to speak because of these."""
    found = {key for part in (sharing(links), insurances(links)) for key in part.values_list("pk", flat=True)}
    return found - {link.pk for link in links}


def with_people(links: LinkQuerySet) -> LinkQuerySet:
    """The links with their residents, and only the columns that a verdict rests on."""
    return links.select_related("resident").only(*COLUMNS)


def company(cases: list[Case], links: LinkQuerySet) -> list[Case]:
    """These links as cases; those of the batch are not compared a second time."""
    here = {case.link.pk: case for case in cases}
    return [here.get(link.pk) or open_case(link) for link in with_people(links)]


def holder_died(cases: list[Case], on: datetime.date) -> Found:
    """An active record of somebody who has died."""
    return [Said(x.link.pk, "holder_died") for x in cases if x.link.resident.died_on and active(x.link)]


def shared_numbers(cases: list[Case], on: datetime.date) -> Found:
    """The same account or certificate on two people, of whom the other may well be the right one."""
    people: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for case in company(cases, sharing([case.link for case in cases])):
        if case.may_be_right and thing(case.link):
            people[thing(case.link)].add(case.link.resident_id)
    for case in cases:
        if active(case.link) and people.get(thing(case.link), set()) - {case.link.resident_id}:
            code = "shared_account" if case.link.category == "bank_account" else "shared_number"
            yield Said(case.link.pk, code)


def sharing(links: list[Link]) -> LinkQuerySet:
    """Active links that have the number of one of these, where that number stands on several people."""
    numbers = {thing(link)[-1] for link in links if active(link) and thing(link)}
    numbered = Link.objects.standing().filter(status=Link.Status.ACTIVE, category__in=list(OWN_NUMBER))
    numbered = numbered.annotate(own_number=OwnNumber("details")).filter(own_number__in=numbers)
    counted = numbered.values("own_number").annotate(people=Count("resident", distinct=True))
    several = list(counted.filter(people__gt=1).values_list("own_number", flat=True))
    return numbered.filter(own_number__in=several)


def thing(link: Link) -> tuple[str, ...]:
    """The one thing that the record is about, as a key, its number last; empty where a part was not sent."""
    parts = [str(link.details.get(column) or "") for column in OWN_NUMBER.get(link.category, ())]
    return (link.category, *parts) if parts and all(parts) else ()


def several_insurances(cases: list[Case], on: datetime.date) -> Found:
    """Insurances of different insurers in force on that day, each of which may be right."""
    insurers: defaultdict[int, set[str]] = defaultdict(set)
    for case in company(cases, insurances([case.link for case in cases])):
        if case.may_be_right and in_force(case.link, on):
            insurers[case.link.resident_id].add(insurer(case.link))
    for case in cases:
        if in_force(case.link, on) and insurers.get(case.link.resident_id, set()) - {insurer(case.link)}:
            yield Said(case.link.pk, "several_insurances")


def insurances(links: list[Link]) -> LinkQuerySet:
    """Active health insurances of those residents of these links who have several."""
    residents = {link.resident_id for link in links if link.category == INSURANCE}
    standing = Link.objects.standing().filter(
        status=Link.Status.ACTIVE, category=INSURANCE, resident__in=residents
    )
    counted = standing.values("resident").annotate(records=Count("pk")).filter(records__gt=1)
    several = list(counted.values_list("resident", flat=True))
    return standing.filter(resident__in=several)


def in_force(link: Link, on: datetime.date) -> bool:
    """Whether it is a health insurance in force; the day of disqualification is not insured any more."""
    if link.category != INSURANCE or not active(link):
        return False
    begins, ends = (str(link.details.get(key) or "") for key in ("qualified_on", "disqualified_on"))
    return begins <= on.isoformat() and (not ends or ends > on.isoformat())


def insurer(link: Link) -> str:
    """Who insures: the insurer's number, six digits padded to eight, or else the institution."""
    number = str(link.details.get("insurer_number") or "")
    return number.zfill(8) if number else f"institution {link.institution_id}"


def holders_elsewhere(cases: list[Case], on: datetime.date) -> Found:
    """Where the record is not plainly its resident's: whose it may be instead."""
    return [Said(*holder) for holder in holders.found(cases)]


def active(link: Link) -> bool:
    """Whether the institution says that the record is in use."""
    return link.status == Link.Status.ACTIVE


SENSES: tuple[Callable[[list[Case], datetime.date], Found], ...] = (
    holder_died,
    shared_numbers,
    several_insurances,
    holders_elsewhere,
)
