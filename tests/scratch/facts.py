"""Commits facts into a scratch portal, each with its notice: `python -m tests.scratch.facts 200`."""

import os
import sys

import django
from django.utils import timezone

PEOPLE = 20


def commit_facts(number: int) -> None:
    """So many notices in as many transactions, spread over a few residents who each have a sign-in."""
    from notices.actions import tell  # noqa: PLC0415 - Django is set up first
    from tests import factories  # noqa: PLC0415

    residents = [factories.ResidentFactory.create() for _person in range(PEOPLE)]
    for resident in residents:
        factories.bound_user(resident)
    for index in range(number):
        subject = ("link", f"fact-{index}")
        resident_id = residents[index % PEOPLE].pk
        tell(resident_id=resident_id, kind="record.withheld", subject=subject, at=timezone.now())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
    django.setup()
    commit_facts(int(sys.argv[1]))
