"""Commits facts into a scratch portal, each with its notice: `python -m tests.scratch.facts 200`.

Killed and started again, it goes on behind the last fact that it committed.
"""

import os
import sys

import django
from django.db import transaction
from django.utils import timezone

PEOPLE = 20


def people() -> list:
    """A few residents who each have a sign-in, made once."""
    from accounts.models import Resident  # noqa: PLC0415 - Django is set up first
    from tests import factories  # noqa: PLC0415

    with transaction.atomic():
        if not Resident.objects.exists():
            for resident in factories.ResidentFactory.create_batch(PEOPLE):
                factories.bound_user(resident)
    return list(Resident.objects.order_by("pk"))


def commit_facts(number: int) -> None:
    """So many facts (a row in the trail) with their notices, in as many transactions."""
    from accounts import audit  # noqa: PLC0415
    from accounts.models import AuditEvent  # noqa: PLC0415
    from notices.actions import tell  # noqa: PLC0415

    residents = people()
    for index in range(AuditEvent.objects.filter(verb="record.viewed").count(), number):
        resident, now = residents[index % PEOPLE], timezone.now()
        with transaction.atomic():
            audit.record("record.viewed", by=None, at=now, resident=resident)
            tell(resident_id=resident.pk, kind="record.withheld", subject=("link", f"fact-{index}"), at=now)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
    django.setup()
    commit_facts(int(sys.argv[1]))
