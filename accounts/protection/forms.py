"""Whom staff look for, and why a protection begins or ends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText
from accounts.identity.forms import day_of, one_line
from accounts.identity.matching import like
from accounts.models import Clearance, Resident
from accounts.proposals.words import REASON
from links.review.rules import Person


class SeekForm(forms.Form):
    """Name and day of birth, as on an identity document."""

    name = one_line(100, label=_("Name"), help_text=_("As in the resident register, surname first."))
    birth_date = forms.CharField(
        label=_("Date of birth"), max_length=40, help_text=_("For example 1954-03-02 or 昭和29年3月2日.")
    )

    def clean_birth_date(self) -> str:
        """The day as ISO 8601, in whatever calendar it was written."""
        return day_of(self.cleaned_data["birth_date"])

    def person(self) -> Person:
        """Whom the rules look for."""
        return Person(kana="", sex="", address="", **self.cleaned_data)

    def found(self) -> list[Resident]:
        """Who is called like that and was born on that day."""
        return [who for who, _comparison in like(self.person())]


class AskForm(forms.Form):
    """Why a member of staff has to see what a protection hides, and where they were."""

    purpose = forms.ChoiceField(
        label=_("Why do you need it?"),
        choices=Clearance.Purpose,
        initial=Clearance.Purpose.CASE,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = FreeText(
        label=REASON,
        help_text=_("What do you have to see, and what for? Write no address. Only staff read this."),
    )
    back = forms.CharField(widget=forms.HiddenInput, required=False)


class ReasonForm(forms.Form):
    """Why, for the second person."""

    reason = FreeText(
        label=REASON,
        help_text=_("What were you shown or told? Write no address. Only staff read this."),
    )
