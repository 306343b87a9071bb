"""What the register says of parents: only that the head of a household is the parent of the child in it.

“子” means a child of the head. Whether the head's spouse is its parent too, or whose child a grandchild is, a
resident record does not say: that takes the family register.
"""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts import gates
from accounts.acting.granting import grant
from accounts.models import Authority, Binding, Resident, User
from accounts.models.authority import AuthorityQuerySet
from accounts.models.protection import named
from accounts.models.register import ResidentQuerySet
from accounts.refusal import AccountError

HEADS = ("世帯主", "本人")
# since 1995 every child is 子; older entries say which
CHILDREN = (
    "子",
    "長男",
    "長女",
    "二男",
    "次男",
    "二女",
    "次女",
    "三男",
    "三女",
    "四男",
    "四女",
    "養子",
    "養女",
)
NOT_BY_REGISTER = _("The register alone does not show that. Please use a document.")


def children_of(head: Resident, *, on: datetime.date) -> list[Resident]:
    """The head's children under 15 in the household; none where anybody in it is under protection."""
    if head.relationship not in HEADS or not head.household_code:
        return []
    household = Resident.objects.filter(household_code=head.household_code)
    if household.filter(named()).exists():
        return []
    living = household.filter(relationship__in=CHILDREN, died_on=None).order_by("birth_date", "pk")
    return [child for child in living if child.last_day_as_child >= on]


def parted(waiting: AuthorityQuerySet) -> AuthorityQuerySet:
    """Those by the register for which it does not speak any more."""
    head = Binding.objects.current().filter(
        user=OuterRef("agent"),
        resident__household_code=OuterRef("subject__household_code"),
        resident__relationship__in=HEADS,
    )
    apart = ~Q(Exists(head)) | ~Q(subject__relationship__in=CHILDREN) | Q(subject__household_code="")
    guarded: ResidentQuerySet = Resident.objects.filter(
        named(), household_code=OuterRef("subject__household_code")
    )
    return waiting.filter(apart | Q(Exists(guarded)), basis=Authority.Basis.REGISTER)


@transaction.atomic
def act_for_child(*, child: Resident, by: User, at: datetime.datetime) -> Authority:
    """The head of the household acts for the child, to the eve of its 15th birthday; AccountError."""
    gates.require_open(by, at=at, about=child.pk)
    own = Resident.objects.person_of(by)
    if own is None or child not in children_of(own, on=localdate(at)):
        raise AccountError(NOT_BY_REGISTER)
    return grant(
        agent=by,
        subject=child,
        kind=Authority.Kind.PARENT,
        basis=Authority.Basis.REGISTER,
        ends_on=child.last_day_as_child,
        by=by,
        at=at,
    )
