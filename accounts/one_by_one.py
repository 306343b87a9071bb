"""A form of several questions, in the simple version one a page: what was answered before goes along, hidden.

A page sends `asked`, the question that it showed, `answered`, those before it, and `back` to return.
"""

from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.display import is_simple


class Questions:
    """The questions of a form, as many as its page shows."""

    def __init__(self, request: HttpRequest, form: forms.Form) -> None:
        self.form, self.sent = form, request.POST
        self.names = list(form.fields)
        self.apart = is_simple(request) and (not form.is_bound or "asked" in self.sent)
        asked = self.sent.get("asked", "")
        self.place = self.names.index(asked) if asked in self.names else 0
        self.next = self._next() if self.apart else len(self.names)

    @property
    def finished(self) -> bool:
        """Whether all was answered, and well."""
        return self.form.is_bound and self.next == len(self.names) and self.form.is_valid()

    def context(self) -> dict[str, Any]:
        """What question.html shows; where the questions stand apart, of the form one only is left visible."""
        if not self.apart:
            return {"form": self.form}
        shown = min(self.next, len(self.names) - 1)
        answered = self._answered()
        self._leave(self.names[shown], answered)
        told: dict[str, Any] = {
            "form": self.form,
            "asked": self.names[shown],
            "answered": answered,
            "step": shown + 1,
            "total": len(self.names),
            "question": "",
        }
        later = {"hint": "", "back_url": ""} if shown else {}
        return told | later | ({} if shown == len(self.names) - 1 else {"action": ""})

    def _next(self) -> int:
        """The place of the question to be shown; behind the last where none is left."""
        if not self.form.is_bound:
            return 0
        if "back" in self.sent:
            return max(self.place - 1, 0)
        wrong = (place for place in range(self.place + 1) if self.names[place] in self.form.errors)
        return next(wrong, self.place + 1)

    def _answered(self) -> list[str]:
        """The questions that were answered before this page, in their order."""
        known = {*self.sent.getlist("answered"), self.sent.get("asked", "")}
        return [name for name in self.names if name in known]

    def _leave(self, shown: str, answered: list[str]) -> None:
        """Show one question only: as it was sent where something is wrong, otherwise as answered before."""
        if shown not in self.form.errors and not self.form.non_field_errors():
            self._begin_with(answered)
        for name in [name for name in self.names if name != shown]:
            field = self.form.fields[name]
            self.form.errors.pop(name, None)
            # a browser sends no file twice
            if name in answered and not field.widget.needs_multipart_form:
                field.widget = field.hidden_widget()
            else:
                del self.form.fields[name]

    def _begin_with(self, answered: list[str]) -> None:
        """The form as if nothing had been sent, filled with what was."""
        for name in answered:
            widget = self.form.fields[name].widget
            self.form.initial[name] = widget.value_from_datadict(self.sent, self.form.files, name)
        self.form.is_bound = False
        self.form.full_clean()
