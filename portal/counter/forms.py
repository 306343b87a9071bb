"""What is filled in at a counter, on one page each."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText
from accounts.models import Resident
from certificates.by_post import WHY
from certificates.wording import WHY_BY_POST
from links.models import Link
from reports.forms import telephone_number
from reports.kinds import LEAKS, WRONG, Reach, Since


class ReportForm(forms.Form):
    """What is wrong with which record, in the person's words."""

    link = forms.ChoiceField(
        label=_("Which record?"), widget=forms.RadioSelect, error_messages=CHOOSE, choices=()
    )
    kind = forms.ChoiceField(
        label=_("What is wrong?"), choices=WRONG, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    known_since = forms.ChoiceField(
        label=_("Since when have you known?"),
        choices=Since.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    account = FreeText(label=_("What happened?"), required=False)
    reach_by = forms.ChoiceField(
        label=_("How shall we reach you?"),
        choices=Reach.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    telephone = forms.CharField(label=_("Telephone number"), required=False, max_length=20)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="ja")

    def __init__(self, *args: Any, resident: Resident, **settings_: Any) -> None:
        super().__init__(*args, **settings_)
        self.links = {link.public_id: link for link in standing(resident)}
        choices = [(key, f"{link.title} – {link.institution.name}") for key, link in self.links.items()]
        self.fields["link"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A telephone number where one is called, none otherwise; no word about a stranger."""
        chosen = super().clean() or {}
        if chosen.get("reach_by") != Reach.TELEPHONE:
            chosen["telephone"] = ""
        else:
            try:
                chosen["telephone"] = telephone_number(chosen.get("telephone", ""))
            except forms.ValidationError as problem:
                self.add_error("telephone", problem)
        if chosen.get("kind") in LEAKS:
            chosen["account"] = ""
        return chosen


def standing(resident: Resident) -> list[Link]:
    """The records about which something can be said."""
    return list(Link.objects.of(resident).select_related("institution").order_by("category", "pk"))


class ApplicationForm(forms.Form):
    """Why the fallback certificate is needed."""

    why = forms.ChoiceField(
        label=_("Why is the certificate needed?"),
        choices=[(code, words) for code, words in WHY_BY_POST.items() if code in WHY],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
