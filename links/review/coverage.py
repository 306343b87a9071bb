"""When each record was last checked: by the finished runs that covered it, or since then by itself."""

import datetime
from collections.abc import Sequence

from django.db.models import Max

from links.models import Finding, Link, ReviewRun


def last_checked_on(link: Link) -> datetime.datetime | None:
    """When this link was last checked; None while it has no verdict."""
    return last_checked([link])[link.pk]


def last_checked(links: Sequence[Link]) -> dict[int, datetime.datetime | None]:
    """When each link of a page was last checked, by its key; two queries however many they are."""
    runs = whole_runs(links)
    found = last_found(links)
    return {link.pk: _latest(link, runs, found.get(link.pk)) if link.verdict else None for link in links}


Runs = dict[tuple[int | None, str], tuple[datetime.datetime, datetime.datetime]]


def whole_runs(links: Sequence[Link]) -> Runs:
    """Start and end of the last full run by its scope: institution or None, category or empty."""
    finished = ReviewRun.objects.finished().filter(changed_only=False).exclude(finished_at=None)
    rows = finished.values("institution", "category").annotate(
        start=Max("started_at"), end=Max("finished_at")
    )
    institutions = {None, *(link.institution_id for link in links)}
    return {
        (x["institution"], x["category"]): (x["start"], x["end"])
        for x in rows
        if x["institution"] in institutions
    }


def last_found(links: Sequence[Link]) -> dict[int, datetime.datetime]:
    """When each link's last finding was written."""
    rows = Finding.objects.filter(link__in=[link.pk for link in links]).values("link")
    return dict(rows.annotate(at=Max("found_at")).values_list("link", "at"))


def _latest(link: Link, runs: Runs, found_at: datetime.datetime | None) -> datetime.datetime | None:
    """The latest of the finding and the runs that began after the link last changed."""
    scopes = [
        (institution, category)
        for institution in (None, link.institution_id)
        for category in ("", link.category)
    ]
    ends = [runs[scope][1] for scope in scopes if scope in runs and runs[scope][0] >= link.changed_at]
    return max([*ends, *([found_at] if found_at else [])], default=None)
