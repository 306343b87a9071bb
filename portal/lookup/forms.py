"""Why somebody is looked up, and what a second person is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText
from accounts.models import Clearance


class PurposeForm(forms.Form):
    """Why this person's data are looked at; the person reads it in their trail."""

    purpose = forms.ChoiceField(
        label=_("Why do you need it?"),
        help_text=_("The person sees that you looked, and why."),
        choices=Clearance.Purpose.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class AskForm(PurposeForm):
    """Why a second person should let one look."""

    reason = FreeText(
        label=_("Reason for the second person"), help_text=_("Write no address. Only staff read this.")
    )
