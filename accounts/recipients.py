"""Who is told about a resident, and how they are reached; notices call this through settings."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery

from accounts.models import Authority, Binding, Claim, Resident, Telephone, User
from accounts.scopes import Deed
from notices.models import PushSubscription
from notices.recipients import About, Recipient

Users = defaultdict[int, set[int]]
# a claim, as the subject of a notice
CLAIM = "claim"
# whoever acts for somebody is not told of a protection
OWN_ONLY = "protection"


def reachable(told: Sequence[About], *, on: datetime.date) -> list[list[Recipient]]:
    """The resident's own sign-in, those who receive notices of that area that day, both sides of a claim.

    Neutral where a protection covers the resident: somebody else may read the mail. However many are asked
    about: a query for each area of life, and five more.
    """
    residents = {about.resident_id for about in told}
    own = own_of(residents)
    agents = {
        area: agents_of([about.resident_id for about in told if about.area == area], area=area, on=on)
        for area in {about.area for about in told}
    }
    claims = sides_of([key for kind, key in (about.subject for about in told) if kind == CLAIM])
    found = [
        own[about.resident_id]
        | (set() if about.subject[0] == OWN_ONLY else agents[about.area][about.resident_id])
        | (claims.get(about.subject[1], set()) if about.subject[0] == CLAIM else set())
        for about in told
    ]
    users = reached(set().union(*found))
    covered = set(Resident.objects.covered(on=on).filter(pk__in=residents).values_list("pk", flat=True))
    return [
        [recipient(users[pk], neutral=about.resident_id in covered) for pk in sorted(pks & users.keys())]
        for about, pks in zip(told, found, strict=True)
    ]


def own_of(residents: Iterable[int]) -> Users:
    """The sign-ins of each resident."""
    pairs = Binding.objects.current().filter(resident__in=residents).values_list("resident", "user")
    return gathered(pairs)


def agents_of(residents: Iterable[int], *, area: str, on: datetime.date) -> Users:
    """Who receives notices of that area for each resident."""
    allowed = Authority.objects.valid(on=on).allowing(Deed.TOLD, area).filter(subject__in=residents)
    return gathered(allowed.values_list("subject", "agent"))


def sides_of(claims: Sequence[str]) -> dict[str, set[int]]:
    """Of each claim the sign-in that made it, and the one against which it stands."""
    if not claims:
        return {}
    rows = Claim.objects.filter(public_id__in=claims).values_list("public_id", "user", "against__user")
    return {claim: {user for user in users if user is not None} for claim, *users in rows}


def gathered(pairs: Iterable[tuple[int, int]]) -> Users:
    """Sign-ins by resident."""
    found: Users = defaultdict(set)
    for resident, user in pairs:
        found[resident].add(user)
    return found


def reached(user_ids: set[int]) -> dict[int, Any]:
    """Those sign-ins that are in use, each with how it is reached."""
    users = User.objects.filter(pk__in=user_ids, is_active=True).annotate(
        phone=Subquery(own_telephone.values("number")),
        pushes=Exists(PushSubscription.objects.filter(user=OuterRef("pk"))),
        alone=Exists(Telephone.objects.alone().filter(user=OuterRef("pk"))),
    )
    return {user.pk: user for user in users}


# of the row of a query about sign-ins
own_telephone = Telephone.objects.proven().filter(user=OuterRef("pk"))


def recipient(user: Any, *, neutral: bool) -> Recipient:
    """How an annotated sign-in is reached; of a protection no telephone learns that others read too."""
    phone = "" if neutral and not user.alone else user.phone or ""
    pushes = user.pushes and bool(settings.PUSH_KEY)
    return Recipient(user.pk, user.email, phone=phone, pushes=pushes, neutral=neutral)
