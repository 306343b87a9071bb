"""What staff choose when they start a run, or let a stopped feed be withheld."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from links.categories import CATEGORIES
from links.models import Institution
from links.review.runs import Scope

ALL_KINDS = [("", _("All kinds")), *CATEGORIES.items()]
NOT_KNOWN = _("There is no institution with this code.")


class StartForm(forms.Form):
    """Which links a run looks at."""

    institution = forms.CharField(
        label=_("Institution's code"),
        required=False,
        max_length=32,
        help_text=_("Empty: every institution."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    category = forms.ChoiceField(label=_("Kind of record"), required=False, choices=ALL_KINDS)
    changed_only = forms.BooleanField(
        label=_("Only what may have changed since the last check"), required=False
    )

    def clean_institution(self) -> Institution | None:
        """One that is known; None where no code was written."""
        code = self.cleaned_data["institution"].strip()
        found = Institution.objects.filter(code=code).first()
        if code and found is None:
            raise ValidationError(NOT_KNOWN)
        return found

    def scope(self) -> Scope:
        """What was chosen."""
        chosen: dict[str, Any] = self.cleaned_data
        return Scope(chosen["institution"], chosen["category"], chosen["changed_only"])


class WithholdForm(forms.Form):
    """Which stopped feed was looked at."""

    institution = forms.SlugField(max_length=32)
    category = forms.ChoiceField(choices=list(CATEGORIES.items()))
