"""A sign-in of one's own: an address and a code. It is nobody's and sees nothing until it is connected."""

import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.models import User

# whoever did not enter the code by then asks again
WAITS_FOR = datetime.timedelta(days=1)


def join(*, email: str) -> User:
    """The sign-in of that address: a new one without a password, still unproven, or the one there is."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(email)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    except IntegrityError:
        return User.objects.get(email=email.lower())
    return user


def forget_unproven(*, at: datetime.datetime) -> int:
    """Delete sign-ins whose address nobody proved within a day; how many."""
    never = User.objects.filter(last_login=None, role="", joined_at__lt=at - WAITS_FOR)
    unproven = never.filter(emailaddress__verified=False, bindings=None, claims=None)
    return User.objects.filter(pk__in=unproven.values("pk")).delete()[1].get("accounts.User", 0)
