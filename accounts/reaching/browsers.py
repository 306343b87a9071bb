"""Browsers that asked to be told of notices."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import gates
from accounts.models import User
from accounts.refusal import AccountError
from notices.models import PushSubscription

MOST = 10
NO_BROWSER = _("This browser could not be set up. Notices go on coming by mail.")
TOO_MANY = _("There are ten devices already. Please remove one first.")


@transaction.atomic
def tell_browser(
    *, endpoint: str, browser_key: str, secret: str, device: str, by: User, at: datetime.datetime
) -> None:
    """Tell this browser from now on; one that is known gets its new keys. AccountError past ten devices.

    A notification says that there is a message and nothing else, so whoever shares the device learns no more.
    """
    gates.require_open(by, at=at)
    known = PushSubscription.objects.filter(user=by)
    if known.exclude(endpoint=endpoint).count() >= MOST:
        raise AccountError(TOO_MANY)
    keys = {"browser_key": browser_key, "secret": secret, "device": device, "added_at": at}
    PushSubscription.objects.update_or_create(user=by, endpoint=endpoint, defaults=keys)
