"""The questions of a report, one form each, and what the resident writes later."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.files.fields import FilesField
from accounts.free_text import FreeText, refuse_individual_number
from reports.kinds import WRONG, Reach, Since

TELEPHONE = re.compile(r"\+?\d{9,14}")


class WhatForm(forms.Form):
    """The first question."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        help_text=_("You can change your answers until you send them."),
        choices=WRONG,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class SinceForm(forms.Form):
    """The second question."""

    known_since = forms.ChoiceField(
        label=_("Since when have you known?"),
        choices=Since.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class StoryForm(forms.Form):
    """The third question, which may be left empty."""

    account = FreeText(
        label=_("What happened?"),
        required=False,
        help_text=_("One or two sentences are enough. Please leave out other people's names and numbers."),
    )


class FilesForm(forms.Form):
    """The fourth question, which may be left empty; its answer is not text and is kept by itself."""

    papers = FilesField(
        label=_("Photos or papers"),
        help_text=_("JPEG, PNG, HEIC or PDF, up to 10 MB each, five files at most."),
    )

    # that none is needed stands above the list of files: the label need not repeat it
    papers.needed_sometimes = True  # type: ignore[attr-defined]


def telephone_number(written: str) -> str:
    """A telephone number in plain digits and hyphens; ValidationError for anything else."""
    number = re.sub(r"[‐-―ー−]", "-", unicodedata.normalize("NFKC", written).strip())
    if not TELEPHONE.fullmatch(re.sub(r"[-() ]", "", number)):
        raise forms.ValidationError(_("Please write the telephone number at which we can call you."))
    refuse_individual_number(number)
    return number


class ReachForm(forms.Form):
    """The fifth question: a telephone number is needed only by those who want to be called."""

    reach_by = forms.ChoiceField(
        label=_("Way to reach you"), choices=Reach.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    telephone = forms.CharField(
        label=_("Telephone number"),
        required=False,
        max_length=20,
        help_text=_("Only if you chose the telephone. For example 090-1234-5678"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    # needed by those who want to be called: neither required nor optional
    telephone.needed_sometimes = True  # type: ignore[attr-defined]

    def clean_telephone(self) -> str:
        """The number in plain digits and hyphens, or empty where the resident is not to be called."""
        if self.cleaned_data.get("reach_by") != Reach.TELEPHONE:
            return ""
        return telephone_number(self.cleaned_data["telephone"])


# Those answered in words, in the order in which they are asked; the codes stand in the addresses
QUESTIONS: dict[str, type[forms.Form]] = {
    "what": WhatForm,
    "since": SinceForm,
    "story": StoryForm,
    "reach": ReachForm,
}


def answers_of(
    draft: dict[str, Any], questions: dict[str, type[forms.Form]] = QUESTIONS
) -> tuple[dict[str, Any], str]:
    """The valid answers of a draft, and the first question that still needs one ("" where none does)."""
    answers: dict[str, Any] = {}
    for step, question in questions.items():
        form = question(draft)
        asked = set(form.fields) <= set(draft)
        if not asked or not form.is_valid():
            return answers, step
        answers |= form.cleaned_data
    return answers, ""


class DigitsForm(forms.Form):
    """What the holder of a record knows."""

    digits = forms.CharField(
        max_length=20,
        error_messages={"required": _("Please write the three digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_digits(self) -> str:
        """Three plain digits."""
        digits = unicodedata.normalize("NFKC", self.cleaned_data["digits"]).strip()
        if not re.fullmatch(r"[0-9]{3}", digits):
            raise forms.ValidationError(_("Please write exactly three digits, for example 123."))
        return digits


class MessageForm(forms.Form):
    """The resident writes to support."""

    text = FreeText(
        label=_("Your message to support"), error_messages={"required": _("Please write your message first.")}
    )


class ReopenForm(forms.Form):
    """What is still wrong."""

    text = FreeText(
        label=_("What is still wrong?"),
        help_text=_("One or two sentences are enough. Please leave out other people's names and numbers."),
    )


class LeakReopenForm(forms.Form):
    """The same where nothing may be told: it was about another person's information."""
