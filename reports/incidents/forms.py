"""What staff write and choose about an incident."""

import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText
from accounts.proposals.words import REASON
from links.categories import CATEGORIES
from links.models import Institution
from reports.desk.forms import OTHER_LANGUAGE, UNFINISHED
from reports.desk.replies import is_unfinished
from reports.desk.speech import fits
from reports.incidents.leaks import ITEMS
from reports.incidents.statements import LANGUAGES, PARTS, Texts
from reports.kinds import Cause
from reports.models import Incident, Plan

NO_SUCH = _("No institution has this code or name.")
TOO_EARLY = _("Please choose today or a later day.")
LABELS = {
    "happened": _("What happened"),
    "doing": _("What is being done"),
    "changed": _("What changed since (empty until it did)"),
}


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self, **settings: Any) -> None:
        super().__init__(format="%Y-%m-%d", **settings)


class BeginForm(forms.Form):
    """Where, when and why the same went wrong several times."""

    institution = forms.CharField(
        label=_("Institution"), help_text=_("Its code, or its whole name"), max_length=200
    )
    office = forms.CharField(
        label=_("Office or terminal, exactly as it was sent"), max_length=1000, required=False, strip=False
    )
    day = forms.DateField(label=_("Day on which the records were linked"), required=False, widget=DayInput)
    category = forms.ChoiceField(
        label=_("Kind of record"), required=False, choices=[("", _("All kinds")), *CATEGORIES.items()]
    )
    cause = forms.ChoiceField(
        label=_("Cause"), choices=[("", _("Please choose")), *Cause.choices], error_messages=CHOOSE
    )
    scope = forms.ChoiceField(
        label=_("Who is affected?"),
        choices=Incident.Scope.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def clean_institution(self) -> Institution:
        """The one with this code or name."""
        name = self.cleaned_data["institution"].strip()
        for field in ("code", "name_ja", "name_en"):
            found = Institution.objects.filter(**{field: name}).first()
            if found:
                return found
        raise forms.ValidationError(NO_SUCH)


class PlanForm(forms.Form):
    """What to do with every record, and why."""

    remedy = forms.ChoiceField(
        label=_("What shall happen to the records?"),
        choices=[each for each in Plan.Remedy.choices if each[0] != Plan.Remedy.PUT_BACK],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = FreeText(label=REASON, help_text=_("What proves it? Only staff see this."))


class ReasonForm(forms.Form):
    """Why what was done is taken back."""

    reason = FreeText(label=_("Why is it taken back?"), help_text=_("Only staff read this."))


class StatementForm(forms.Form):
    """The words of the public page in each language."""

    done_by = forms.DateField(label=_("By when is it done?"), widget=DayInput)
    reason = FreeText(
        label=_("For the second person"), help_text=_("On what does it rest? Only staff read this.")
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for language in LANGUAGES:
            name = get_language_info(language)["name_local"]
            for part in PARTS:
                self.fields[f"{part}_{language}"] = FreeText(
                    label=f"{LABELS[part]} – {name}", required=part != "changed"
                )

    def clean_done_by(self) -> datetime.date:
        """A day that is still to come."""
        day: datetime.date = self.cleaned_data["done_by"]
        if day < localdate():
            raise forms.ValidationError(TOO_EARLY)
        return day

    def clean(self) -> dict[str, Any]:
        """Each text whole and in its language; the later part in all languages or in none."""
        chosen = super().clean() or {}
        later = {language: chosen.get(f"changed_{language}", "") for language in LANGUAGES}
        for language in LANGUAGES:
            for part in PARTS:
                self.check_text(f"{part}_{language}", chosen.get(f"{part}_{language}", ""), language)
            if any(later.values()) and not later[language]:
                self.add_error(f"changed_{language}", FreeText.default_error_messages["required"])
        return chosen

    def check_text(self, name: str, text: str, language: str) -> None:
        """Refuse what was left to be written, and another language."""
        if is_unfinished(text):
            self.add_error(name, UNFINISHED)
        elif text and not fits(text, language):
            self.add_error(
                name, OTHER_LANGUAGE % {"language": get_language_info(language)["name_translated"]}
            )

    def texts(self) -> Texts:
        """By language and part."""
        return {
            language: {part: self.cleaned_data[f"{part}_{language}"] for part in PARTS}
            for language in LANGUAGES
        }


def beginning(texts: Texts) -> dict[str, str]:
    """What the form of a statement begins with."""
    return {f"{part}_{language}": texts[language][part] for language in LANGUAGES for part in PARTS}


class LeakForm(forms.Form):
    """Each item of the report to the privacy commission."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for code, words in ITEMS.items():
            self.fields[code] = FreeText(label=words)


class ReceiptForm(forms.Form):
    """The number that the commission gave."""

    receipt = forms.CharField(label=_("Number that the commission gave"), max_length=60)


class AddCaseForm(forms.Form):
    """To which incident a case belongs."""

    incident = forms.ModelChoiceField(
        label=_("Incident"),
        queryset=Incident.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        field: Any = self.fields["incident"]
        field.queryset = Incident.objects.open().select_related("institution").oldest_first()
        field.label_from_instance = lambda each: f"{each.number} {each.institution.name} {each.day or ''}"
