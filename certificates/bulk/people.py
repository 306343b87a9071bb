"""Who gets a certificate without applying: by what register, insurers and our own certificates say alone."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import DoubtfulAddress, Resident
from certificates.answers import NOTHING_SAID, facts
from certificates.eligibility import without_applying
from certificates.insurers import number_in
from certificates.known import known_with, present
from certificates.models import Application, Batch, Certificate, Insurer
from certificates.paper import complete
from links.models import Link

RENEWED_BEFORE = datetime.timedelta(days=60)


class Without(StrEnum):
    """Why somebody is not listed."""

    NOT_DUE = "not_due"
    HELD = "held"
    APPLIED = "applied"
    NO_ADDRESS = "no_address"
    LETTER_BACK = "letter_back"
    INCOMPLETE = "incomplete"
    INSURER = "insurer"


@dataclass(frozen=True, slots=True)
class Person:
    """One person with their insurance, and the running certificate that is to be renewed, if any."""

    resident: Resident
    link: Link
    running: Certificate | None
    insurer: Insurer | None
    needs_helper: bool
    has_applied: bool
    letters_come_back: bool


@dataclass(frozen=True, slots=True)
class Due:
    """Who gets one, and for which reason."""

    person: Person
    reason: Application.Reason


def candidates(kind: str, *, today: datetime.date, insurer: Insurer | None = None) -> QuerySet[Resident]:
    """The living with an insurance (of that insurer); for renewals those whose certificate ends soon."""
    insured = Link.objects.filter(
        resident=OuterRef("pk"), category="health_insurance", status=Link.Status.ACTIVE
    )
    if insurer:
        insured = insured.filter(details__insurer_number__in=insurer.forms)
    people = Resident.objects.filter(Exists(insured), died_on=None)
    if kind == Batch.Kind.MONTHLY:
        return people
    ending = Certificate.objects.running(on=today).filter(
        resident=OuterRef("pk"), replaces=None, valid_until__lte=today + RENEWED_BEFORE
    )
    return people.filter(Exists(ending))


def described(residents: Iterable[Resident], *, today: datetime.date) -> list[Person]:
    """These people with what decides about them; six queries, however many they are."""
    people = {resident.pk: resident for resident in residents}
    insurances: dict[int, list[Link]] = defaultdict(list)
    links = Link.objects.filter(
        resident__in=people, category="health_insurance", status=Link.Status.ACTIVE
    ).select_related("institution")
    for one in links.order_by("-linked_on", "-id"):
        insurances[one.resident_id].append(one)
    running = {
        one.resident_id: one
        for one in Certificate.objects.valid(on=today).filter(resident__in=people).order_by("valid_until")
    }
    doubted = DoubtfulAddress.objects.standing().filter(resident__in=people)
    asked = Application.objects.filter(resident__in=people)
    helped = asked.filter(reason=Application.Reason.HELPER, state=Application.State.ISSUED)
    with_helper = set(helped.values_list("resident", flat=True))
    waiting = set(asked.open().values_list("resident", flat=True))
    gone = set(doubted.values_list("resident", flat=True))
    described = {one.number: one for one in Insurer.objects.all()}
    return [
        Person(
            people[key],
            link,
            running.get(key),
            described.get(number_in(link)),
            key in with_helper,
            key in waiting,
            key in gone,
        )
        for key, theirs in sorted(insurances.items())
        if (link := present(theirs))
    ]


def judged(
    person: Person, kind: str, *, today: datetime.date, insurer: Insurer | None = None
) -> Due | Without:
    """Whether this person gets one in a batch of that kind (of that insurer's officers), or why not."""
    if not _is_theirs(person.insurer, insurer):
        return Without.INSURER
    if person.has_applied:
        return Without.APPLIED
    if not person.link.shows_details:
        return Without.HELD
    reason = reason_for(person, kind, today=today)
    if reason is None:
        return Without.NOT_DUE
    if not person.resident.address:
        return Without.NO_ADDRESS
    if person.letters_come_back:
        return Without.LETTER_BACK
    return Due(person, reason) if complete(person.link) else Without.INCOMPLETE


def _is_theirs(found: Insurer | None, batch_of: Insurer | None) -> bool:
    """Whether who made the batch issues for the insurer: its own officers, or this service where it may."""
    if batch_of:
        return found == batch_of and batch_of.issues_here
    return found is not None and found.issuing == Insurer.Issuing.SERVICE


def reason_for(person: Person, kind: str, *, today: datetime.date) -> Application.Reason | None:
    """The reason by the rules, with nothing assumed in the person's favour; None where there is none."""
    ends_on = person.running.valid_until if person.running else None
    if kind == Batch.Kind.RENEWALS:
        if ends_on is None or ends_on > today + RENEWED_BEFORE:
            return None
        ends_on = None
    known = known_with(person.resident, person.link, ends_on, today=today)
    said = replace(facts(known, NOTHING_SAID), needs_helper=person.needs_helper and ends_on is None)
    reason = without_applying(said)
    return Application.Reason(reason) if reason else None
