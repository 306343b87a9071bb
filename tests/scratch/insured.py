"""People on a list of bulk issue, in a scratch portal: `python -m tests.scratch.insured list 40`.

`start` has the list issued, `quiet` lets the worker's last sign of life be two minutes ago.
"""

import os
import sys
from datetime import timedelta

import django
from django.utils import timezone


def list_them(count: int) -> None:
    """So many people, and a list of them that a worker is asked for."""
    from certificates.bulk import actions  # noqa: PLC0415 - Django is set up first
    from certificates.models import Batch  # noqa: PLC0415
    from tests.certificates.bulk.lists import insured  # noqa: PLC0415
    from tests.factories import UserFactory  # noqa: PLC0415

    for _person in range(count):
        insured()
    staff = UserFactory.create(role="support")
    actions.make(kind=Batch.Kind.MONTHLY, by=staff, at=timezone.now())


def start() -> None:
    """What a member of staff presses."""
    from accounts.models import User  # noqa: PLC0415
    from certificates.bulk import actions  # noqa: PLC0415
    from certificates.models import Batch  # noqa: PLC0415

    actions.start(batch=Batch.objects.get(), by=User.objects.get(role="support"), at=timezone.now())


def quiet() -> None:
    """Two minutes later, for whoever asks how long it is since a worker said something."""
    from certificates.models import Batch  # noqa: PLC0415

    Batch.objects.update(worked_at=timezone.now() - timedelta(minutes=2))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
    django.setup()
    if sys.argv[1] == "list":
        list_them(int(sys.argv[2]))
    else:
        {"start": start, "quiet": quiet}[sys.argv[1]]()
