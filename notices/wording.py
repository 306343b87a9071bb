"""The words of a notice in a person's language: no personal data, no sign-in link."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from notices.kinds import KINDS, NEUTRAL
from notices.languages import whole

# where a letter's code goes
PLACE = "{code}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject that tells a bystander nothing, a plain text, and one for a small screen."""

    subject: str
    text: str
    short: str = ""


def letter(kind: str, *, language: str, code: str = "", neutral: bool = False) -> Letter:
    """The notice of that kind as plain text, a warning with its code; neutral, only that there is one.

    KeyError for a kind that has no words.
    """
    form = form_of(kind, whole(language), neutral, PLACE if code else "", settings.SUPPORT_PHONE)
    return Letter(form.subject, form.text.replace(PLACE, code), form.short.replace(PLACE, code))


@lru_cache(maxsize=1024)
def form_of(kind: str, language: str, neutral: bool, code: str, phone: str) -> Letter:
    """The letter to everybody who is told the same: drawn once, for very many get it in the same minute."""
    words = NEUTRAL if neutral and kind in KINDS else KINDS[kind]
    with translation.override(language):
        known = {"words": words, "code": code, "support_phone": phone}
        text = render_to_string("emails/notice.txt", known)
        short = render_to_string("emails/notice_short.txt", known).strip()
        return Letter(subject=_("There is a message for you in the portal"), text=text, short=short)


def paper(kind: str, *, first: str, second: str) -> dict[str, str]:
    """The parts of a printed notice, in one language large and in another below it."""
    parts = sheet(kind, first)
    return parts | {
        f"second_{part}": words for part, words in sheet(kind, second).items() if part != "not_me"
    }


def sheet(kind: str, language: str) -> dict[str, str]:
    """What a sheet says in one language."""
    words = KINDS[kind]
    with translation.override(whole(language)):
        return {
            "title": str(words.title),
            "text": str(words.text),
            "open": _("To read more, please open the portal. No sign-in yet? Please call us."),
            "not_me": _(
                "Something is not right, or this was not you? "
                "Open the portal yourself and choose “This was not me”. You need not sign in. Your code:"
            ),
            "questions": _("Questions: call %(phone)s, every day from 9:30 to 20:00.")
            % {"phone": settings.SUPPORT_PHONE},
        }
