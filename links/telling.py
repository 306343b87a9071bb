"""Tells staff by mail that something about an institution waits: once each, and nothing personal in it."""

import datetime
from collections.abc import Sequence

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rights import RIGHTS
from links.models import Matter
from notices.languages import whole
from notices.models import Preference

LISTED = 20


def tell_staff(*, at: datetime.datetime) -> None:
    """Write to everyone who watches feeds about what nobody was told of; raises where no mail can be sent.

    Marked afterwards: a mail may come twice, and none is lost.
    """
    matters = list(Matter.objects.open().untold().select_related("institution").order_by("pk"))
    watchers = User.objects.filter(is_active=True, role__in=RIGHTS["feeds.watch"]).order_by("pk")
    if not matters or not watchers:
        return
    languages = dict(Preference.objects.filter(user__in=watchers).values_list("user", "language"))
    get_connection().send_messages(
        [letter(matters, to=user.email, language=languages.get(user.pk, "ja")) for user in watchers]
    )
    Matter.objects.filter(pk__in=[matter.pk for matter in matters]).update(told_at=at)


def letter(matters: Sequence[Matter], *, to: str, language: str) -> EmailMessage:
    """One plain mail about all of them in the reader's language, without a link."""
    with translation.override(whole(language)):
        known = {"matters": matters[:LISTED], "more": len(matters[LISTED:])}
        text = render_to_string("emails/matters.txt", known)
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(_("Something waits for you in the portal"), text, to=[to], headers=headers)
