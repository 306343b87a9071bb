"""How an officer answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import CHOOSE
from accounts.free_text import FreeText
from reports.models import Inquiry

YES, NO = "yes", "no"
TO_A_QUESTION = ((YES, _("Here is our answer")), (NO, _("We cannot answer this")))
TO_A_REQUEST = ((YES, _("We have done it")), (NO, _("We cannot do it")))


class AnswerForm(forms.Form):
    """Whether it is done, and what there is to say."""

    done = forms.TypedChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == YES,
        error_messages=CHOOSE,
    )
    text = FreeText(
        label=_("What do you want to tell us?"),
        help_text=_("Our support reads this. Write no individual number."),
    )

    def __init__(self, data: object, *, inquiry: Inquiry) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        answers = TO_A_REQUEST if inquiry.is_request else TO_A_QUESTION
        self.fields["done"].choices = answers  # type: ignore[attr-defined]
