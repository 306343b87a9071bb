"""The way through the questions: which page comes before and after which."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from links.models import Link
from reports.attachments import Listed
from reports.forms import QUESTIONS

FILES = "files"
STEPS = ["what", "since", "story", FILES, "reach"]
# questions of several fields, or with something above the field, need a heading of their own
LEADS = {
    FILES: _("Do you have a photo or a paper about it?"),
    "reach": _("How shall we reach you?"),
}
LAST, SEND = _("Is everything right?"), _("Send the report")
CHANGE = _("Change")
Answer = tuple[str | Promise, str | Promise]
NOTHING = _("Nothing written")
FILES_ADDED, NO_FILES = _("Photos or papers"), _("No files")


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
            "multipart": self.step == FILES,
            # what was chosen in a file chooser cannot be kept half done
            "keep_form": "" if self.step == FILES else "question",
        }


def question_url(link: Link, step: str) -> str:
    """The address of one question."""
    return reverse("reports:question", args=[link.public_id, step])


def check_url(link: Link) -> str:
    """The address of the page on which everything is looked at before it is sent."""
    return reverse("reports:check", args=[link.public_id])


def last_page(link: Link, draft: dict[str, Any], files: list[Listed]) -> dict[str, Any]:
    """What the page shows on which everything is looked at before it is sent."""
    return {
        "link": link,
        "rows": summary(link, draft, files),
        "question": LAST,
        "action": SEND,
        "back_url": question_url(link, STEPS[-1]),
    }


def summary(link: Link, draft: dict[str, Any], files: list[Listed]) -> list[dict[str, object]]:
    """The rows of components/summary_list.html: each answer in words, with the way back to its question."""
    rows: list[dict[str, object]] = []
    for step in STEPS:
        url = f"{question_url(link, step)}?check=1"
        answers = [named(files)] if step == FILES else answered(step, draft)
        rows += [{"key": key, "value": value, "url": url, "action": CHANGE} for key, value in answers]
    return rows


def named(files: list[Listed]) -> Answer:
    """The files by their names."""
    return FILES_ADDED, ", ".join(file.name for file in files) or NO_FILES


def answered(step: str, draft: dict[str, Any]) -> Iterator[Answer]:
    """Each field of a question with its answer in words; the telephone number only where there is one."""
    for name, field in QUESTIONS[step](draft).fields.items():
        if name != "telephone" or draft.get(name):
            yield field.label or "", in_words(field, draft.get(name, ""))


def in_words(field: forms.Field, value: str) -> str | Promise:
    """An answer as people read it: the words of a choice, the text itself, or that there is none."""
    if isinstance(field, forms.ChoiceField):
        labels: dict[str, str | Promise] = dict(field.choices)  # type: ignore[arg-type]
        return labels.get(value, value)
    return value or NOTHING
