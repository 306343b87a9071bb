"""The way through the questions: which page comes before and after which."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from links.models import Link
from reports.attachments import Listed
from reports.forms import QUESTIONS
from reports.routes import Route

FILES = "files"
STEPS = ["what", "since", "story", FILES, "reach"]
# questions of several fields, or with something above the field, need a heading of their own
LEADS = {
    FILES: _("Do you have a photo or a paper about it?"),
    "reach": _("How shall we reach you?"),
}
LAST, SEND = _("Is everything right?"), _("Send the report")
CHANGE = _("Change")
Answer = tuple[str | Promise, str | Promise | datetime.date]
NOTHING = _("Nothing written")
# what is not mentioned where it was not asked for
UNSAID = ("telephone", "hour")
FILES_ADDED, NO_FILES = _("Photos or papers"), _("No files")


@dataclass(frozen=True, slots=True)
class Place:
    """One question of the journey about one record; `checking`: it was opened from the last page."""

    link: Link
    step: str
    checking: bool = False

    @property
    def back_url(self) -> str:
        """The page before; the record before the first."""
        return route(self.link).back_url(self.step, checking=self.checking)

    @property
    def next_url(self) -> str:
        """The page after."""
        return route(self.link).next_url(self.step, checking=self.checking)

    def page(self) -> dict[str, Any]:
        """What templates/question.html needs besides the form."""
        return {
            "link": self.link,
            "question": LEADS.get(self.step, ""),
            "back_url": self.back_url,
            "step": route(self.link).number(self.step),
            "total": len(STEPS),
            "multipart": self.step == FILES,
            # what was chosen in a file chooser cannot be kept half done
            "keep_form": "" if self.step == FILES else "question",
        }


def route(link: Link) -> Route:
    """The way through the questions about one record."""
    pages = ("reports:question", "reports:check")
    return Route(tuple(STEPS), *pages, (link.public_id,), link.get_absolute_url())


def question_url(link: Link, step: str) -> str:
    """The address of one question."""
    return route(link).url(step)


def check_url(link: Link) -> str:
    """The address of the page on which everything is looked at before it is sent."""
    return route(link).check_url


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
        answers = [named(files)] if step == FILES else answered(QUESTIONS[step], draft)
        rows += rows_of(answers, url)
    return rows


def rows_of(answers: Iterable[Answer], url: str) -> list[dict[str, object]]:
    """The rows of one question's answers."""
    return [{"key": key, "value": value, "url": url, "action": CHANGE} for key, value in answers]


def named(files: list[Listed]) -> Answer:
    """The files by their names."""
    return FILES_ADDED, ", ".join(file.name for file in files) or NO_FILES


def answered(question: type[forms.Form], draft: dict[str, Any]) -> Iterator[Answer]:
    """Each field of a question with its answer in words; the telephone number only where there is one."""
    for name, field in question(draft).fields.items():
        if name not in UNSAID or draft.get(name):
            yield field.label or "", in_words(field, draft.get(name, ""))


def in_words(field: forms.Field, value: str) -> str | Promise | datetime.date:
    """An answer as people read it: the words of a choice, a day, the text itself, or that there is none."""
    if isinstance(field, forms.DateField):
        return field.to_python(value) or NOTHING
    if isinstance(field, forms.ChoiceField):
        labels: dict[str, str | Promise] = dict(field.choices)  # type: ignore[arg-type]
        return labels.get(value, value)
    return value or NOTHING
