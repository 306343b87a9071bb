"""Which cases the queue shows; the choice stands in the address, so that an address is a search."""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from links.categories import CATEGORIES
from reports.clocks import working_days_before
from reports.desk.forms import colleagues
from reports.kinds import Kind, State, Team

MINE, NOBODY = "me", "nobody"
OLDER = (
    ("1", _("1 working day")),
    ("5", _("5 working days")),
    ("10", _("10 working days")),
    ("20", _("20 working days")),
)
# the searches that everybody has: words, and the address's query
USUAL: tuple[tuple[Promise, str], ...] = (
    (_("All open cases"), ""),
    (_("My cases"), "assignee=me"),
    (_("Nobody is in charge"), "assignee=nobody"),
    (_("Overdue"), "overdue=on"),
    (_("For a second person"), "state=proposed"),
    (_("Waits for the institution"), "state=with_institution"),
    (_("Waits for the resident"), "state=awaiting_resident"),
)


class QueueFilter(forms.Form):
    """The choice of cases; a value that does not exist chooses nothing."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All open cases")), *State.choices]
    )
    category = forms.ChoiceField(
        label=_("Kind of record"), required=False, choices=[("", _("All kinds")), *CATEGORIES.items()]
    )
    kind = forms.ChoiceField(
        label=_("What is wrong?"), required=False, choices=[("", _("Everything")), *Kind.choices]
    )
    institution = forms.CharField(
        label=_("Institution"), help_text=_("Its code, or its whole name"), required=False, max_length=200
    )
    team = forms.ChoiceField(label=_("Team"), required=False, choices=[("", _("All teams")), *Team.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("All languages")), *settings.LANGUAGES]
    )
    age = forms.ChoiceField(label=_("Older than"), required=False, choices=[("", _("Any age")), *OLDER])
    overdue = forms.BooleanField(label=_("Only overdue cases"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = [(str(user.pk), user.name) for user in colleagues()]
        who = [("", _("Everybody")), (MINE, _("I")), (NOBODY, _("Nobody yet")), *staff]
        self.fields["assignee"] = forms.ChoiceField(label=_("In charge"), required=False, choices=who)

    @classmethod
    def asked(cls, address: Mapping[str, str]) -> dict[str, str]:
        """What an address carries on from page to page, unchecked: only fields of this form."""
        names = (*cls.base_fields, "assignee")
        return {name: address[name] for name in names if address.get(name)}

    def chosen(self) -> dict[str, str]:
        """What was chosen, as it stands in the address; what is not valid or empty is left out."""
        self.is_valid()
        return {name: "on" if value is True else value for name, value in self.cleaned_data.items() if value}


def condition(chosen: dict[str, str], *, user: User, today: datetime.date) -> Q:
    """Which cases those are, but for their state."""
    found = Q()
    for name, value in chosen.items():
        if name in CONDITIONS:
            found &= CONDITIONS[name](value, user, today)
    return found


def of_category(category: str, _user: User, _today: datetime.date) -> Q:
    """About a record of this kind, or about one that is missing."""
    return Q(link__category=category) | Q(kind=Kind.MISSING, matter=category)


def of_institution(name: str, _user: User, _today: datetime.date) -> Q:
    """About its record, or going to it."""
    called = [
        Q(**{f"{way}__{field}": name}) for way in ("link__institution", "institution") for field in NAMES
    ]
    found = Q()
    for each in called:
        found |= each
    return found


def of_assignee(who: str, user: User, _today: datetime.date) -> Q:
    """In these hands."""
    if who == NOBODY:
        return Q(assignee=None)
    return Q(assignee=user.pk if who == MINE else int(who))


def of_age(days: str, _user: User, today: datetime.date) -> Q:
    """Received that many working days ago, or before."""
    day = working_days_before(today, int(days))
    end = datetime.datetime.combine(
        day + datetime.timedelta(days=1), datetime.time.min, get_current_timezone()
    )
    return Q(received_at__lt=end)


NAMES = ("code", "name_ja", "name_en")
CONDITIONS: dict[str, Callable[[str, User, datetime.date], Q]] = {
    "category": of_category,
    "institution": of_institution,
    "assignee": of_assignee,
    "age": of_age,
    "kind": lambda value, _user, _today: Q(kind=value),
    "team": lambda value, _user, _today: Q(team=value),
    "language": lambda value, _user, _today: Q(language=value),
    "overdue": lambda _value, _user, _today: Q(overdue_since__isnull=False),
}
