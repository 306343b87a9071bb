"""Every address of the service against every kind of visitor: an address that is missing here fails.

What belongs to somebody else is not there (404); a wrong role is refused (403); everything is private unless
the table says otherwise.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.acting import naming
from accounts.models import User
from certificates.models import Insurer, Seat
from links.categories import CATEGORIES
from links.models import Officer, ReviewRun
from notices.actions import tell
from reports.forms import QUESTIONS
from tests import factories
from tests.accounts.acting import stating as mandates
from tests.accounts.identity import stating as claims
from tests.certificates import factories as certificates
from tests.certificates.bulk import lists
from tests.links.uploads import factories as uploads
from tests.reports import factories as reports
from tests.reports.calls import factories as calls
from tests.reports.incidents import factories as incidents

VISITORS = (
    "visitor",
    "unbound",
    "resident",
    "neighbour",
    "parent",
    "ended_carer",
    "support",
    "supervisor",
    "auditor",
    "data_officer",
    "officer",
)
PAGE, AWAY, SIGN_IN, PROVE, FORBIDDEN, NOT_THERE = "page", "away", "sign in", "prove it again", 403, 404
FIRST_QUESTION = next(iter(QUESTIONS))
World = SimpleNamespace
Outcome = str | int


def everyone(outcome: Outcome, **others: Outcome) -> dict[str, Outcome]:
    """The same for all, but for those who are named."""
    return dict.fromkeys(VISITORS, outcome) | others


def signed_in(outcome: Outcome, **others: Outcome) -> dict[str, Outcome]:
    """The same for all who are signed in."""
    return everyone(outcome, visitor=SIGN_IN, **others)


def concerned(outcome: Outcome) -> dict[str, Outcome]:
    """The resident and who may act for them; for everyone else it is not there."""
    return signed_in(NOT_THERE, resident=outcome, parent=outcome)


def staff(outcome: Outcome, **others: Outcome) -> dict[str, Outcome]:
    """Who works at the desk; everyone else is refused."""
    at_the_desk = dict.fromkeys(("support", "supervisor", "auditor"), outcome)
    return signed_in(FORBIDDEN, **(at_the_desk | others))


def residents(outcome: Outcome) -> dict[str, Outcome]:
    """Everyone with a sign-in of their own; staff are refused."""
    return signed_in(outcome, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))


def importers(outcome: Outcome) -> dict[str, Outcome]:
    """Who imports files; everyone else is refused."""
    return signed_in(FORBIDDEN, data_officer=outcome)


@dataclass(frozen=True)
class Row:
    """What happens at one address; `args` makes its address out of the world."""

    expected: dict[str, Outcome]
    args: Callable[[World], tuple[object, ...]] = lambda world: ()
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)


def link(world: World) -> tuple[object, ...]:
    return (world.link.public_id,)


def person(world: World) -> tuple[object, ...]:
    return (world.person.public_id,)


def report(world: World) -> tuple[object, ...]:
    return (world.report.public_id,)


def file(world: World) -> tuple[object, ...]:
    return (world.report.public_id, world.file.public_id)


def draft_file(world: World) -> tuple[object, ...]:
    return (world.link.public_id, world.draft_file.public_id)


def application(world: World) -> tuple[object, ...]:
    return (world.application.public_id,)


def run(world: World) -> tuple[object, ...]:
    return (world.run.public_id,)


def batch(world: World) -> tuple[object, ...]:
    return (world.batch.public_id,)


def certificate(world: World) -> tuple[object, ...]:
    return (world.certificate.public_id,)


def upload(world: World) -> tuple[object, ...]:
    return (world.upload.public_id,)


def claim(world: World) -> tuple[object, ...]:
    return (world.claim.public_id,)


def offer(world: World) -> tuple[object, ...]:
    return (world.offer.public_id,)


def authority(world: World) -> tuple[object, ...]:
    return (world.authority.public_id,)


def mandate(world: World) -> tuple[object, ...]:
    return (world.mandate.public_id,)


def job(world: World) -> tuple[object, ...]:
    return (world.job.public_id,)


def feed_import(world: World) -> tuple[object, ...]:
    return (world.feed_import.public_id,)


def incident(world: World) -> tuple[object, ...]:
    return (world.incident.public_id,)


def plan(world: World) -> tuple[object, ...]:
    return (world.incident.public_id, world.plan.public_id)


def stage(world: World) -> tuple[object, ...]:
    return (world.incident.public_id, "final")


def call(world: World) -> tuple[object, ...]:
    return (world.call.public_id,)


TABLE: dict[str, Row] = {
    # the whole service
    "portal:home": Row(signed_in(PAGE, **dict.fromkeys(VISITORS[-5:], AWAY))),
    "portal:people": Row(signed_in(PAGE)),
    "portal:person": Row(concerned(PAGE), person),
    "portal:summary": Row(concerned(PAGE), person),
    "portal:inbox": Row(signed_in(PAGE)),
    "portal:notice": Row(concerned(AWAY), lambda world: (world.notice.public_id,)),
    "portal:staff": Row(staff(PAGE, data_officer=PAGE)),
    "portal:outbox": Row(staff(PAGE, support=FORBIDDEN, data_officer=PAGE)),
    "portal:notice_kinds": Row(staff(PAGE, support=FORBIDDEN, data_officer=PAGE)),
    # for providers, who sign: tests/portal/outbox/test_hooks.py
    "portal:message_report": Row(everyone(FORBIDDEN), lambda world: ("sms",), "post"),
    "portal:institutions": Row(everyone(PAGE)),
    "portal:institution": Row(everyone(PAGE), lambda world: (world.link.institution.code,)),
    "portal:figures": Row(everyone(PAGE)),
    "portal:incidents": Row(everyone(PAGE)),
    "portal:incident": Row(everyone(PAGE), lambda world: (world.incident.number,)),
    "portal:figures_csv": Row(everyone(PAGE)),
    "portal:figures_json": Row(everyone(PAGE)),
    "portal:own_trail": Row(signed_in(AWAY)),
    "portal:trail": Row(concerned(PAGE), person),
    "portal:trail_csv": Row(concerned(PAGE), person),
    "portal:trail_json": Row(concerned(PAGE), person),
    "portal:trail_heads": Row(everyone(PAGE)),
    "portal:help": Row(everyone(PAGE), data={"q": "保険証"}),
    "portal:help_topic": Row(everyone(PAGE), lambda world: ("mistakes",)),
    "portal:help_section": Row(everyone(PAGE), lambda world: ("mistakes", "same_name")),
    "portal:not_me": Row(everyone(PAGE)),
    "portal:disavowed": Row(everyone(AWAY)),
    "portal:manifest": Row(everyone(PAGE)),
    "portal:worker": Row(everyone(PAGE)),
    "portal:offline": Row(everyone(PAGE)),
    "portal:display": Row(everyone(AWAY), method="post"),
    "portal:left": Row(everyone(PAGE)),
    "portal:keeping": Row(everyone(PAGE)),
    "portal:leave": Row(signed_in(PAGE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))),
    # one's own data: the person's own sign-in only; staff have none
    "portal:copy": Row(signed_in(PAGE, unbound=NOT_THERE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))),
    "portal:copy_ask": Row(
        signed_in(AWAY, unbound=NOT_THERE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN)), method="post"
    ),
    "portal:copy_fetch": Row(
        signed_in(PROVE, unbound=NOT_THERE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN)), method="post"
    ),
    "portal:copy_throw_away": Row(
        signed_in(AWAY, unbound=NOT_THERE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN)), method="post"
    ),
    "portal:live": Row(everyone(PAGE)),
    "portal:ready": Row(everyone(PAGE)),
    # without an address of the installation
    "portal:security_txt": Row(everyone(NOT_THERE)),
    # for who shows the installation's token, which is nobody here
    "portal:metrics": Row(everyone(NOT_THERE)),
    "set_language": Row(everyone(AWAY), method="post"),
    # the API of institutions' machines: whoever is signed in as a person is nobody there
    "api:openapi-json": Row(everyone(PAGE)),
    "api:api-root": Row(everyone(NOT_THERE)),
    "api:token": Row(everyone(415), method="post"),
    "api:inquiries": Row(everyone(401)),
    "api:inquiry": Row(everyone(405), lambda world: (world.inquiry.public_id,)),
    **{f"api:link_{category}": Row(everyone(401)) for category in CATEGORIES},
    # records
    "links:record": Row(concerned(PAGE), link),
    "links:details": Row(concerned(PAGE), link, "post"),
    "links:confirm": Row(concerned(AWAY), link, "post"),
    # imports from the browser
    "imports:list": Row(importers(PAGE)),
    "imports:feed": Row(importers(PAGE)),
    "imports:register": Row(importers(PAGE)),
    "imports:export": Row(importers(AWAY), method="post"),
    "imports:upload": Row(importers(PAGE), upload),
    "imports:file": Row(importers(PAGE), upload, "post"),
    "imports:check": Row(importers(AWAY), upload, "post"),
    "imports:confirm": Row(importers(AWAY), upload, "post"),
    "imports:throw_away": Row(importers(AWAY), upload, "post"),
    "imports:job": Row(importers(PAGE), job),
    "imports:progress": Row(importers(AWAY), job),
    "imports:rejects": Row(importers(NOT_THERE), job),
    "imports:findings": Row(importers(AWAY), job, "post"),
    "imports:feed_import": Row(importers(PAGE), feed_import),
    "imports:roll_back": Row(importers(PAGE), feed_import),
    # reports
    "calls:ask": Row(signed_in(PAGE, resident=AWAY)),
    "calls:number": Row(signed_in(PAGE), data={"part": "any"}),
    "calls:call": Row(signed_in(NOT_THERE, resident=PAGE), call),
    "calls:withdraw": Row(signed_in(NOT_THERE, resident=AWAY), call, method="post"),
    "calls:waiting": Row(staff(PAGE)),
    "calls:work": Row(staff(PAGE, auditor=FORBIDDEN), call),
    # what an institution is asked: its own officers, and nobody else's
    "inquiries:list": Row(signed_in(FORBIDDEN, officer=PAGE)),
    "inquiries:inquiry": Row(signed_in(FORBIDDEN, officer=PAGE), lambda world: (world.inquiry.public_id,)),
    "reports:list": Row(signed_in(PAGE)),
    "reports:incident": Row(concerned(PAGE), incident),
    "reports:start": Row(concerned(AWAY), link),
    "reports:mine": Row(concerned(PAGE), lambda world: (world.stopped.public_id,)),
    "reports:question": Row(concerned(PAGE), lambda world: (world.link.public_id, FIRST_QUESTION)),
    "reports:files": Row(concerned(PAGE), link),
    # a draft is its writer's alone
    "reports:draft_file": Row(signed_in(NOT_THERE, resident=PAGE), draft_file),
    "reports:discard": Row(concerned(AWAY), link, "post"),
    "reports:other": Row(signed_in(AWAY)),
    "reports:other_start": Row(concerned(PAGE), person),
    "reports:seen": Row(concerned(PAGE), person),
    "reports:other_question": Row(concerned(PAGE), lambda world: (*person(world), "missing", "record")),
    "reports:other_check": Row(concerned(AWAY), lambda world: (*person(world), "missing")),
    "reports:other_discard": Row(concerned(PAGE), lambda world: (*person(world), "missing")),
    "reports:check": Row(concerned(AWAY), link, "post"),
    "reports:report": Row(concerned(PAGE), report),
    "reports:sent": Row(concerned(PAGE), report),
    # what a visitor wrote is given back: tests/portal/test_given_back.py
    "reports:message": Row(concerned(AWAY) | {"visitor": 409}, report, "post", {"text": "Hello"}),
    "reports:file": Row(concerned(PAGE), file),
    "reports:confirm": Row(concerned(AWAY), report, "post"),
    "reports:reopen": Row(concerned(AWAY), report),
    "reports:summary": Row(concerned(PAGE), report),
    "reports:withdraw": Row(concerned(AWAY), report, "post"),
    # the desk
    "desk:queue": Row(staff(PAGE)),
    "desk:keep_search": Row(staff(AWAY), method="post", data={"name": "Money"}),
    "desk:drop_search": Row(staff(AWAY), lambda world: ("abc",), "post"),
    "desk:team": Row(staff(PAGE)),
    "desk:team_csv": Row(staff(PAGE)),
    "desk:case": Row(staff(PAGE), report),
    "desk:next": Row(staff(AWAY), report),
    "desk:previous": Row(staff(AWAY), report),
    "desk:viewing": Row(staff(PAGE), report),
    # the check names nobody for this record
    "desk:owner": Row(staff(NOT_THERE, auditor=FORBIDDEN), report),
    "desk:file": Row(staff(PAGE), file),
    "desk:step": Row(staff(PAGE, auditor=FORBIDDEN), lambda world: (world.report.public_id, "take"), "post"),
    # incidents: who looks after feeds reads them; nobody but the desk changes one
    "incidents:list": Row(staff(PAGE, data_officer=PAGE)),
    "incidents:add_case": Row(staff(PAGE, auditor=FORBIDDEN), report),
    "incidents:incident": Row(staff(PAGE, data_officer=PAGE), incident),
    "incidents:progress": Row(staff(AWAY, data_officer=AWAY), incident),
    "incidents:records": Row(staff(PAGE, data_officer=PAGE), incident),
    "incidents:step": Row(
        staff(AWAY, auditor=FORBIDDEN), lambda world: (world.incident.public_id, "list-again"), "post"
    ),
    "incidents:propose": Row(staff(PAGE, auditor=FORBIDDEN), incident, "post"),
    "incidents:approve": Row(signed_in(FORBIDDEN, supervisor=AWAY), plan, "post"),
    "incidents:return_plan": Row(signed_in(FORBIDDEN, supervisor=PAGE), plan, "post"),
    "incidents:undo": Row(staff(PAGE, auditor=FORBIDDEN), plan, "post"),
    "incidents:plan_step": Row(staff(AWAY, auditor=FORBIDDEN), lambda world: (*plan(world), "stop"), "post"),
    "incidents:statement": Row(staff(PAGE, auditor=FORBIDDEN), incident),
    "incidents:preview": Row(staff(PAGE, data_officer=PAGE), incident),
    "incidents:publish": Row(signed_in(FORBIDDEN, supervisor=AWAY), incident, "post"),
    "incidents:return_statement": Row(signed_in(FORBIDDEN, supervisor=PAGE), incident, "post"),
    "incidents:leak": Row(staff(PAGE, data_officer=PAGE), stage),
    "incidents:leak_sent": Row(signed_in(FORBIDDEN, supervisor=PAGE), stage, "post"),
    # somebody looked up, and filled in together at a counter
    "lookup:seek": Row(staff(PAGE, auditor=FORBIDDEN)),
    "lookup:person": Row(staff(PAGE, auditor=FORBIDDEN), person),
    "lookup:ask": Row(staff(PAGE, auditor=FORBIDDEN), person, "post"),
    "counter:begin": Row(staff(AWAY, auditor=FORBIDDEN), person, "post"),
    "counter:visit": Row(staff(PAGE, auditor=FORBIDDEN)),
    "counter:fill_in": Row(staff(PAGE, auditor=FORBIDDEN), lambda world: ("report",)),
    "counter:check": Row(staff(PAGE, auditor=FORBIDDEN)),
    "counter:end": Row(staff(AWAY, auditor=FORBIDDEN), method="post"),
    "counter:over": Row(staff(PAGE, auditor=FORBIDDEN)),
    # the review's runs: who works at the desk only does not see them
    "review:list": Row(staff(PAGE, support=FORBIDDEN, data_officer=PAGE)),
    "review:run": Row(staff(PAGE, support=FORBIDDEN, data_officer=PAGE), run),
    "review:progress": Row(staff(AWAY, support=FORBIDDEN, data_officer=AWAY), run),
    "review:report": Row(staff(PAGE, support=FORBIDDEN, data_officer=PAGE), run),
    "review:download": Row(staff(PAGE, support=FORBIDDEN, data_officer=PAGE), run),
    "review:go_on": Row(signed_in(FORBIDDEN, supervisor=AWAY, data_officer=AWAY), run, "post"),
    "review:cancel": Row(signed_in(FORBIDDEN, supervisor=AWAY, data_officer=AWAY), run, "post"),
    "review:take_up": Row(signed_in(FORBIDDEN, supervisor=AWAY, data_officer=AWAY), run, "post"),
    "review:withhold": Row(signed_in(FORBIDDEN, supervisor=AWAY, data_officer=AWAY), run, "post"),
    # certificates
    "certificates:check": Row(everyone(PAGE)),
    "certificates:compare": Row(everyone(PAGE), method="post"),
    "certificates:revoked": Row(everyone(PAGE)),
    "jwks": Row(everyone(PAGE)),
    "certificates:by_post": Row(everyone(PAGE)),
    "certificates:by_post_sent": Row(everyone(PAGE)),
    "certificates:letter": Row(staff(PAGE, officer=PAGE, auditor=FORBIDDEN), application),
    "certificates:end": Row(
        staff(AWAY, officer=AWAY, auditor=FORBIDDEN),
        lambda world: (world.application.public_id, "returned"),
        "post",
    ),
    "certificates:lost": Row(concerned(AWAY), certificate, "post"),
    "certificates:start": Row(concerned(PAGE), person),
    "certificates:declaration": Row(concerned(PAGE), person),
    "certificates:question": Row(concerned(PAGE), lambda world: (world.person.public_id, "card")),
    "certificates:verdict": Row(concerned(AWAY), person),
    "certificates:without_employer": Row(concerned(AWAY), person, "post"),
    "certificates:apply": Row(concerned(AWAY), person, "post"),
    "certificates:application": Row(concerned(PAGE), application),
    "certificates:received": Row(concerned(PAGE), application),
    "certificates:certificate": Row(concerned(PAGE), certificate),
    "certificates:download": Row(concerned(PAGE), certificate),
    # without anybody else to apply for, the way for one; whoever is nobody in the register has no way
    "certificates:together": Row(
        signed_in(NOT_THERE, resident=AWAY, neighbour=AWAY, parent=PAGE, ended_carer=AWAY)
    ),
    "certificates:together_next": Row(signed_in(AWAY)),
    "certificates:together_question": Row(
        signed_in(NOT_THERE), lambda world: (world.person.public_id, "card"), "post"
    ),
    "certificates:together_verdict": Row(signed_in(NOT_THERE), person),
    "certificates:together_wish": Row(signed_in(AWAY), lambda world: ("delivery",)),
    "certificates:together_check": Row(signed_in(AWAY)),
    "certificates:together_sent": Row(signed_in(AWAY)),
    "certificates:queue": Row(staff(PAGE, officer=PAGE)),
    "certificates:letter_back": Row(staff(PAGE, officer=PAGE, auditor=FORBIDDEN)),
    "certificates:batches": Row(staff(PAGE, officer=PAGE)),
    "certificates:batch": Row(staff(PAGE, officer=NOT_THERE), batch),
    "certificates:batch_progress": Row(staff(AWAY, officer=NOT_THERE), batch),
    "certificates:batch_letters": Row(staff(AWAY, officer=NOT_THERE, auditor=FORBIDDEN), batch, "post"),
    "certificates:batch_manifest": Row(staff(NOT_THERE, officer=NOT_THERE, auditor=FORBIDDEN), batch),
    "certificates:batch_step": Row(
        staff(AWAY, officer=NOT_THERE, auditor=FORBIDDEN),
        lambda world: (world.batch.public_id, "throw-away"),
        "post",
    ),
    "certificates:review": Row(staff(PAGE, officer=PAGE), application),
    "certificates:propose": Row(staff(AWAY, officer=AWAY, auditor=FORBIDDEN), application, "post"),
    "certificates:issue": Row(staff(AWAY, officer=AWAY, auditor=FORBIDDEN), application, "post"),
    "certificates:return": Row(staff(PAGE, officer=PAGE, auditor=FORBIDDEN), application, "post"),
    # sign-in: who is in already is sent on
    "account_login": Row(everyone(AWAY, visitor=PAGE)),
    "account_request_login_code": Row(everyone(AWAY, visitor=PAGE)),
    "account_confirm_login_code": Row(signed_in(AWAY)),
    "account_signup": Row(everyone(AWAY, visitor=PAGE), method="post"),
    "account_logout": Row(everyone(SIGN_IN), method="post"),
    "account_inactive": Row(everyone(PAGE)),
    "account_confirm_email": Row(everyone(PAGE), lambda world: ("abc",)),
    "account_email_verification_sent": Row(everyone(PAGE)),
    "account_reset_password": Row(everyone(PAGE)),
    "account_reset_password_done": Row(everyone(PAGE)),
    "account_reset_password_from_key": Row(everyone(PAGE), lambda world: ("1", "abc")),
    "account_reset_password_from_key_done": Row(everyone(PAGE)),
    # where one is signed in: a session of somebody else, or one's own present one, is not there
    "accounts:number": Row(
        signed_in(
            PAGE,
            unbound=NOT_THERE,
            **dict.fromkeys(VISITORS[-5:], FORBIDDEN),  # one's own; staff never
        )
    ),
    "accounts:identity": Row(signed_in(PAGE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))),
    "accounts:you": Row(signed_in(PAGE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))),
    "accounts:code": Row(signed_in(AWAY, unbound=PAGE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))),
    "accounts:counter": Row(signed_in(AWAY, **dict.fromkeys(VISITORS[-5:], FORBIDDEN)), method="post"),
    "accounts:own_letter": Row(signed_in(AWAY, **dict.fromkeys(VISITORS[-5:], FORBIDDEN)), method="post"),
    "accounts:reaching": Row(residents(PAGE)),
    "accounts:browser_add": Row(residents(AWAY), method="post"),
    "accounts:browser_remove": Row(residents(NOT_THERE), lambda world: ("none",), "post"),
    "accounts:telephone": Row(signed_in(PROVE)),
    "accounts:telephone_code": Row(residents(AWAY)),
    "accounts:telephone_forget": Row(signed_in(PROVE), method="post"),
    "accounts:lock": Row(signed_in(PAGE, **dict.fromkeys(VISITORS[-5:], FORBIDDEN))),
    # whose a sign-in is, for staff
    "identity:list": Row(staff(PAGE)),
    "identity:claim": Row(staff(PAGE), claim),
    "identity:print": Row(staff(AWAY, auditor=FORBIDDEN), method="post"),
    "identity:print_again": Row(staff(PAGE, auditor=FORBIDDEN), claim, "post"),
    "identity:propose": Row(staff(PAGE, auditor=FORBIDDEN), claim, "post"),
    "identity:approve": Row(signed_in(FORBIDDEN, supervisor=AWAY), claim, "post"),
    "identity:send_back": Row(signed_in(FORBIDDEN, supervisor=PAGE), claim, "post"),
    # notices on paper
    "posting:list": Row(staff(PAGE)),
    "posting:print": Row(staff(AWAY, auditor=FORBIDDEN), method="post"),
    "posting:returned": Row(staff(PAGE, auditor=FORBIDDEN), method="post"),
    "posting:fetch": Row(staff(NOT_THERE, auditor=FORBIDDEN), lambda world: ("0ABCDE",), "post"),
    # who acts for whom: staff have no part in it as staff
    "accounts:helpers": Row(residents(PAGE)),
    "accounts:name_helper": Row(signed_in(PROVE)),
    "accounts:helper_code": Row(residents(PAGE)),
    "accounts:child": Row(signed_in(PROVE)),
    "accounts:mandate": Row(residents(PAGE), lambda world: ("guardian",)),
    # whoever entered the code, and nobody else
    "accounts:offer": Row(signed_in(NOT_THERE, neighbour=PAGE), offer),
    "accounts:take_back": Row(signed_in(NOT_THERE, resident=AWAY), offer, "post"),
    "accounts:helper": Row(signed_in(PROVE), authority),
    # a parent's: the parent alone gives it back
    "accounts:end_authority": Row(signed_in(NOT_THERE, parent=AWAY), authority, "post"),
    "acting:list": Row(staff(PAGE)),
    "acting:mandate": Row(staff(PAGE), mandate),
    "acting:paper": Row(staff(PAGE), lambda world: (world.mandate.public_id, 1)),
    "acting:propose": Row(staff(PAGE, auditor=FORBIDDEN), mandate, "post"),
    "acting:approve": Row(signed_in(FORBIDDEN, supervisor=AWAY), mandate, "post"),
    "acting:send_back": Row(signed_in(FORBIDDEN, supervisor=PAGE), mandate, "post"),
    "acting:seek": Row(staff(PAGE, auditor=FORBIDDEN)),
    "acting:person": Row(staff(PAGE, auditor=FORBIDDEN), person),
    "acting:end": Row(staff(AWAY, auditor=FORBIDDEN), authority, "post"),
    # hiding where somebody lives, for staff who decide
    "protection:list": Row(staff(PAGE, auditor=FORBIDDEN)),
    "protection:person": Row(staff(PAGE, auditor=FORBIDDEN), person),
    "protection:ask": Row(staff(PAGE, auditor=FORBIDDEN), person),
    "protection:step": Row(
        staff(PAGE, auditor=FORBIDDEN), lambda world: (world.person.public_id, "set"), "post"
    ),
    "protection:answer": Row(
        signed_in(FORBIDDEN, supervisor=AWAY), lambda world: (world.clearance.public_id, "let"), "post"
    ),
    # no provider is set: nothing of the card is there (tests/accounts/card has one)
    "accounts:card": Row(everyone(AWAY, visitor=NOT_THERE)),
    "accounts:card_back": Row(everyone(NOT_THERE)),
    "accounts:card_connect": Row(signed_in(PROVE)),
    "accounts:card_connect_go": Row(signed_in(PROVE)),
    "accounts:card_forget": Row(signed_in(PROVE), method="post"),
    "accounts:sessions": Row(signed_in(PAGE)),
    "accounts:stay": Row(signed_in(PAGE)),
    "accounts:end": Row(signed_in(PROVE), lambda world: ("abc",), "post"),
    "accounts:end_others": Row(signed_in(PROVE), method="post"),
    # the own sign-in: what changes it wants a fresh proof
    "account_email": Row(signed_in(PROVE), method="post", data={"action_add": "", "email": "a@example.jp"}),
    "account_change_password": Row(signed_in(PAGE), method="post"),  # asks for the present one
    "account_set_password": Row(signed_in(AWAY), method="post"),
    "account_reauthenticate": Row(signed_in(PAGE)),
    "mfa_index": Row(signed_in(PAGE)),
    "mfa_list_webauthn": Row(signed_in(PAGE)),
    "mfa_authenticate": Row(signed_in(AWAY)),
    "mfa_login_webauthn": Row(signed_in(AWAY)),
    "mfa_reauthenticate": Row(signed_in(PROVE)),
    "mfa_reauthenticate_webauthn": Row(signed_in(PROVE)),
    "mfa_activate_totp": Row(signed_in(PROVE)),
    "mfa_deactivate_totp": Row(signed_in(NOT_THERE)),
    "mfa_view_recovery_codes": Row(signed_in(NOT_THERE)),
    "mfa_download_recovery_codes": Row(signed_in(NOT_THERE)),
    "mfa_generate_recovery_codes": Row(signed_in(PROVE)),
    "mfa_add_webauthn": Row(signed_in(PROVE)),
    "mfa_edit_webauthn": Row(signed_in(PROVE), lambda world: (1,)),
    "mfa_remove_webauthn": Row(signed_in(PROVE), lambda world: (1,)),
}


def inhabited() -> World:
    """A resident with a record, a report, an application, a certificate and a notice; and everyone around."""
    now = timezone.now()
    person = factories.ResidentFactory.create()
    users: dict[str, User | None] = {"visitor": None, "unbound": factories.UserFactory.create()}
    users["resident"] = factories.bound_user(person)
    users["neighbour"] = factories.bound_user(factories.ResidentFactory.create())
    for name in ("parent", "ended_carer"):
        users[name] = factories.bound_user(factories.ResidentFactory.create())
    given = factories.authority(agent=users["parent"], subject=person)
    factories.authority(agent=users["ended_carer"], subject=person, kind="carer", ended_at=now)
    for role in VISITORS[-5:]:
        users[role] = factories.UserFactory.create(role=role)
    link = factories.LinkFactory.create(resident=person)
    certificate = certificates.certificate(person, users["support"], by=users["resident"])
    reported = factories.LinkFactory.create(resident=person)
    stranger = {"holder_name": "他所　太郎", "holder_kana": "ヨソ　タロウ", "verdict": "mismatch"}
    stopped = factories.LinkFactory.create(resident=person, concealed=True, **stranger)
    asked = reports.asked(factories.LinkFactory.create(resident=person), users["resident"], users["support"])
    Officer.objects.create(user=users["officer"], institution=asked.institution)
    Seat.objects.create(user=users["officer"], insurer=Insurer.objects.get(number="00111054"))
    attachments = [reports.attached(each, users["resident"]) for each in (link, reported)]
    feeds = uploads.everything(users["data_officer"])
    told = incidents.told_about(stopped, users["support"], users["supervisor"])
    scope, last = {"see": ["money"]}, timezone.localdate(now)
    offered, code = naming.invite(chosen=scope, ends_on=last, by=users["resident"], at=now)
    naming.open_code(code=code, by=users["neighbour"], at=now)
    return World(
        users=users,
        authority=given,
        offer=offered,
        clearance=factories.clearance(person, users["support"], at=now),
        mandate=mandates.mandate(person, users["neighbour"], at=now),
        upload=feeds.upload,
        job=feeds.job,
        feed_import=feeds.feed_import,
        person=person,
        inquiry=asked,
        incident=told,
        plan=incidents.tried(told, users["support"]),
        link=link,
        stopped=stopped,
        run=ReviewRun.objects.create(state="finished", rules_version="1", started_at=now, finished_at=now),
        report=reports.filed(reported, users["resident"]),
        draft_file=attachments[0].file,
        file=attachments[1].file,
        application=certificate.application,
        certificate=certificate,
        batch=lists.listed(users["support"]),
        call=calls.asked(users["resident"]),
        claim=claims.posted(person, by=users["unbound"]),
        notice=tell(resident_id=person.pk, kind="record.released", subject=("link", link.public_id), at=now),
    )


@pytest.fixture(scope="module")
def settled(django_db_setup, django_db_blocker) -> Iterator[World]:  # noqa: ANN001
    """The world, made once for all addresses; no test of such a module may ask for `db`, which ends it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = inhabited()
        world.sessions = {who: signed_in_once(user) for who, user in world.users.items() if user}
        yield world
        transaction.set_rollback(True)


def signed_in_once(user: User) -> str:
    """The key of a session of this user."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def world(settled: World) -> Iterator[World]:
    """The world as it was made: nothing stays of what a test does in it."""
    with transaction.atomic():
        yield World(**vars(settled))
        transaction.set_rollback(True)


def named(patterns: list, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all addresses, each with its name space; one without a name is named by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*spaces, pattern.name or str(pattern.pattern)])
        else:
            inner = (pattern.namespace,) if pattern.namespace else ()
            yield from named(pattern.url_patterns, spaces + inner)


def at_a_browser(world: World, who: str, **options: object) -> Client:
    """A browser of its own in which this visitor is signed in."""
    client = Client(**options)
    if who in world.sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
    return client


def outcome(client: Client, name: str, row: Row, world: World) -> Outcome:
    """What this visitor gets, in the words of the table; nothing of it stays."""
    with transaction.atomic():
        response = getattr(client, row.method)(reverse(name, args=row.args(world)), row.data)
        transaction.set_rollback(True)
    if response.status_code in (301, 302, 307):
        return where(response["Location"])
    return PAGE if response.status_code == 200 else response.status_code


def where(location: str) -> Outcome:
    """Where one is sent, in the words of the table."""
    if location.startswith(reverse("account_login")):
        return SIGN_IN
    return PROVE if "reauthenticate" in location.partition("?")[0] else AWAY


def test_every_address_is_in_the_table() -> None:
    assert set(named(get_resolver().url_patterns)) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_each_visitor_gets_what_the_table_says(name, world) -> None:
    row = TABLE[name]
    got = {who: outcome(at_a_browser(world, who), name, row, world) for who in VISITORS}

    assert got == TABLE[name].expected
