"""Several members of a family who are applied for at once: what each was asked, and each one's verdict."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Resident, User
from accounts.scopes import Area, Deed
from certificates import answers as answering
from certificates.eligibility import Verdict, verdict
from certificates.known import known_with, present
from certificates.models import Application, Certificate, Draft
from links.models import Link

MOST = 20


@dataclass(frozen=True)
class Member:
    """One of them with what is known and what was answered (a draft that is not saved where nothing was)."""

    resident: Resident
    known: answering.Known
    draft: Draft
    waiting: Application | None = None

    @property
    def missing(self) -> str | None:
        """The first question that is to be asked; none of whom an application waits."""
        return None if self.waiting else answering.unanswered(self.known, self.draft.answers)

    def steps_with(self, step: str) -> list[str]:
        """The questions of this person, in their order, as if this one were among the answered."""
        return answering.steps(self.known, {step: "", **self.draft.answers})

    @property
    def verdict(self) -> Verdict | None:
        """The answer of the rules, once every question has one."""
        if self.waiting or self.missing:
            return None
        return verdict(answering.facts(self.known, self.draft.answers))

    @property
    def may_apply(self) -> bool:
        """Whether an application is sent for this person."""
        return bool(self.verdict and self.verdict.may_apply)


def people_of(user: User, *, on: datetime.date) -> list[Resident]:
    """Oneself and those for whom one may apply today, oneself first."""
    allowed = Resident.objects.permitted_to(user, Deed.APPLY, Area.HEALTH, on=on)
    own = set(Resident.objects.bound_to(user).values_list("pk", flat=True))
    return sorted(allowed.order_by("pk")[:MOST], key=lambda one: (one.pk not in own, one.pk))


def members_of(user: User, chosen: Iterable[str], *, on: datetime.date) -> list[Member]:
    """Those of the chosen for whom the user may apply today; as many queries for ten as for one."""
    wanted = set(chosen)
    people = [one for one in people_of(user, on=on) if one.public_id in wanted]
    drafts = {one.resident_id: one for one in Draft.objects.filter(user=user, resident__in=people)}
    waiting = {one.resident_id: one for one in Application.objects.open().filter(resident__in=people)}
    valid = Certificate.objects.valid(on=on).filter(resident__in=people).order_by("valid_until")
    running = dict(valid.values_list("resident", "valid_until"))
    insurances = _insurances(people)
    return [
        Member(
            resident=one,
            known=known_with(one, present(insurances[one.pk]), running.get(one.pk), today=on),
            draft=drafts.get(one.pk) or Draft(user=user, resident=one),
            waiting=waiting.get(one.pk),
        )
        for one in people
    ]


def _insurances(people: list[Resident]) -> dict[int, list[Link]]:
    """Each person's active health insurances, the newest first."""
    found: dict[int, list[Link]] = defaultdict(list)
    active = Link.objects.standing().filter(
        resident__in=people, category="health_insurance", status=Link.Status.ACTIVE
    )
    for link in active.select_related("institution").order_by("-linked_on", "-id"):
        found[link.resident_id].append(link)
    return found


def unsaid(members: Iterable[Member]) -> str | None:
    """The first wish that is not said yet of somebody for whom an application is sent."""
    return next(
        (step for one in members if one.may_apply and (step := answering.unsaid(one.draft.answers))), None
    )


def said(members: Iterable[Member]) -> answering.Answers:
    """What was wished so far, by the first of them for whom an application is sent."""
    return next((one.draft.answers for one in members if one.may_apply), {})
