"""The states of a report as a chart for people: `docs/states.md`, made out of the table in kinds.py.

`manage.py write_states` writes it; a test compares.
"""

from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from reports.clocks import DAYS
from reports.kinds import ALLOWED, CLOSED, Cause, Severity, State

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "states.md"
HEAD = """# The states of a report

Made out of `reports/kinds.py` and `reports/clocks.py` by `manage.py write_states`; do not edit it by hand.
"""


def document() -> str:
    """The whole document, in English."""
    with translation.override("en"):
        return "\n".join([HEAD, *chart(), "", *clocks(), "", *causes(), ""])


def chart() -> Iterator[str]:
    """Every allowed change, in Mermaid's language."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in State:
        yield f"    {state.value} : {state.label}"
    yield f"    [*] --> {State.RECEIVED.value}"
    for begun, following in ALLOWED.items():
        for to in following:
            yield f"    {State(begun).value} --> {to.value}"
    for state in CLOSED:
        yield f"    {state.value} --> [*]"
    yield "```"


def clocks() -> Iterator[str]:
    """Working days until the next step, by state and severity."""
    severities = sorted(Severity, reverse=True)
    yield "Working days until the next step:"
    yield ""
    yield f"| state | {' | '.join(str(severity.label) for severity in severities)} |"
    yield f"|---|{'---|' * len(severities)}"
    for waiting, days in DAYS.items():
        numbers = " | ".join(str(days[severity]) for severity in severities)
        yield f"| {State(waiting).label} | {numbers} |"


def causes() -> Iterator[str]:
    """The causes that a closed report may have."""
    yield "Causes, one of which is chosen when a correction is proposed:"
    yield ""
    for cause in Cause:
        yield f"- `{cause.value}`: {cause.label}"
