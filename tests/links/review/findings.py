"""What a review found about records, and what the signals say about them."""

import datetime

from links.models import Finding, Link
from links.review import signals
from links.review.outcomes import open_case

TODAY = datetime.date(2026, 11, 23)


def found(link: Link) -> tuple[str, list[str]]:
    """The verdict and reasons of the link's last finding."""
    finding = Finding.objects.filter(link=link).latest("id")
    return finding.verdict, finding.reasons


def spoken(*links: Link) -> dict[int, list[str]]:
    """What the signals say about these links."""
    return dict(signals.find([open_case(link) for link in links], on=TODAY))
