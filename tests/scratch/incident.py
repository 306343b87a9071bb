"""A large incident in a scratch portal, step by step: `python -m tests.scratch.incident make 10000`."""

import hashlib
import os
import sys

import django
from django.db.models import Max
from django.utils import timezone

STEPS = ("make", "propose", "approve", "undo", "state")


def make(count: str) -> str:
    """An incident over so many records, everybody listed; two people of staff."""
    from reports.models import Incident  # noqa: PLC0415 - Django is set up first
    from tests import factories  # noqa: PLC0415
    from tests.reports.incidents.factories import begun, many_links  # noqa: PLC0415

    institution = factories.InstitutionFactory.create()
    support = factories.UserFactory.create(role="support")
    factories.UserFactory.create(role="supervisor")
    many_links(int(count), institution)
    begun(institution, support)
    return str(Incident.objects.get().records.count())


def propose() -> str:
    """A plan whose dry run the worker does."""
    from accounts.models import User  # noqa: PLC0415
    from reports.incidents import planning  # noqa: PLC0415
    from reports.models import Incident  # noqa: PLC0415

    support, incident = User.objects.get(role="support"), Incident.objects.get()
    plan = planning.propose(
        incident=incident, remedy="unlink", reason="One terminal.", by=support, at=timezone.now()
    )
    return str(plan.pk)


def approve() -> str:
    """The last plan is approved, and a worker applies it."""
    from accounts.models import User  # noqa: PLC0415
    from reports.incidents import planning  # noqa: PLC0415
    from reports.models import Plan  # noqa: PLC0415

    plan = Plan.objects.get(pk=Plan.objects.aggregate(last=Max("pk"))["last"])
    planning.approve(plan=plan, by=User.objects.get(role="supervisor"), at=timezone.now())
    return str(plan.pk)


def undo() -> str:
    """The plan that takes the first one back, tried dry by the worker."""
    from accounts.models import User  # noqa: PLC0415
    from reports.incidents import planning  # noqa: PLC0415
    from reports.models import Plan  # noqa: PLC0415

    support, plan = User.objects.get(role="support"), Plan.objects.get(undoes=None)
    return str(planning.propose_undo(plan=plan, reason="Drill.", by=support, at=timezone.now()).pk)


def state() -> str:
    """A hash over every field of every record and every standing hold."""
    from tests.reports.incidents.factories import everything  # noqa: PLC0415

    return hashlib.sha256(repr(everything()).encode()).hexdigest()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.scratch.settings")
    django.setup()
    verb = sys.argv[1]
    if verb not in STEPS:
        sys.exit(f"one of {STEPS}")
    print(globals()[verb](*sys.argv[2:]))
