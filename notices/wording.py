"""The words of a notice in a person's language: no personal data, no sign-in link."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from notices.kinds import KINDS, NEUTRAL
from notices.languages import whole


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject that tells a bystander nothing, and a plain text."""

    subject: str
    text: str


def letter(kind: str, *, language: str, code: str = "", neutral: bool = False) -> Letter:
    """The notice of that kind as plain text, a warning with its code; neutral, only that there is one.

    KeyError for a kind that has no words.
    """
    words = NEUTRAL if neutral and kind in KINDS else KINDS[kind]
    with translation.override(whole(language)):
        known = {"words": words, "code": code, "support_phone": settings.SUPPORT_PHONE}
        text = render_to_string("emails/notice.txt", known)
        return Letter(subject=_("There is a message for you in the portal"), text=text)
