"""The code of a notice."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """One field, in which a code may be written anyhow."""

    code = forms.CharField(
        label=_("Code from the notice"),
        help_text=_("For example 7K3M-92QX-4FTP-0BWE. Small letters will do."),
        max_length=60,
        error_messages={"required": _("Please enter the code from the notice.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
