"""Every reason that a finding may name, of the rules and of the signals, in the reader's words."""

from typing import Literal

from django.utils.translation import gettext

from links.review.rules.reasons import REASONS as OF_THE_RULES
from links.review.signals import REASONS as OF_THE_SIGNALS

SENTENCES = {**OF_THE_RULES, **OF_THE_SIGNALS}
Audience = Literal["resident", "staff"]


def sentence(code: str, audience: Audience) -> str:
    """One sentence for a resident or for staff; KeyError for a code that no table has."""
    return gettext(getattr(SENTENCES[code], audience))
