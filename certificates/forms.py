"""What people fill in: the questions, the return's reason, the clinic's code."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.files.cleaning import EMPTY, TOO_LARGE
from accounts.files.fields import OFFERED
from accounts.files.kinds import MOST_BYTES
from accounts.free_text import FreeText
from accounts.identity.forms import WhoForm
from accounts.models import Resident
from certificates.checking import typed_number
from certificates.models import Batch
from certificates.wording import ANSWERS, HINTS, QUESTIONS, WHY_BY_POST
from links.review.rules import Person


class QuestionForm(forms.Form):
    """One question with its answers as radio buttons, or a day."""

    answer: forms.Field

    def __init__(self, *args: Any, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = day_field(step) if step == "expired_on" else choice_field(step)

    def stored(self) -> str:
        """The answer as it is kept: a code or an ISO date."""
        return str(self.cleaned_data["answer"])


def choice_field(step: str) -> forms.ChoiceField:
    """The answers to choose from."""
    return forms.ChoiceField(
        label=str(QUESTIONS[step]),
        help_text=str(HINTS[step]),
        choices=list(ANSWERS[step].items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one answer.")},
    )


def day_field(step: str) -> forms.DateField:
    """A day in the past."""
    return forms.DateField(
        label=str(QUESTIONS[step]),
        help_text=str(HINTS[step]),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[not_in_the_future],
        error_messages={
            "required": _("Please enter the day."),
            "invalid": _("Please enter the day as year, month and day, for example 2026-05-31."),
        },
    )


def not_in_the_future(day: Any) -> None:
    """Refuse a day that is not over yet: then nothing has expired."""
    if day >= timezone.localdate():
        raise forms.ValidationError(
            _("This day is not over yet. If the card works, please go back and say so.")
        )


class FamilyForm(forms.Form):
    """For whom one applies at once."""

    people = forms.MultipleChoiceField(
        label=_("For whom do you apply?"),
        help_text=_("You can choose several. Each person gets their own answer and their own certificate."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one.")},
    )

    def __init__(self, *args: Any, people: Iterable[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(one.public_id, one.name) for one in people]  # type: ignore[attr-defined]


TOO_MANY = _("Too many applications came from your connection. Please call us.")


class ByPostForm(WhoForm):
    """Who somebody is, as in the register, and why they need the certificate; for those without sign-in."""

    why = forms.ChoiceField(
        label=_("Why do you need the certificate?"),
        choices=list(WHY_BY_POST.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one answer.")},
    )
    field_order = ("why",)

    def person(self) -> Person:
        """What was said of the person, as the rules compare it."""
        return Person(**{name: text for name, text in self.cleaned_data.items() if name != "why"})


class ReturnForm(forms.Form):
    """Why an application goes back."""

    reason = FreeText(
        label=_("What is missing, and what the applicant can do"),
        help_text=_("The applicant reads this. Short sentences, no internal words."),
        error_messages={"required": _("Please say why it goes back.")},
    )


class BatchForm(forms.Form):
    """Which people are to be listed."""

    kind = forms.ChoiceField(
        label=_("Who gets one?"),
        choices=Batch.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one answer.")},
    )


class LetterBackForm(forms.Form):
    """The number on the certificate in a letter that came back."""

    number = forms.CharField(
        label=_("Number of the certificate"),
        help_text=_("It stands on the address sheet, for example C-7K3M-92QX."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Please enter the number of the certificate.")},
    )

    def clean_number(self) -> str:
        """The number as we write it."""
        number = typed_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("This is not the number of a certificate."))
        return number


class CheckForm(forms.Form):
    """The number on a certificate, or what its QR holds; or the PDF, or a photo of the paper."""

    code = forms.CharField(
        label=_("Certificate number or code"),
        help_text=_(
            "The number is on the paper, for example C-7K3M-92QX. You can also paste what the QR holds."
        ),
        required=False,
        max_length=2000,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"max_length": _("This is too long for a code of ours.")},
    )
    paper = forms.FileField(
        label=_("Or a photo of the code, or the PDF"),
        help_text=_("We read it and keep nothing of it."),
        required=False,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": OFFERED}),
        error_messages={"empty": EMPTY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.needed_sometimes = True  # type: ignore[attr-defined]

    def clean_paper(self) -> Any:
        """The file, if it is one that we hold whole."""
        paper = self.cleaned_data["paper"]
        if paper and paper.size > MOST_BYTES:
            raise forms.ValidationError(str(TOO_LARGE))
        return paper

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        found = super().clean() or self.cleaned_data
        if not self.errors and not found.get("code") and not found.get("paper"):
            self.add_error("code", _("Please enter the number of the certificate, or choose a file."))
        return found


class CompareForm(forms.Form):
    """The birth date that the person at the counter says."""

    number = forms.CharField(max_length=20, widget=forms.HiddenInput)
    birth_date = forms.DateField(
        label=_("Birth date of the person"),
        help_text=_("If it is right, you see the whole name."),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}),
        error_messages={
            "required": _("Please enter the birth date."),
            "invalid": _("Please enter the day as year, month and day, for example 2026-05-31."),
        },
    )
