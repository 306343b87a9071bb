"""What people say of themselves, the code of the letter, and what staff propose."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import refuse_individual_number
from accounts.identity.letters import DIGITS
from accounts.models import ClaimProposal, Resident
from accounts.proposals.forms import AboutPersonForm
from links.review.rules import Person
from links.review.rules.dates import parse_date

NO_DAY = _("Please write the day as year, month and day, for example 1954-03-02 or 昭和29年3月2日.")


def one_line(longest: int, **settings: Any) -> forms.CharField:
    """A line of text without an individual number."""
    return forms.CharField(max_length=longest, validators=[refuse_individual_number], **settings)


def day_of(written: str) -> str:
    """A day of birth as ISO 8601, in whatever calendar it was written; ValidationError where it is none."""
    try:
        day = parse_date(written, latest=timezone.localdate())
    except ValueError as problem:
        raise forms.ValidationError(NO_DAY) from problem
    if day.date is None:
        raise forms.ValidationError(NO_DAY)
    return str(day)


class WhoForm(forms.Form):
    """The five elements, as on an identity document."""

    name = one_line(100, label=_("Name"), help_text=_("As in the resident register, surname first."))
    kana = one_line(
        100, label=_("Name in kana"), required=False, help_text=_("You have none? Leave it empty.")
    )
    birth_date = forms.CharField(
        label=_("Date of birth"), max_length=40, help_text=_("For example 1954-03-02 or 昭和29年3月2日.")
    )
    sex = forms.ChoiceField(
        label=_("Sex in the register"),
        choices=Resident.Sex.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    address = one_line(
        300,
        label=_("Registered address"),
        help_text=_("With prefecture and number. The letter goes to the address of the register only."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_birth_date(self) -> str:
        """The day as ISO 8601, in whatever calendar it was written."""
        return day_of(self.cleaned_data["birth_date"])

    def person(self) -> Person:
        """What was said, as the rules compare it."""
        return Person(**{name: self.cleaned_data[name] for name in WhoForm.base_fields})  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The ten digits, however they were typed."""

    code = forms.CharField(
        label=_("The code in the letter"),
        help_text=_("10 digits. You have five tries."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """The digits alone."""
        digits = re.sub(r"[\s\-‐-―−ー]", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if not (len(digits) == DIGITS and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("The code has 10 digits. This did not count as a try."))
        return digits


class ProposalForm(AboutPersonForm):
    """What to do about a claim, and why."""

    remedy = forms.ChoiceField(
        label=_("What shall happen?"),
        choices=ClaimProposal.Remedy.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    document = forms.ChoiceField(
        label=_("Identity document that you checked"),
        choices=[("", _("None")), *ClaimProposal.Document.choices],
        required=False,
    )
    field_order = ("remedy", "document", "reason")
    may_be_empty = ("document",)

    def clean(self) -> dict[str, Any]:
        """Who is connected is chosen, and showed a document."""
        chosen = super().clean()
        if chosen.get("remedy") == ClaimProposal.Remedy.BIND:
            if not chosen.get("document"):
                self.add_error("document", _("Without a document nobody is connected."))
            if chosen["resident"] is None:
                self.add_error(None, _("Please choose the person whose document you checked."))
        return chosen
