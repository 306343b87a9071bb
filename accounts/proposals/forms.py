"""What the forms have in common in which staff propose, decide and seek a request."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText
from accounts.models import Resident
from accounts.proposals.words import REASON


class FindForm(forms.Form):
    """The number that somebody says at the counter."""

    number = forms.CharField(
        label=_("Number of the request"), max_length=20, help_text=_("For example K-7K3M-92QX.")
    )

    def clean_number(self) -> str:
        """In the form in which it is kept."""
        return unicodedata.normalize("NFKC", self.cleaned_data["number"]).strip().upper()


class SendBackForm(forms.Form):
    """Why a proposal goes back."""

    text = FreeText(
        label=_("Why does it go back?"), help_text=_("Your colleague reads this. The resident does not.")
    )


class AboutPersonForm(forms.Form):
    """A proposal about one of the people on the page. `may_be_empty` names what a refusal does not need."""

    reason = FreeText(label=REASON, help_text=_("What did you see? Only staff read this."))
    may_be_empty: tuple[str, ...] = ()

    def __init__(self, *args: Any, people: list[Resident], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.people = {who.public_id: who for who in people}
        choices = [(key, f"{who.name} {who.birth_date}") for key, who in self.people.items()]
        if choices:
            self.fields["resident"] = forms.ChoiceField(
                label=_("Person of the register"),
                choices=choices,
                widget=forms.RadioSelect,
                required=False,
                error_messages=CHOOSE,
                initial=choices[0][0] if len(choices) == 1 else None,
            )
        for name in {"resident", *self.may_be_empty} & set(self.fields):
            self.fields[name].needed_sometimes = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The person is one of those on the page."""
        chosen = super().clean() or {}
        chosen["resident"] = self.people.get(chosen.get("resident") or "")
        return chosen
