"""Incidents over many records, made by the same actions that people use."""

import datetime
import secrets
from typing import Any

from django.utils import timezone

from accounts.models import Resident, User
from links.models import Finding, Hold, Institution, Link
from reports.incidents import actions, planning, statements, working
from reports.models import Incident, Plan, Statement
from tests.factories import InstitutionFactory, LinkFactory, ResidentFactory, UserFactory

OFFICE = "さいたま市 支援窓口 端末3"
DAY = datetime.date(2024, 12, 5)
REASON = "The terminal stayed signed in."


def wrong_links(count: int, institution: Institution, *, owner: Resident | None = None) -> list[Link]:
    """Records that one terminal linked to as many people on one day, and that the check withheld."""
    people = [ResidentFactory.create() for _each in range(count)]
    links = [
        LinkFactory.create(
            resident=who, institution=institution, verdict="mismatch", concealed=True, held=True
        )
        for who in people
    ]
    now = timezone.now()
    Hold.objects.bulk_create(
        Hold(link=link, resident_id=link.resident_id, source="review", placed_at=now) for link in links
    )
    Finding.objects.bulk_create(
        Finding(
            link=link,
            resident_id=link.resident_id,
            verdict="mismatch",
            reasons=["number_slip"],
            elements={},
            conceals=True,
            owner=owner,
            rules_version="1",
            found_at=now,
        )
        for link in links
    )
    return links


def many_links(count: int, institution: Institution) -> None:
    """The same as wrong_links for very many, in a few statements."""
    now = timezone.now()
    people = Resident.objects.bulk_create(
        (
            ResidentFactory.build(code=f"8{place:09d}", public_id=secrets.token_urlsafe(16))
            for place in range(count)
        ),
        batch_size=1000,
    )
    links = Link.objects.bulk_create(
        (
            LinkFactory.build(
                resident=who,
                institution=institution,
                reference=f"M{place:09d}",
                verdict="mismatch",
                concealed=True,
                held=True,
            )
            for place, who in enumerate(people)
        ),
        batch_size=1000,
    )
    Hold.objects.bulk_create(
        (Hold(link=link, resident_id=link.resident_id, source="review", placed_at=now) for link in links),
        batch_size=1000,
    )


def begun(institution: Institution, by: User, **fields: Any) -> Incident:
    """An incident of that office and day, everybody listed."""
    usual = {"office": OFFICE, "day": DAY, "category": "", "cause": "shared_terminal", "scope": "doubted"}
    incident = actions.begin(institution=institution, by=by, at=timezone.now(), **(usual | fields))
    working.carry_on_incident(incident.pk)
    incident.refresh_from_db()
    return incident


def incident_of(count: int, by: User, **fields: Any) -> Incident:
    """An incident over so many wrong records."""
    institution = InstitutionFactory.create()
    wrong_links(count, institution)
    return begun(institution, by, **fields)


def told_about(link: Link, support: User, supervisor: User) -> Incident:
    """An incident around that record, about which the public was told."""
    incident = begun(link.institution, support)
    stated(incident, support)
    statements.publish(incident=incident, by=supervisor, at=timezone.now())
    return incident


def stated(incident: Incident, by: User, **parts: str) -> Statement:
    """Words for the public that wait for a second person, as the template has them."""
    texts = statements.template(incident)
    for words in texts.values():
        words.update(parts)
    done_by = timezone.localdate() + datetime.timedelta(days=14)
    words = {"texts": texts, "done_by": done_by, "reason": "The office said so."}
    return statements.propose(incident=incident, **words, by=by, at=timezone.now())


def tried(incident: Incident, by: User, remedy: str = "unlink") -> Plan:
    """A plan whose dry run is done."""
    plan = planning.propose(incident=incident, remedy=remedy, reason=REASON, by=by, at=timezone.now())
    return carried_on(plan)


def approved(incident: Incident, by: User, remedy: str = "unlink") -> Plan:
    """A plan that a second person approved, and at which no worker is yet."""
    plan = tried(incident, by, remedy)
    planning.approve(plan=plan, by=UserFactory.create(role="supervisor"), at=timezone.now())
    plan.refresh_from_db()
    return plan


def applied(incident: Incident, by: User, remedy: str = "unlink") -> Plan:
    """A plan that is done."""
    return carried_on(approved(incident, by, remedy))


def undone(plan: Plan, by: User) -> Plan:
    """The plan that took another one back."""
    undo = planning.propose_undo(plan=plan, reason="It was too much.", by=by, at=timezone.now())
    carried_on(undo)
    planning.approve(plan=undo, by=UserFactory.create(role="supervisor"), at=timezone.now())
    return carried_on(undo)


def carried_on(plan: Plan) -> Plan:
    """The plan after a worker did what it waited for."""
    working.carry_on_plan(plan.pk)
    plan.refresh_from_db()
    return plan


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every field of every record, and which holds stand: what a roll-back has to bring back."""
    fields = [field.attname for field in Link._meta.concrete_fields]
    standing = Hold.objects.active().order_by("pk").values_list("pk", "link", "source", "reference", "run")
    return {
        "links": [
            tuple(
                bytes(value) if isinstance(value, memoryview) else value
                for value in row
                if not isinstance(value, dict)
            )
            for row in Link.objects.order_by("pk").values_list(*fields)
        ],
        "holds": list(standing),
    }
