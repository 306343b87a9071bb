"""What is asked before a sign-in is deleted."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    """One tick."""

    understood = forms.BooleanField(
        label=_("I understood it. Delete my sign-in."),
        error_messages={"required": _("Please tick that you understood it. Nothing was deleted.")},
    )
