"""What people choose about notices, and their telephone."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.reaching.browsers import NO_BROWSER
from accounts.reaching.telephones import DIGITS
from notices.channels import CHANNELS
from notices.channels.push import is_known_service
from notices.channels.sealing import SECRET, decoded, point_of
from notices.models import Preference
from notices.policy import GROUPS

MOBILE = re.compile(r"(?:\+81|0081|0)([6789]0\d{8})")
NO_MOBILE = _("Please write a mobile telephone number of Japan, for example 090-1234-5678.")
BOTH = _("Please choose both times, or none.")
SAME = _("The two times are the same. Please choose two different ones.")
HOURS = [("", _("No quiet hours")), *((f"{hour:02}:00", f"{hour}:00") for hour in range(24))]


class PreferenceForm(forms.Form):
    """By which channel what may be left out is told, and when nothing is."""

    quiet_from = forms.ChoiceField(label=_("Quiet from"), choices=HOURS, required=False)
    quiet_until = forms.ChoiceField(label=_("Quiet until"), choices=HOURS, required=False)

    def __init__(self, *args: Any, preference: Preference, channels: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = channels
        choices = [(code, CHANNELS[code].words) for code in channels]
        for group, words in GROUPS.items():
            self.fields[group] = forms.MultipleChoiceField(
                label=words, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
            on = [code for code in channels if f"{group}:{code}" not in preference.switched_off]
            self.fields[group].initial = on
        for name in ("quiet_from", "quiet_until"):
            time = getattr(preference, name)
            self.fields[name].initial = f"{time:%H:%M}" if time else ""
        self.order_fields([*GROUPS, "quiet_from", "quiet_until"])

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end, or are none."""
        known = super().clean() or {}
        start, end = known.get("quiet_from", ""), known.get("quiet_until", "")
        if bool(start) != bool(end):
            self.add_error("quiet_until" if start else "quiet_from", BOTH)
        elif start and start == end:
            self.add_error("quiet_until", SAME)
        return known

    def switched_off(self, before: list[str]) -> list[str]:
        """What is off from now on; what the page did not show stays as it was."""
        shown = {f"{group}:{code}" for group in GROUPS for code in self.channels}
        on = {f"{group}:{code}" for group in GROUPS for code in self.cleaned_data[group]}
        return sorted((set(before) - shown) | (shown - on))


class TelephoneForm(forms.Form):
    """A mobile number, and whether others read it."""

    number = forms.CharField(
        label=_("Mobile telephone number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("We send a code there. It is used for notices only."),
    )
    shared = forms.BooleanField(label=_("Other people read this telephone too"), required=False)

    def clean_number(self) -> str:
        """As E.164, however it was typed."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["number"])
        found = MOBILE.fullmatch(re.sub(r"[\s()\-‐‑‒–—―−ー.]", "", typed).replace("+810", "+81"))
        if found is None:
            raise forms.ValidationError(NO_MOBILE)
        return f"+81{found[1]}"


class CodeForm(forms.Form):
    """The code in the text message."""

    code = forms.CharField(
        label=_("The code in the text message"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Its digits, however they were typed."""
        digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        return digits[: DIGITS + 1]


class BrowserForm(forms.Form):
    """What a browser's push service gave it."""

    endpoint = forms.CharField(max_length=1000)
    browser_key = forms.CharField(max_length=100)
    secret = forms.CharField(max_length=40)

    def clean_endpoint(self) -> str:
        """An address of a push service that we know."""
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            known = is_known_service(endpoint)
        except ValueError:
            known = False
        if not known:
            raise forms.ValidationError(NO_BROWSER)
        return endpoint

    def clean(self) -> dict[str, Any]:
        """Keys with which something can be sealed."""
        known = super().clean() or {}
        try:
            point_of(decoded(known.get("browser_key", "")))
            secret = decoded(known.get("secret", ""))
        except ValueError:
            raise forms.ValidationError(NO_BROWSER) from None
        if len(secret) != SECRET:
            raise forms.ValidationError(NO_BROWSER)
        return known
