"""What staff write and choose at the desk."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText, refuse_individual_number
from accounts.models import User
from accounts.proposals import forms as two_people
from accounts.proposals.words import REASON
from reports.actions.correcting import CONTRADICTION, NO_REQUEST
from reports.clocks import DAYS_TO_ANSWER
from reports.desk.replies import is_unfinished
from reports.desk.speech import fits
from reports.kinds import ASKED_FOR, NO_ERROR, WITH_RECORD, WITHOUT_RECORD, Cause, Team

UNFINISHED = _("Something between ［ ］ is still to be written. Please write it, or take it out.")
OTHER_LANGUAGE = _("The resident reads this in: %(language)s. Your text seems to be in another language.")
RESIDENT_READS = _("The resident reads this text. Write nothing about another person.")


class OutwardForm(forms.Form):
    """A text that the resident reads: complete, and in their language unless staff insist.

    `outward` names its fields; `initial["language"]` is the resident's language.
    """

    outward: ClassVar[tuple[str, ...]] = ("text",)
    anyway = forms.BooleanField(
        label=_("Send it all the same: I know that it is in another language"), required=False
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["anyway"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Refuse what was left to be written, and another language."""
        chosen = super().clean() or {}
        anyway, language = chosen.pop("anyway", False), self.initial.get("language", "")
        for name in self.outward:
            text = chosen.get(name, "")
            if is_unfinished(text):
                self.add_error(name, UNFINISHED)
            elif text and language and not anyway and not fits(text, language):
                self.add_error(
                    name, OTHER_LANGUAGE % {"language": get_language_info(language)["name_translated"]}
                )
                self.fields["anyway"].widget = forms.CheckboxInput()
        return chosen


class KeepSearchForm(forms.Form):
    """Under which name a choice of cases is kept."""

    name = forms.CharField(
        label=_("Name of this search"), max_length=60, validators=[refuse_individual_number]
    )


class StepForm(forms.Form):
    """A step that needs no words; it says on which version of the case it was decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def colleagues() -> QuerySet[User]:
    """Everybody who works on cases, by name."""
    return User.objects.holding("desk.work").order_by("name", "pk")


class StaffField(forms.ModelChoiceField):
    """A member of staff who works on cases, by name."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(queryset=colleagues(), **settings)

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]
        """What is read in the list."""
        return f"{user.name} ({user.get_role_display()})"


class AssignForm(StepForm):
    """To whom the case goes: one person, or a team of which one takes it."""

    to = StaffField(label=_("To one person"), required=False, empty_label=_("Nobody yet"))
    team = forms.ChoiceField(
        label=_("To a team"), required=False, choices=[("", _("No team")), *Team.choices]
    )


class AskInstitutionForm(StepForm):
    """What the institution is asked."""

    text = FreeText(
        label=_("Your question to the institution"),
        help_text=_(
            "Officers of the institution read this with their record's reference. "
            "Write nothing that they need not know. The resident reads only that it was asked."
        ),
    )


class AskResidentForm(OutwardForm, StepForm):
    """A question to the resident."""

    text = FreeText(label=_("Your question to the resident"), help_text=RESIDENT_READS)
    days = forms.TypedChoiceField(
        label=_("Until when?"),
        help_text=_("Without an answer by then, the case goes on by itself."),
        required=False,
        coerce=int,
        initial=DAYS_TO_ANSWER,
        choices=[(5, _("5 working days")), (10, _("10 working days")), (20, _("20 working days"))],
    )

    def clean_days(self) -> int:
        """The usual time where none was chosen."""
        return self.cleaned_data["days"] or DAYS_TO_ANSWER


class ReplyForm(OutwardForm, StepForm):
    """A message to the resident."""

    text = FreeText(label=_("Message to the resident"), help_text=RESIDENT_READS)
    text.widget.attrs["accesskey"] = "r"


class NoteForm(forms.Form):
    """A note inside the service."""

    text = FreeText(label=_("Note for colleagues"), help_text=_("The resident never sees this."))


class SendBackForm(two_people.SendBackForm, StepForm):
    """Why a proposal goes back."""


class ProposeForm(OutwardForm, StepForm):
    """What to do with the record, and why: once for the second person, once for the resident."""

    outward = ("explanation",)
    remedy = forms.ChoiceField(
        label=_("What shall happen to the record?"),
        choices=[(each.value, each.label) for each in WITH_RECORD],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    cause = forms.ChoiceField(
        label=_("Cause"), choices=[("", _("Please choose")), *Cause.choices], error_messages=CHOOSE
    )
    reason = FreeText(
        label=REASON,
        help_text=_("What proves it? Only staff see this."),
    )
    request = FreeText(
        label=_("What is the institution asked to do?"),
        help_text=_("Only to move a record or to correct a detail. The institution reads it after approval."),
        required=False,
    )
    explanation = FreeText(
        label=_("Explanation for the resident"),
        help_text=_("The resident reads this text after approval. Write nothing about another person."),
    )

    def clean(self) -> dict[str, Any]:
        """“Not an error” and what needs no correction belong together."""
        chosen = super().clean() or {}
        released = chosen.get("remedy") in NO_ERROR
        if {"remedy", "cause"} <= chosen.keys() and released != (chosen["cause"] == Cause.NOT_AN_ERROR):
            self.add_error("cause", CONTRADICTION)
        if chosen.get("remedy") in ASKED_FOR and not chosen.get("request"):
            self.add_error("request", NO_REQUEST)
        return chosen


class OutcomeForm(ProposeForm):
    """What came of a case that is about no record."""

    request = None  # type: ignore[assignment]

    remedy = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(each.value, each.label) for each in WITHOUT_RECORD],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
