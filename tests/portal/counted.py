"""Records in a state and reports that were put right, as many as a test wants."""

import datetime

from django.utils import timezone

from accounts.models import Resident, User
from links.models import Finding, Institution, Link
from reports.kinds import State
from reports.models import Proposal, Report
from tests import factories

DECIDED = {"settled_digest": b"d" * 32}


def records(resident: Resident, institution: Institution, count: int, **state: object) -> None:
    """So many records in that state."""
    template = factories.LinkFactory.build(resident=resident, institution=institution, **state)
    fields = {
        field.attname: getattr(template, field.attname)
        for field in Link._meta.concrete_fields
        if field.name not in ("id", "public_id", "reference")
    }
    start = Link.objects.count()
    Link.objects.bulk_create(Link(**fields, reference=f"X{start + number}") for number in range(count))


def corrected(resident: Resident, institution: Institution, user: User, days: list[int]) -> None:
    """Reports that were put right after so many days."""
    received = timezone.now() - datetime.timedelta(days=200)
    for number in days:
        Report.objects.create(
            link=factories.LinkFactory.create(resident=resident, institution=institution),
            resident=resident,
            filed_by=user,
            kind="not_mine",
            state=State.CORRECTED,
            next_step_by=received.date(),
            received_at=received,
            closed_at=received + datetime.timedelta(days=number, hours=5),
        )


def decided(
    resident: Resident,
    institution: Institution,
    by: tuple[User, User],
    count: int,
    *,
    remedy: str,
    alarm: bool,
) -> None:
    """So many decisions of two people about records that the check did or did not call another person's."""
    now, found = timezone.now(), timezone.now() - datetime.timedelta(days=1)
    for _each in range(count):
        link = factories.LinkFactory.create(resident=resident, institution=institution, status="removed")
        Finding.objects.create(
            link=link, resident=resident, verdict="review", conceals=alarm, rules_version="1", found_at=found
        )
        report = Report.objects.create(
            link=link,
            resident=resident,
            filed_by=by[0],
            kind="not_mine",
            next_step_by=now.date(),
            received_at=now,
        )
        Proposal.objects.create(
            report=report,
            resident=resident,
            remedy=remedy,
            cause="not_an_error" if remedy == "release" else "same_name",
            reason="-",
            state=Proposal.State.APPROVED,
            proposed_by=by[0],
            proposed_at=now,
            decided_by=by[1],
            decided_at=now,
        )
