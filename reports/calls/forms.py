"""The two questions of who wants to be called, and the one of who called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from reports.calls.actions import RESULTS
from reports.forms import telephone_number
from reports.models.calls import Call


class PartForm(forms.Form):
    """The first question."""

    part = forms.ChoiceField(
        label=_("When shall we call you?"),
        help_text=_("We call by tomorrow evening. It costs you nothing."),
        choices=Call.Part.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class NumberForm(forms.Form):
    """The second question."""

    telephone = forms.CharField(
        label=_("At which telephone number?"),
        max_length=20,
        help_text=_("For example 090-1234-5678. We keep it until we have called."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Please write the telephone number at which we can call you.")},
    )

    def clean_telephone(self) -> str:
        """The number in plain digits and hyphens."""
        return telephone_number(self.cleaned_data["telephone"])


class ResultForm(forms.Form):
    """What came of the call."""

    result = forms.ChoiceField(
        label=_("What came of the call?"),
        choices=list(RESULTS.items()),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
