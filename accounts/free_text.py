"""Text that people write themselves: an individual number must not get in with it."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.jp import in_ as individual_number

# with every dash that Japanese keyboards write; after a plus it is a telephone number
TWELVE_DIGITS = re.compile(r"(?<![\d+])\d(?:[ \-‐-―−ー]?\d){11}(?!\d)")
REFUSED = _(
    "Please take the individual number (12 digits) out. We do not need it, and it must not be stored here."
)
LONGEST = 2000


def without_individual_numbers(text: str) -> str:
    """The text with □ for every digit of an individual number, full-width ones too; otherwise as it is."""
    plain = unicodedata.normalize("NFKC", text)
    hidden = TWELVE_DIGITS.sub(lambda found: covered(found[0]), plain)
    return text if hidden == plain else hidden


def covered(digits: str) -> str:
    """Twelve digits, hidden where their check digit is that of an individual number."""
    number = re.sub(r"\D", "", digits)
    return re.sub(r"\d", "□", digits) if individual_number.is_valid(number) else digits


def half_written(text: str) -> str:
    """What may be kept of a text that no form has checked yet: it may be too long, but not endless."""
    return without_individual_numbers(text.replace("\0", "")[: 2 * LONGEST])


def refuse_individual_number(text: str) -> None:
    """A validator: ValidationError where an individual number was written."""
    if without_individual_numbers(text) != text:
        raise ValidationError(REFUSED, code="individual_number")


class FreeText(forms.CharField):
    """Several lines, up to 2,000 characters, without an individual number."""

    default_error_messages = {"required": _("Please write a text first.")}

    def __init__(self, **settings: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(max_length=LONGEST, validators=[refuse_individual_number], widget=widget, **settings)
