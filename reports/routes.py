"""The order of a journey's questions, and the addresses of its pages."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Route:
    """One journey; `question` and `check` name its addresses, `args` say what it is about."""

    steps: tuple[str, ...]
    question: str
    check: str
    args: tuple[str, ...]
    start_url: str

    def url(self, step: str) -> str:
        """The address of one question."""
        return reverse(self.question, args=[*self.args, step])

    @property
    def check_url(self) -> str:
        """The address of the page on which everything is looked at before it is sent."""
        return reverse(self.check, args=self.args)

    def number(self, step: str) -> int:
        """Which question this is, from 1."""
        return self.steps.index(step) + 1

    def back_url(self, step: str, *, checking: bool) -> str:
        """The page before: the question before, where it began, or the last page."""
        if checking:
            return self.check_url
        number = self.number(step)
        return self.url(self.steps[number - 2]) if number > 1 else self.start_url

    def next_url(self, step: str, *, checking: bool) -> str:
        """The page after: the next question, or the last page."""
        number = self.number(step)
        return self.check_url if checking or number == len(self.steps) else self.url(self.steps[number])
