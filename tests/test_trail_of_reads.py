"""Every look of somebody at another's data leaves a row in the trail: an address that is missing here fails.

The page of one record, report, application or certificate is recorded whoever opens it; pages of several
things, and of what was not sent yet, where somebody else than the resident does.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Resident
from reports import actions
from tests import factories
from tests.certificates import factories as certificates
from tests.reports import factories as reports
from tests.reports.factories import ANSWERS
from tests.reports.other import MISSING
from tests.test_access import TABLE, World, at_a_browser, settled, world

__all__ = [
    "settled",
    "world",
]  # the fixtures: the same people and things as in the table of who may open what
STAFF = ("support", "supervisor", "auditor")
COUNTING = 6  # queries by which the cache of one server counts what somebody sends in a minute
# of the first look the person is told: whether it is the first, whose trail, a savepoint, the notice
TOLD_ONCE = 6


def nothing(world: World) -> None:
    """Nothing but the world itself."""


@dataclass(frozen=True)
class Look:
    """Who opens the page, what the trail says then, what is sent, and what must be so before."""

    by: str
    verb: str
    method: str = "get"
    data: Callable[[World], dict[str, str]] = lambda world: {}
    args: Callable[[World], tuple[object, ...]] | None = None
    given: Callable[[World], None] = nothing
    others: Callable[[World], set[object]] = lambda world: set()


def answered(world: World) -> None:
    """The parent answered every question: about a report, and about a certificate to replace a lost one."""
    by = world.users["parent"]
    actions.keep(link=world.link, answers=ANSWERS, by=by, at=timezone.now())
    certificates.draft(world.person, by, {"card": "none", "help": "lost"})


def answered_other(world: World) -> None:
    """The parent answered every question about a record that is missing."""
    by = world.users["parent"]
    actions.keep_other(resident=world.person, kind="missing", answers=MISSING, by=by, at=timezone.now())


def decided(world: World) -> None:
    """Two people decided about the report."""
    support, supervisor = world.users["support"], world.users["supervisor"]
    reports.do("take", world.report, support)
    reports.do("propose", world.report, support, **reports.CORRECTION)
    reports.do("approve", world.report, supervisor)


def in_private(world: World) -> None:
    """A member of staff has authority for the resident."""
    factories.authority(agent=world.users["support"], subject=world.person)


def attached(world: World) -> None:
    """The parent added a photo to a draft."""
    world.draft_file = reports.attached(world.link, world.users["parent"]).file


def alike(world: World) -> set[object]:
    """Namesakes who were born on that day are compared too, and whoever asks is on the page."""
    return set(Resident.objects.filter(name=world.person.name, birth_date=world.person.birth_date))


def note(world: World) -> tuple[object, ...]:
    return (world.report.public_id, "note")


PARENT = "parent"
LOOKS: dict[str, list[Look]] = {
    "portal:home": [Look(PARENT, "people.viewed")],
    "portal:people": [Look(PARENT, "people.viewed"), Look("support", "people.viewed", given=in_private)],
    "portal:person": [Look(PARENT, "person.viewed"), Look("support", "person.viewed", given=in_private)],
    "portal:summary": [Look(PARENT, "person.viewed"), Look("support", "person.viewed", given=in_private)],
    "calls:work": [Look("support", "call.opened")],
    "portal:trail": [Look(PARENT, "trail.viewed"), Look("support", "trail.viewed", given=in_private)],
    "portal:trail_csv": [Look(PARENT, "trail.downloaded")],
    "portal:trail_json": [Look(PARENT, "trail.downloaded")],
    "portal:inbox": [Look(PARENT, "notices.viewed")],
    "links:record": [Look(PARENT, "record.viewed"), Look("support", "record.viewed", given=in_private)],
    "links:details": [Look(PARENT, "record.details_opened", "post")],
    "reports:list": [Look(PARENT, "reports.viewed")],
    "reports:mine": [Look(PARENT, "record.viewed")],
    "reports:question": [Look(PARENT, "record.viewed"), Look(PARENT, "record.viewed", "post")],
    "reports:check": [Look(PARENT, "record.viewed", given=answered)],
    "reports:other_start": [Look(PARENT, "person.viewed")],
    "reports:seen": [Look(PARENT, "person.viewed")],
    "reports:other_question": [Look(PARENT, "person.viewed")],
    "reports:other_check": [Look(PARENT, "person.viewed", given=answered_other)],
    "reports:other_discard": [Look(PARENT, "person.viewed")],
    "reports:summary": [Look(PARENT, "report.viewed")],
    "reports:reopen": [Look(PARENT, "report.viewed", given=decided)],
    "reports:files": [Look(PARENT, "record.viewed")],
    "reports:draft_file": [Look(PARENT, "report.file_opened", given=attached)],
    "reports:discard": [Look(PARENT, "record.viewed")],
    "lookup:person": [
        Look("support", "person.looked_up", "post", data=lambda world: {"purpose": "call"}),
        Look("supervisor", "person.looked_up", "post", data=lambda world: {"purpose": "case"}),
    ],
    "reports:incident": [Look(PARENT, "incident.viewed")],
    "reports:report": [Look(PARENT, "report.viewed")],
    "reports:file": [Look(PARENT, "report.file_opened")],
    "reports:sent": [Look(PARENT, "report.viewed")],
    "reports:message": [Look(PARENT, "report.viewed", "post")],
    "reports:withdraw": [Look(PARENT, "report.viewed")],
    "desk:case": [Look(by, verb) for by in STAFF for verb in ("report.viewed", "record.viewed")],
    "desk:file": [Look(by, "report.file_opened") for by in STAFF],
    "desk:step": [Look("support", "report.viewed", method, args=note) for method in ("get", "post")],
    "identity:claim": [Look(by, "sign_in.claim_viewed") for by in STAFF],
    "identity:propose": [Look("support", "sign_in.claim_viewed", "post")],
    "identity:send_back": [Look("supervisor", "sign_in.claim_viewed", "post")],
    "identity:print_again": [Look("support", "sign_in.letter_printed", "post")],
    "acting:mandate": [Look(by, "authority.compared", others=alike) for by in STAFF],
    "acting:propose": [Look("support", "authority.compared", "post", others=alike)],
    "acting:send_back": [Look("supervisor", "authority.compared", "post", others=alike)],
    "acting:person": [Look(by, "authority.viewed") for by in STAFF if by != "auditor"],
    "protection:person": [Look(by, "protection.viewed") for by in STAFF if by != "auditor"],
    "certificates:check": [
        Look("visitor", "certificate.checked", data=lambda world: {"code": world.certificate.number})
    ],
    "certificates:compare": [
        Look(
            "visitor",
            "certificate.compared",
            "post",
            data=lambda world: {
                "number": world.certificate.number,
                "birth_date": world.person.birth_date,
            },
        )
    ],
    "certificates:start": [Look(PARENT, "certificate.looked_into")],
    "certificates:together": [Look(PARENT, "people.viewed")],
    "certificates:letter": [Look("support", "certificate.printed")],
    "certificates:declaration": [Look(PARENT, "certificate.looked_into")],
    "certificates:question": [Look(PARENT, "certificate.looked_into", method) for method in ("get", "post")],
    "certificates:verdict": [Look(PARENT, "certificate.looked_into", given=answered)],
    "certificates:apply": [Look(PARENT, "certificate.looked_into", given=answered)],
    "certificates:application": [Look(PARENT, "certificate.application_viewed")],
    "certificates:received": [Look(PARENT, "certificate.application_viewed")],
    "certificates:certificate": [Look(PARENT, "certificate.viewed")],
    "certificates:download": [Look(PARENT, "certificate.downloaded")],
    "certificates:review": [Look(by, "certificate.application_viewed") for by in STAFF],
    "certificates:return": [Look("support", "certificate.application_viewed", "post")],
}

# fetching a file is in the trail too, but about nobody in particular: tests/links/uploads/test_views.py
IMPORTS = {name for name in TABLE if name.startswith("imports:")}
DEED = "shows nothing: it does something, and leads to a page that is recorded"
SEVERAL = "each look stands in the trail: tests/certificates/views/test_together.py"
EXEMPT = {
    "portal:notice": DEED,
    "portal:staff": "names no resident: cases as in the queue, institutions",
    "portal:message_report": "for machines",
    "portal:metrics": "sums of everybody",
    "portal:security_txt": "the same for everyone",
    "portal:outbox": "sums of everybody",
    "portal:notice_kinds": "the same for everyone",
    "portal:institutions": "sums of everybody",
    "portal:institution": "sums of everybody",
    "portal:figures": "sums of everybody",
    **dict.fromkeys(("portal:incidents", "portal:incident"), "names nobody; sums of everybody"),
    **dict.fromkeys(
        (
            *("incidents:list", "incidents:incident", "incidents:progress", "incidents:statement"),
            *("incidents:preview", "incidents:leak", "incidents:leak_sent"),
        ),
        "names nobody: the office, sums and words for everybody",
    ),
    "incidents:records": "neither names nor references: who needs them opens the case",
    **dict.fromkeys(
        ("counter:visit", "counter:fill_in", "counter:check"), "after counter:begin, which is recorded"
    ),
    **dict.fromkeys(("counter:begin", "counter:end", "lookup:ask"), DEED),
    "counter:over": "shows nothing of anybody",
    "lookup:seek": "whoever is found is recorded: tests/portal/test_lookup.py",
    **dict.fromkeys(("desk:team", "desk:team_csv"), "sums of everybody"),
    "incidents:add_case": "the case's number and kind as in the queue",
    **dict.fromkeys(
        (
            *("incidents:step", "incidents:propose", "incidents:approve", "incidents:return_plan"),
            *("incidents:undo", "incidents:plan_step", "incidents:publish", "incidents:return_statement"),
        ),
        DEED,
    ),
    "portal:figures_csv": "sums of everybody",
    "portal:figures_json": "sums of everybody",
    "portal:own_trail": "leads to a page that is recorded",
    "jwks": "public keys",
    "certificates:by_post": "shows nothing of anybody",
    "certificates:by_post_sent": "shows nothing of anybody",
    "certificates:end": DEED,
    "certificates:lost": DEED,
    "certificates:revoked": "places that name nobody",
    "portal:trail_heads": "hashes that tell nobody anything",
    "portal:help": "the same for everyone",
    "portal:help_topic": "the same for everyone",
    "portal:help_section": "the same for everyone",
    **dict.fromkeys(("portal:manifest", "portal:worker", "portal:offline"), "the same for everyone"),
    "portal:display": "a switch",
    "portal:not_me": "shows nothing of anybody",
    "portal:disavowed": "shows a number, to who made the report",
    "reports:confirm": DEED,
    "portal:leave": "one's own: counts",
    "portal:left": "for whoever is nobody here",
    "portal:keeping": "the same for everyone",
    "portal:copy": "one's own, and nothing of what is in it",
    "portal:copy_ask": DEED,
    "portal:copy_fetch": "one's own only, recorded: tests/portal/privacy/test_copies.py",
    "portal:copy_throw_away": DEED,
    "portal:live": "for machines",
    "portal:ready": "for machines",
    "set_language": "a switch",
    **{name: "for machines" for name in TABLE if name.startswith("api:")},
    "links:confirm": DEED,
    **{name: "names no resident: counts" for name in TABLE if name.startswith("review:")},
    "reports:start": DEED,
    "reports:other": "leads to a page that is recorded",
    "calls:ask": "one's own",
    "calls:number": "one's own",
    "calls:call": "one's own",
    "calls:withdraw": DEED,
    "calls:waiting": "names no resident: when to call",
    "desk:queue": "names no resident: number, kind of record, institution",
    "desk:keep_search": "a choice of cases, no person",
    "inquiries:list": "names the institution's own record, no resident",
    "inquiries:inquiry": "by officers of the institution: tests/reports/inquiries",
    "desk:drop_search": "a choice of cases, no person",
    "desk:next": "leads to another case, which is recorded",
    "desk:previous": "leads to another case, which is recorded",
    "desk:viewing": "who else looks, and whether the case changed: nothing of the resident",
    "desk:owner": "for a purpose: tests/reports/desk/test_owner.py",
    **dict.fromkeys(IMPORTS, "names no resident: institutions, figures, references"),
    "identity:list": "names no resident: numbers of requests",
    "identity:print": "each letter leaves the row of print_again: tests/accounts/identity/test_letters.py",
    "identity:approve": DEED,
    "posting:list": "names no resident: counts, codes of batches",
    "posting:print": DEED,
    "posting:returned": DEED,
    "posting:fetch": "each letter leaves a row: tests/accounts/posting/test_printing.py",
    "acting:list": "names no resident: numbers of requests",
    "acting:seek": "whom it finds is recorded: tests/accounts/acting/test_people.py",
    "acting:end": DEED,
    "acting:paper": "stands in the trail of whoever handed it in: test_a_paper_is_opened below",
    "acting:approve": DEED,
    "protection:list": "whom it finds is recorded: tests/accounts/protection/test_views.py",
    "protection:ask": "shows nothing of the person; who asks is recorded: accounts/protection/clearing.py",
    "protection:answer": DEED,
    "protection:step": DEED,
    "certificates:together_next": DEED,
    "certificates:together_wish": "names nobody",
    "certificates:together_question": SEVERAL,
    "certificates:together_verdict": SEVERAL,
    "certificates:together_check": SEVERAL,
    "certificates:together_sent": SEVERAL,
    "certificates:queue": "names no resident: number, reason, institution",
    "certificates:letter_back": DEED,
    "certificates:batches": "names no resident: kinds and states",
    "certificates:batch": "names no resident: counts, numbers of certificates, references",
    "certificates:batch_progress": "names no resident: counts",
    "certificates:batch_manifest": "names no resident: numbers of certificates, hashes",
    "certificates:batch_step": DEED,
    "certificates:batch_letters": "each letter stands in the trail: tests/certificates/bulk/test_steps.py",
    "certificates:without_employer": DEED,
    "certificates:propose": DEED,
    "certificates:issue": DEED,
}


def test_every_address_of_ours_is_recorded_or_exempt() -> None:
    ours = {name for name in TABLE if not name.startswith(("account_", "accounts:", "mfa_"))}

    assert LOOKS.keys() | EXEMPT.keys() == ours
    assert not LOOKS.keys() & EXEMPT.keys()


@pytest.mark.parametrize(
    ("name", "look"),
    [
        pytest.param(name, look, id=f"{name}-{look.by}-{look.method}")
        for name in LOOKS
        for look in LOOKS[name]
    ],
)
def test_a_look_at_another_s_data_is_in_the_trail(name, look, world, django_assert_max_num_queries) -> None:
    look.given(world)
    client, user = at_a_browser(world, look.by), world.users[look.by]
    already = set(AuditEvent.objects.values_list("pk", flat=True))

    address = reverse(name, args=(look.args or TABLE[name].args)(world))
    most = (20 if look.by in STAFF else 15) + (COUNTING if look.method == "post" else 0) + TOLD_ONCE
    with django_assert_max_num_queries(most):
        page = getattr(client, look.method)(address, look.data(world))

    assert page.status_code == 200
    written = AuditEvent.objects.exclude(pk__in=already).filter(verb=look.verb, actor=user)
    assert world.person in {event.resident for event in written}
    assert {event.resident for event in written} <= {world.person, *(look.others(world))}
    # who uses no authority says why
    assert all(event.on_behalf or event.purpose for event in written if user)


@pytest.mark.parametrize(
    "name",
    [
        "portal:home",
        "portal:people",
        "portal:person",
        "portal:inbox",
        "portal:trail",
        "reports:list",
        "certificates:start",
        "certificates:declaration",
    ],
)
def test_one_s_own_lists_leave_no_row(name, world) -> None:
    assert own_rows(name, world) == 0


@pytest.mark.parametrize(
    "name",
    [
        "links:record",
        "reports:report",
        "reports:file",
        "certificates:application",
        "certificates:certificate",
    ],
)
def test_the_page_of_one_thing_is_recorded_for_the_resident_too(name, world) -> None:
    assert own_rows(name, world) == 1


def own_rows(name: str, world: World) -> int:
    """How many rows it leaves that the resident opens the page."""
    client = at_a_browser(world, "resident")
    before = AuditEvent.objects.count()
    assert client.get(reverse(name, args=TABLE[name].args(world))).status_code == 200
    return AuditEvent.objects.count() - before


def test_a_paper_is_opened(world) -> None:
    client = at_a_browser(world, "support")

    page = client.get(reverse("acting:paper", args=[world.mandate.public_id, 1]))

    assert page.status_code == 200
    event = AuditEvent.objects.get(verb="authority.paper_opened")
    assert (event.resident, event.purpose) == (
        world.users["neighbour"].bindings.get().resident,
        world.mandate.number,
    )
