"""Tells supervisors by mail which cases are overdue: once each, and nothing personal in it."""

import datetime
from collections.abc import Sequence

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from notices.languages import whole
from notices.models import Preference
from reports.models import Report

LISTED = 20


def tell_supervisors(*, at: datetime.datetime) -> None:
    """Write to all of them about what they were not told of; raises where no mail can be sent.

    Marked afterwards: a mail may come twice, and none is lost.
    """
    late = list(Report.objects.untold().worst_first())
    supervisors = User.objects.holding("desk.approve").order_by("pk")
    if not late or not supervisors:
        return
    languages = dict(Preference.objects.filter(user__in=supervisors).values_list("user", "language"))
    get_connection().send_messages(
        [letter(late, to=user.email, language=languages.get(user.pk, "ja")) for user in supervisors]
    )
    Report.objects.filter(pk__in=[report.pk for report in late]).untold().update(supervisors_told_at=at)


def letter(late: Sequence[Report], *, to: str, language: str) -> EmailMessage:
    """One plain mail with the numbers of the cases in the reader's language, without a link."""
    with translation.override(whole(language)):
        known = {"reports": late[:LISTED], "more": len(late[LISTED:])}
        text = render_to_string("emails/overdue.txt", known)
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(_("Cases are overdue"), text, to=[to], headers=headers)
