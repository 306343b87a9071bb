"""What staff see of a claim: what was stated, who it may be, both sides of a dispute."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.identity.matching import AGREEING, like
from accounts.models import Claim, ClaimProposal, Protection, Resident, User
from accounts.proposals.pages import second_person
from links.review.rules import Comparison, compare

LABELS = {
    "name": _("Name"),
    "kana": _("Name in kana"),
    "birth_date": _("Date of birth"),
    "sex": _("Sex"),
    "address": _("Address"),
}
ROWS = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who it may be, and how each stated element agrees; never the register's address.

    Of whom a protection covers it is not said either whether a stated address is theirs.
    """

    resident: Resident
    rows: list[tuple[Promise, str, Promise]]
    has_sign_in: bool
    covered: bool


def waiting(reader: User) -> dict[str, Any]:
    """Everything that waits for staff: letters, disputes, proposals."""
    proposals = ClaimProposal.objects.filter(state=ClaimProposal.State.WAITING).select_related("claim")
    return {
        "to_post": Claim.objects.to_post().count(),
        "posted": Claim.objects.posted()[:ROWS],
        "disputes": Claim.objects.disputed()[:ROWS],
        "proposals": proposals.order_by("proposed_at")[:ROWS],
        "may_protect": reader.may("protection.work"),
        "protections": Protection.objects.for_second().count() if reader.may("protection.work") else 0,
        "may_work": reader.may("identity.work"),
    }


def people(claim: Claim) -> list[tuple[Resident, Comparison | None]]:
    """Who it may be: the one person whom the claim names, otherwise whoever is called alike."""
    if claim.resident:
        stated = compare(claim.resident.as_person(), claim.person) if claim.stated else None
        return [(claim.resident, stated)]
    return list(like(claim.person)) if claim.stated else []


def candidates(found: list[tuple[Resident, Comparison | None]]) -> list[Candidate]:
    """Each with the agreement of what was stated; a query for their sign-ins, one for protections."""
    people = Resident.objects.filter(pk__in=[who.pk for who, _comparison in found])
    bound = people.filter(bindings__ended_at=None, bindings__isnull=False)
    known = set(bound.values_list("pk", flat=True)) if found else set()
    hidden = set(people.covered(on=localdate()).values_list("pk", flat=True)) if found else set()
    return [
        Candidate(who, rows(comparison, covered=who.pk in hidden), who.pk in known, who.pk in hidden)
        for who, comparison in found
    ]


def rows(comparison: Comparison | None, *, covered: bool) -> list[tuple[Promise, str, Promise]]:
    """Label, tone and word of each element; without the address of whom a protection covers."""
    elements = comparison.elements if comparison else {}
    told = [(key, element) for key, element in elements.items() if not (covered and key == "address")]
    return [(LABELS[key], *judged(element.level)) for key, element in told]


def judged(level: str) -> tuple[str, Promise]:
    """Tone and word of how two values agree."""
    if level in AGREEING:
        return "ok", _("Same")
    return ("info", _("Not sent")) if level == "missing" else ("attention", _("Differs"))


def readable(key: str, value: str) -> str:
    """What was stated, as a person reads it."""
    return str(dict(Resident.Sex.choices).get(value, value)) if key == "sex" else value


def page(claim: Claim, reader: User, found: list[tuple[Resident, Comparison | None]]) -> dict[str, Any]:
    """The claim with everything that a decision needs; the decision is offered to those with the right."""
    history = claim.proposals.select_related("proposed_by", "resident").order_by("-proposed_at")
    return {
        "claim": claim,
        "candidates": candidates(found),
        "stated": [
            (LABELS[key], readable(key, value)) for key, value in claim.stated.items() if key in LABELS
        ],
        **second_person(history, reader, is_open=claim.ended_at is None, room="identity"),
    }
