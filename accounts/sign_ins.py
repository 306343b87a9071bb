"""Makes sign-ins and ties them to people of the register."""

import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import audit
from accounts.models import Authority, Binding, Resident, User


@transaction.atomic
def make_sign_in(*, email: str, password: str, name: str = "", role: str = "") -> User:
    """A sign-in whose address is proven, by mail code or password."""
    user = User.objects.create_user(email, password, name=name, role=role)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@transaction.atomic
def bind(*, user: User, resident: Resident, method: Binding.Method, at: datetime.datetime) -> Binding:
    """The sign-in belongs to this person; IntegrityError where either is bound already."""
    return Binding.objects.create(user=user, resident=resident, method=method, bound_at=at)


@transaction.atomic
def grant_parent(*, agent: User, child: Resident, by: User | None, at: datetime.datetime) -> Authority:
    """A parent may act for a child until the day before its fifteenth birthday."""
    born = child.born_on
    fifteenth = datetime.date(born.year + 15, born.month, min(born.day, 28))
    authority = Authority.objects.create(
        agent=agent,
        subject=child,
        kind=Authority.Kind.PARENT,
        starts_on=at.date(),
        ends_on=fifteenth - datetime.timedelta(days=1),
    )
    audit.record(
        "authority.granted", by=by, at=at, resident=child, subject=("authority", authority.public_id)
    )
    return authority
