"""Tells supervisors by mail which cases are overdue or end today: once each, and nothing personal in it."""

import datetime
from collections.abc import Sequence

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate
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
    overdue, ending = Report.objects.untold(), Report.objects.running_out(on=localdate(at))
    late, soon = list(overdue.worst_first()), list(ending.worst_first())
    supervisors = User.objects.holding("desk.approve").order_by("pk")
    if not (late or soon) or not supervisors:
        return
    languages = dict(Preference.objects.filter(user__in=supervisors).values_list("user", "language"))
    get_connection().send_messages(
        [letter(late, soon, to=user.email, language=languages.get(user.pk, "ja")) for user in supervisors]
    )
    for told, still in ((late, overdue), (soon, ending)):
        still.filter(pk__in=[report.pk for report in told]).update(supervisors_told_at=at)


def letter(late: Sequence[Report], soon: Sequence[Report], *, to: str, language: str) -> EmailMessage:
    """One plain mail with the numbers of the cases in the reader's language, without a link."""
    with translation.override(whole(language)):
        lists = [(_("These cases are overdue:"), late), (_("The clock of these cases ends today:"), soon)]
        shown = [(title, some[:LISTED], len(some[LISTED:])) for title, some in lists if some]
        text = render_to_string("emails/overdue.txt", {"lists": shown})
        subject = _("Cases are overdue") if late else _("The clock of cases ends today")
        return EmailMessage(subject, text, to=[to], headers={"Auto-Submitted": "auto-generated"})
