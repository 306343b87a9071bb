"""The questions of reports that are about no record: what is missing, what was shown, what was printed."""

import datetime
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import refuse_individual_number
from links.categories import CATEGORIES
from reports.forms import ReachForm, SinceForm, StoryForm
from reports.kinds import ELSEWHERE, Document, Kind, Page, Paper

OLDEST = datetime.timedelta(days=5 * 366)
AROUND = [(str(hour), f"{hour}:00–{hour}:59") for hour in range(24)]


class Name(forms.CharField):
    """The name of an office or a place on one line, in one way of writing."""

    def __init__(self, **settings: object) -> None:
        validators = [refuse_individual_number]
        super().__init__(max_length=200, validators=validators, **settings)  # type: ignore[arg-type]

    def to_python(self, value: object) -> str:
        """Without full-width forms and doubled blanks: the same place is the same text."""
        text = str(super().to_python(value) or "")
        return " ".join(unicodedata.normalize("NFKC", text).split())


class OtherForm(forms.Form):
    """Where a report without a record begins."""

    kind = forms.ChoiceField(
        label=_("What happened?"), choices=ELSEWHERE, widget=forms.RadioSelect, error_messages=CHOOSE
    )


class MissingForm(forms.Form):
    """Which kind of record is missing."""

    matter = forms.ChoiceField(
        label=_("Which kind of record is missing?"),
        choices=list(CATEGORIES.items()),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class OfficeForm(forms.Form):
    """Who should have sent it."""

    office = Name(
        label=_("Which office or company should have sent it?"),
        help_text=_("For example the name on your card or letter: the insurer, the bank, the city."),
        error_messages={"required": _("Please write the name of the office or company.")},
    )


class DocumentForm(forms.Form):
    """What was printed."""

    matter = forms.ChoiceField(
        label=_("What was printed?"),
        help_text=_("Please do not write down or photograph what stands on it. We do not need it."),
        choices=Document.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class WhereForm(forms.Form):
    """Where and when it was printed."""

    office = Name(
        label=_("Name and town of the shop or office"),
        error_messages={"required": _("Please write where it was printed.")},
    )
    printed_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Please give the day."),
            "invalid": _("Please give the day, for example 2026-11-24."),
        },
    )
    hour = forms.TypedChoiceField(
        label=_("Time, if you remember it"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("I do not remember")), *AROUND],
    )

    def clean_printed_on(self) -> datetime.date:
        """A day that was, and not too long ago for anybody to find out."""
        day: datetime.date = self.cleaned_data["printed_on"]
        if day > localdate():
            raise ValidationError(_("This day is still to come. Please check it."))
        if day < localdate() - OLDEST:
            raise ValidationError(_("This is more than five years ago. Please call us."))
        return day


class PaperForm(forms.Form):
    """Where the paper is."""

    paper = forms.ChoiceField(
        label=_("Where is the paper now?"),
        choices=Paper.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class SeenForm(forms.Form):
    """Which record or page showed another person's information; the view adds the person's records."""

    where = forms.ChoiceField(
        label=_("Where did you see it?"),
        help_text=_("Please tell us nothing about the other person. We do not need it."),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, data: object, *, records: list[tuple[str, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["where"].choices = [*records, *Page.choices]  # type: ignore[attr-defined]


# by kind, the questions in their order; the codes stand in the addresses
OTHER_QUESTIONS: dict[str, dict[str, type[forms.Form]]] = {
    Kind.MISSING: {
        "record": MissingForm,
        "office": OfficeForm,
        "since": SinceForm,
        "story": StoryForm,
        "reach": ReachForm,
    },
    Kind.PRINTED: {"document": DocumentForm, "where": WhereForm, "paper": PaperForm},
}
