"""The way through the questions: which page comes before and after which."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from links.models import Link
from reports.forms import QUESTIONS

STEPS = list(QUESTIONS)
# questions of several fields need a heading of their own
LEADS = {"reach": _("How shall we reach you?")}
LAST, SEND = _("Is everything right?"), _("Send the report")
CHANGE = _("Change")
NOTHING = _("Nothing written")


@dataclass(frozen=True, slots=True)
class Place:
    """One question of the journey about one record; `checking`: it was opened from the last page."""

    link: Link
    step: str
    checking: bool = False

    @property
    def number(self) -> int:
        """Which question this is, from 1."""
        return STEPS.index(self.step) + 1

    @property
    def back_url(self) -> str:
        """The page before: the question before, the record before the first, or the last page."""
        if self.checking:
            return check_url(self.link)
        if self.number == 1:
            return self.link.get_absolute_url()
        return question_url(self.link, STEPS[self.number - 2])

    @property
    def next_url(self) -> str:
        """The page after: the next question, or the last page."""
        if self.checking or self.number == len(STEPS):
            return check_url(self.link)
        return question_url(self.link, STEPS[self.number])

    def page(self) -> dict[str, Any]:
        """What templates/question.html needs besides the form."""
        return {
            "link": self.link,
            "question": LEADS.get(self.step, ""),
            "back_url": self.back_url,
            "step": self.number,
            "total": len(STEPS),
            "keep_form": "question",
        }


def question_url(link: Link, step: str) -> str:
    """The address of one question."""
    return reverse("reports:question", args=[link.public_id, step])


def check_url(link: Link) -> str:
    """The address of the page on which everything is looked at before it is sent."""
    return reverse("reports:check", args=[link.public_id])


def last_page(link: Link, draft: dict[str, Any]) -> dict[str, Any]:
    """What the page shows on which everything is looked at before it is sent."""
    return {
        "link": link,
        "rows": summary(link, draft),
        "question": LAST,
        "action": SEND,
        "back_url": question_url(link, STEPS[-1]),
    }


def summary(link: Link, draft: dict[str, Any]) -> list[dict[str, object]]:
    """The rows of components/summary_list.html: each answer in words, with the way back to its question."""
    rows: list[dict[str, object]] = []
    for step, question in QUESTIONS.items():
        form = question(draft)
        for name, field in form.fields.items():
            if name == "telephone" and not draft.get(name):
                continue
            value = in_words(field, draft.get(name, ""))
            url = f"{question_url(link, step)}?check=1"
            rows.append({"key": field.label, "value": value, "url": url, "action": CHANGE})
    return rows


def in_words(field: forms.Field, value: str) -> str | Promise:
    """An answer as people read it: the words of a choice, the text itself, or that there is none."""
    if isinstance(field, forms.ChoiceField):
        labels: dict[str, str | Promise] = dict(field.choices)  # type: ignore[arg-type]
        return labels.get(value, value)
    return value or NOTHING
