"""The pace of fan-outs."""

from django import forms
from django.utils.translation import gettext_lazy as _

FASTEST = 5_000


class PaceForm(forms.Form):
    """How many notices a second, or none for now."""

    a_second = forms.IntegerField(
        label=_("Notices a second"),
        min_value=1,
        max_value=FASTEST,
        help_text=_("No more than the providers take."),
    )
    paused = forms.BooleanField(label=_("Pause"), required=False)
