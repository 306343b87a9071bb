"""Reminds institutions by mail of what they were asked: once, a working day before it is due."""

import datetime

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from notices.languages import whole
from notices.models import Preference
from reports.clocks import working_days_after
from reports.models import Inquiry

DAYS_BEFORE = 1


def remind_institutions(*, at: datetime.datetime) -> int:
    """Write to the officers of each institution that owes an answer; how many questions they were told of.

    Marked afterwards: a mail may come twice, and none is lost.
    """
    due = working_days_after(localdate(at), DAYS_BEFORE)
    waiting = list(Inquiry.objects.to_remind(by=due).select_related("institution").next_first())
    letters = [
        letter for institution in {each.institution_id for each in waiting} for letter in to(institution)
    ]
    get_connection().send_messages(letters) if letters else 0
    keys = [each.pk for each in waiting]
    return Inquiry.objects.open().filter(pk__in=keys).update(reminded_at=at)


def to(institution_id: int) -> list[EmailMessage]:
    """A plain mail to each officer, in their language, without a link or a person's data."""
    officers = User.objects.holding("inquiries.answer").filter(office__institution=institution_id)
    languages = dict(Preference.objects.filter(user__in=officers).values_list("user", "language"))
    return [letter(user, languages.get(user.pk, "ja")) for user in officers.order_by("pk")]


def letter(user: User, language: str) -> EmailMessage:
    """That questions wait, and where to answer them."""
    with translation.override(whole(language)):
        text = render_to_string("emails/inquiries.txt")
        headers = {"Auto-Submitted": "auto-generated"}
        return EmailMessage(_("Questions to you are due"), text, to=[user.email], headers=headers)
