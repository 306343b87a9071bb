"""Authority ends: in one step by either side, and by itself when what it stood on is gone.

Nothing can be done any more from the moment on when it is so, for the QuerySets say it; what is written here
is when and why it ended, and both sides are told. Nobody who acted is told that protection was set.
"""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from accounts import audit
from accounts.acting.granting import named
from accounts.acting.household import parted
from accounts.acting.telling import tell_agent, tell_subject
from accounts.models import Authority, Binding, Claim, Invitation, ResidentChange, User
from accounts.models.authority import stopped

Ending = Authority.Ending
AT_ONCE = 500
# how the person reads it, where it is not "it ended"
TOLD_SUBJECT = {Ending.GROWN: "authority.grown"}


@transaction.atomic
def end(authority: Authority, *, why: Authority.Ending, by: User | None, at: datetime.datetime) -> bool:
    """It may not be used any more; False where it had ended before."""
    if not Authority.objects.open().filter(pk=authority.pk).update(ended_at=at, ending=why):
        return False
    audit.record(
        "authority.ended",
        by=by,
        at=at,
        resident=authority.subject_id,
        subject=named(authority),
        purpose=why,
        on_behalf=why == Ending.BY_AGENT,
    )
    if why != Ending.DEATH:
        tell_subject(authority, TOLD_SUBJECT.get(why, "authority.ended"), at=at)
    tell_agent(authority, "acting.ended", at=at)
    return True


def end_due(*, at: datetime.datetime) -> int:
    """End what stands on nothing any more, each with its reason; how many. Safe twice at once."""
    follow_birth_dates(at=at)
    ended = sum(
        end_sign_in_of_the_dead(binding, at=at) for binding in Binding.objects.of_the_dead()[:AT_ONCE]
    )
    return ended + sum(
        end(authority, why=why, by=None, at=at) for authority, why in list(due(on=localdate(at)))
    )


def due(*, on: datetime.date) -> Iterator[tuple[Authority, Authority.Ending]]:
    """What has to end, and why: the gravest reason first."""
    waiting = Authority.objects.open().select_related("agent", "subject").order_by("pk")
    over = Q(ends_on__lt=on)
    for why, condition in (
        (Ending.DEATH, Q(subject__died_on__isnull=False)),
        (Ending.PROTECTION, stopped(on)),
        (Ending.GROWN, over & Q(kind=Authority.Kind.PARENT)),
        (Ending.DATE, over),
    ):
        for authority in waiting.filter(condition)[:AT_ONCE]:
            yield authority, moved_or(why, authority)
    for authority in parted(waiting)[:AT_ONCE]:
        yield authority, Ending.HOUSEHOLD


def moved_or(why: Authority.Ending, authority: Authority) -> Authority.Ending:
    """Whether protection came with a move: the register's change says both at once."""
    if why != Ending.PROTECTION:
        return why
    changes = ResidentChange.objects.filter(resident=authority.subject_id, after__protected=True)
    last = changes.order_by("-at", "-pk").first()
    return Ending.MOVED if last and "address" in last.after and last.before else why


@transaction.atomic
def end_sign_in_of_the_dead(binding: Binding, *, at: datetime.datetime) -> int:
    """Somebody died: their sign-in is nobody's, and acts for nobody; how many authorities ended."""
    locked = Binding.objects.of_the_dead().select_for_update(of=("self",)).select_related("user")
    found = locked.filter(pk=binding.pk).first()
    if found is None:
        return 0
    held = list(Authority.objects.given_to(found.user).select_related("agent", "subject"))
    ended = sum(end(authority, why=Ending.AGENT_DEATH, by=None, at=at) for authority in held)
    Invitation.objects.filter(subject=found.resident_id, state=Invitation.State.OPEN).update(
        state=Invitation.State.OVER, ended_at=at
    )
    about = Claim.objects.open().filter(Q(user=found.user_id) | Q(resident=found.resident_id))
    about.update(state=Claim.State.OVER, ended_at=at, stated={})
    found.ended_at, found.blinded_at = at, None
    found.save(update_fields=["ended_at", "blinded_at"])
    found.user.sessions.all().delete()
    audit.record("sign_in.ended_by_death", by=None, at=at, resident=found.resident_id)
    return ended


def follow_birth_dates(*, at: datetime.datetime) -> None:
    """Where the register corrected a birth date in the last two days, a parent's last day follows it."""
    lately = ResidentChange.objects.filter(
        at__gt=at - datetime.timedelta(days=2), after__has_key="birth_date", before__has_key="birth_date"
    )
    parents = Authority.objects.open().filter(
        kind=Authority.Kind.PARENT, subject__in=lately.values("resident")
    )
    for authority in parents.select_related("subject"):
        # never before its first day, or the row could not stand; the day after it ends
        right = max(authority.subject.last_day_as_child, authority.starts_on)
        Authority.objects.filter(pk=authority.pk).exclude(ends_on=right).update(ends_on=right)


def sweep_offers(*, at: datetime.datetime) -> int:
    """End the codes that nobody used in time; how many."""
    return Invitation.objects.outlived(at=at).update(state=Invitation.State.OVER, ended_at=at)
