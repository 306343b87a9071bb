"""What the pages about acting for another show."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate

from accounts.acting.household import children_of
from accounts.acting.naming import free_to_name
from accounts.identity.matching import like
from accounts.identity.pages import rows
from accounts.models import Authority, Binding, Invitation, Mandate, Resident, User
from accounts.models.authority import AuthorityQuerySet
from accounts.proposals.pages import second_person
from accounts.refusal import AccountError
from accounts.scopes import Area, Deed, Scope
from links.review.rules import Comparison

LATELY = datetime.timedelta(days=90)
ROWS = 50


@dataclass(frozen=True, slots=True)
class Given:
    """One authority in words: who is on the other side, what may be done in which areas."""

    authority: Authority
    name: str
    scope: list[tuple[Promise, list[Promise]]]


def words(scope: Scope) -> list[tuple[Promise, list[Promise]]]:
    """Each deed with its areas, in the house's order."""
    return [
        (deed.label, [area.label for area in Area if area in scope[deed]]) for deed in Deed if deed in scope
    ]


def scope_of(authority: Authority) -> Scope:
    """The areas by deed; its rows were read with it."""
    found: Scope = {}
    for row in authority.scope.all():
        found.setdefault(row.deed, []).append(row.area)
    return found


def with_people(found: AuthorityQuerySet) -> AuthorityQuerySet:
    """With both sides and the scope at hand, however many they are."""
    whose = Binding.objects.order_by("bound_at").select_related("resident")
    return found.select_related("subject", "agent").prefetch_related(
        "scope", Prefetch("agent__bindings", queryset=whose)
    )


def name_of(agent: User) -> str:
    """The registered name of whoever acts; a sign-in that is nobody's has its own."""
    bindings = list(agent.bindings.all())
    return bindings[-1].resident.name if bindings else agent.name or agent.email


def helped(found: Iterable[Authority]) -> list[Given]:
    """As the person for whom they act sees them."""
    return [Given(each, name_of(each.agent), words(scope_of(each))) for each in found]


def helping(found: Iterable[Authority]) -> list[Given]:
    """As whoever acts sees them."""
    return [Given(each, each.subject.name, words(scope_of(each))) for each in found]


def sign_ins_of(resident: Resident) -> QuerySet[Binding]:
    """The sign-in that is this person's, as the inner part of a query."""
    return Binding.objects.current().filter(resident=resident).values("user")  # type: ignore[return-value]


def overview(user: User, *, at: datetime.datetime, on: datetime.date) -> dict[str, Any]:
    """Who acts for oneself, for whom one acts, what waits, and what ended lately."""
    own = Resident.objects.person_of(user)
    everything = with_people(Authority.objects.order_by("-starts_on", "-pk"))
    mine, theirs = everything.filter(subject=own), everything.filter(agent=user)
    lately = at - LATELY
    return {
        "own": own,
        "helpers": helped(mine.valid(on=on)) if own else [],
        "offers": list(Invitation.objects.open(at=at).filter(subject=own)) if own else [],
        "helping": helping(theirs.valid(on=on)),
        "mandates": list(Mandate.objects.open().filter(user=user)),
        "ended_helpers": helped(mine.filter(ended_at__gte=lately)) if own else [],
        "ended_helping": helping(theirs.filter(ended_at__gte=lately)),
        "may_not_name": why_not(user, at=at),
    }


def why_not(user: User, *, at: datetime.datetime) -> str:
    """Why the user cannot name a helper now; empty where they can."""
    try:
        free_to_name(user, at=at)
    except AccountError as refusal:
        return str(refusal)
    return ""


def children(user: User, *, on: datetime.date) -> list[Resident]:
    """The children for whom the register alone lets the user act, and for whom they do not act yet."""
    own = Resident.objects.person_of(user)
    acted_for = set(Authority.objects.given_to(user).values_list("subject", flat=True))
    return [child for child in children_of(own, on=on) if child.pk not in acted_for] if own else []


def waiting() -> dict[str, Any]:
    """The mandates that wait for staff: proposals of colleagues apart from the others."""
    found = list(Mandate.objects.open().prefetch_related("proposals")[:ROWS])
    second = {m.pk for m in found if any(p.state == "waiting" for p in m.proposals.all())}
    return {
        "proposed": [m for m in found if m.pk in second],
        "asked": [m for m in found if m.pk not in second],
    }


def people(mandate: Mandate) -> list[tuple[Resident, Comparison]]:
    """Who it may be: whoever is called alike and born on that day."""
    return like(mandate.person) if mandate.stated else []


def page(mandate: Mandate, reader: User, found: list[tuple[Resident, Comparison]]) -> dict[str, Any]:
    """The mandate with everything that a decision needs; offered to those with the right."""
    history = mandate.proposals.select_related("proposed_by", "resident").order_by("-proposed_at")
    asker = Resident.objects.behind(mandate.user).first()
    people = Resident.objects.filter(pk__in=[who.pk for who, _comparison in found])
    covered = set(people.covered(on=localdate()).values_list("pk", flat=True)) if found else set()
    return {
        "mandate": mandate,
        "asker": asker,
        "candidates": [
            (who, who.pk in covered, rows(comparison, covered=who.pk in covered)) for who, comparison in found
        ],
        "papers": list(mandate.papers.select_related("file").order_by("place")),
        **second_person(history, reader, is_open=mandate.ended_at is None, room="identity"),
    }
