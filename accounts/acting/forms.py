"""What people choose for a helper, the code they got, whom they ask to act for, what staff propose."""

import datetime
import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.files.fields import FilesField
from accounts.identifiers import SPEAKABLE
from accounts.identity.forms import WhoForm
from accounts.models import Mandate, MandateProposal, Resident
from accounts.proposals.forms import AboutPersonForm
from accounts.scopes import APPLIES_IN, OFF_AT_FIRST, Area, Deed, Scope

PERIODS = {"90": _("3 months"), "365": _("1 year"), "1095": _("3 years")}
NO_CODE = _("The code has an H and twelve letters and digits, for example H-7K3M-92QX-4HTD.")
# how people hear and type what the alphabet leaves out
MISHEARD = str.maketrans("OIL", "011")


class NameForm(forms.Form):
    """What a helper may see, what they may do with it, and until when."""

    see = forms.MultipleChoiceField(
        label=_("What may the helper see?"),
        help_text=_("What tells most about you is not ticked. Tick it only if the helper needs it."),
        choices=Area.choices,
        initial=[area.value for area in Area if area not in OFF_AT_FIRST],
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE | {"required": _("Please tick at least one.")},
    )
    deeds = forms.MultipleChoiceField(
        label=_("What may the helper do with it?"),
        choices=[(deed.value, deed.label) for deed in Deed if deed != Deed.SEE],
        initial=[Deed.REPORT.value, Deed.TOLD.value],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    days = forms.ChoiceField(
        label=_("For how long?"),
        help_text=_("You can end it at any time."),
        choices=list(PERIODS.items()),
        initial="365",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def chosen(self) -> Scope:
        """The areas by deed: the same for each deed, until they are changed one by one."""
        areas = self.cleaned_data["see"]
        return {Deed.SEE.value: areas} | dict.fromkeys(self.cleaned_data["deeds"], areas)

    def last_day(self, today: datetime.date) -> datetime.date:
        """Until when."""
        return today + datetime.timedelta(days=int(self.cleaned_data["days"]))


class ScopeForm(forms.Form):
    """Each area by itself: what the helper may do in it."""

    def __init__(self, *args: Any, scope: Scope, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for area in Area:
            self.fields[area.value] = forms.MultipleChoiceField(
                label=area.label,
                choices=[(d.value, d.label) for d in Deed if d != Deed.APPLY or area in APPLIES_IN],
                initial=[deed for deed, areas in scope.items() if area in areas],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            # a box that is not ticked is an answer too
            self.fields[area.value].needed_sometimes = True  # type: ignore[attr-defined]

    def chosen(self) -> Scope:
        """The areas by deed."""
        return {
            deed.value: [area.value for area in Area if deed in self.cleaned_data[area.value]]
            for deed in Deed
        }


class CodeForm(forms.Form):
    """The code that a person handed over, however it was typed."""

    code = forms.CharField(
        label=_("The code that you were given"),
        help_text=NO_CODE,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        """In the form in which it was made."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"]).upper()
        signs = re.sub(r"[\s\-‐-―−ー]", "", typed).removeprefix("H").translate(MISHEARD)
        if len(signs) != 12 or not set(signs) <= set(SPEAKABLE):
            raise forms.ValidationError(NO_CODE)
        return "-".join(["H", signs[:4], signs[4:8], signs[8:]])


class MandateForm(WhoForm):
    """Whom somebody asks to act for, and the document if it is at hand."""

    papers = FilesField(
        label=_("Photo or PDF of the document"),
        help_text=_("Three files at most. You have none at hand? Show it at a counter."),
    )

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.fields["address"].help_text = _("Where the person is registered.")


class ProposalForm(AboutPersonForm):
    """What to do about a mandate, and why; what is missing to grant it, the action says."""

    remedy = forms.ChoiceField(
        label=_("What shall happen?"),
        choices=MandateProposal.Remedy.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    document = forms.ChoiceField(
        label=_("Document that you checked"),
        choices=[("", _("None")), *MandateProposal.Document.choices],
        required=False,
    )
    ends_on = forms.DateField(
        label=_("Last day, as the document says"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = ("remedy", "document", "ends_on", "reason")
    may_be_empty = ("document", "ends_on")

    def __init__(self, *args: Any, people: list[Resident], mandate: Mandate, **settings: Any) -> None:
        super().__init__(*args, people=people, **settings)
        if mandate.kind == Mandate.Kind.PARENT:
            del self.fields["ends_on"]  # the birthday says it

    def clean(self) -> dict[str, Any]:
        """Whoever knows no last day leaves it open."""
        return {"ends_on": None} | super().clean()
