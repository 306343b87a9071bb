"""What staff type about letters."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _


class ReturnedForm(forms.Form):
    """The number on the letter that came back."""

    number = forms.CharField(
        label=_("Number of the letter"), help_text=_("It stands at the top right."), max_length=40
    )

    def clean_number(self) -> str:
        """As it was printed, however it was typed."""
        return unicodedata.normalize("NFKC", self.cleaned_data["number"]).strip().upper()
