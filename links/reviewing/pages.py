"""What the pages of the review show."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from links.categories import CATEGORIES
from links.models import ReviewRun
from links.review import runs
from links.review.walk import scoped
from links.reviewing import report, stopped

TONES = {
    ReviewRun.State.OPEN: "waiting",
    ReviewRun.State.FINISHED: "ok",
    ReviewRun.State.FAILED: "attention",
    ReviewRun.State.STOPPED: "attention",
}
# "Finished" alone is the heading of a list elsewhere
WORDS = {ReviewRun.State.FINISHED: gettext_lazy("Ran to its end")}
NOTHING = datetime.timedelta(0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run came: percent of the keys, records a second, and the time that it still takes."""

    percent: int
    rate: int
    left: datetime.timedelta | None


def how_far(run: ReviewRun, *, at: datetime.datetime) -> Progress:
    """The run by its key: counting what lies ahead would cost more than many batches; one query."""
    seconds = max((run.finished_at or at) - run.started_at, NOTHING).total_seconds()
    last = scoped(run).order_by("-pk").values_list("pk", flat=True).first() or 0
    share = min(run.reached / last, 1) if last else 1.0
    is_open = run.state == ReviewRun.State.OPEN
    known = is_open and share > 0 and seconds > 0
    return Progress(
        percent=int(100 * share) if is_open else 100,
        rate=round(run.checked / seconds) if seconds else 0,
        left=datetime.timedelta(seconds=round(seconds * (1 - share) / share)) if known else None,
    )


def scope_of(run: ReviewRun) -> str:
    """What a run looks at, in words."""
    title: str | Promise = CATEGORIES[run.category] if run.category else _("All kinds")
    where = run.institution.name if run.institution else _("Every institution")
    parts = [where, str(title), *([_("only what may have changed")] if run.changed_only else [])]
    return " ・ ".join(parts)


def row(run: ReviewRun) -> dict[str, Any]:
    """A run in the list."""
    state = ReviewRun.State(run.state)
    words = WORDS.get(state, state.label)
    return {"run": run, "scope": scope_of(run), "tone": TONES.get(state, "ended"), "words": words}


def progress(run: ReviewRun) -> dict[str, Any]:
    """What the fragment shows that is fetched again and again."""
    now = timezone.now()
    return row(run) | {"progress": how_far(run, at=now)}


def page(run: ReviewRun) -> dict[str, Any]:
    """Everything that the page of one run shows."""
    found, standing = report.groups(run), report.standing(run)
    return progress(run) | {
        "may_be_taken_up": runs.can_be_taken_up(run, at=timezone.now()),
        "verdicts": report.verdicts(run),
        "unchecked": report.unchecked(run),
        "heads": [verdict.label for verdict in report.VERDICTS],
        "standing_kinds": report.by_kind(standing),
        "standing_institutions": report.by_institution(standing),
        "kinds": report.by_kind(found),
        "institutions": report.by_institution(found),
        "causes": report.causes(found),
        "stopped": stopped.of_run(run),
        "alarms": report.alarms(run),
    }
