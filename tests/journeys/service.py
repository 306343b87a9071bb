"""The whole service as its people meet it: one of everything, and the addresses of its pages."""

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.display import SIMPLE_COOKIE
from accounts.identity.claiming import enter_code
from accounts.models import Claim, Resident, User
from certificates.models import Application
from links import watching
from links.models import Link
from links.review import engine, runs
from links.review.runs import Scope
from portal import figures, scorecards
from reports import actions
from reports.journey import STEPS
from reports.models import Report
from tests.accounts.identity import stating as claims
from tests.certificates import factories as certificates
from tests.factories import (
    FindingFactory,
    InstitutionFactory,
    LinkFactory,
    UserFactory,
    authority,
    bound_user,
)
from tests.factories import ResidentFactory as People
from tests.links.fed import DAY, applied, refused
from tests.links.review.factories import feed_of
from tests.links.uploads import factories as uploads
from tests.reports.calls import factories as calls
from tests.reports.factories import attached

STRANGER = {"holder_name": "他所　太郎", "holder_kana": "ヨソ　タロウ", "verdict": "mismatch"}
ANSWERS = {"kind": "not_mine", "known_since": "week", "account": "知らない口座です。", "reach_by": "portal"}


@dataclass(frozen=True)
class Person:
    """Somebody with a sign-in (nobody's where user is None) and the addresses that they open."""

    user: User | None
    paths: list[str] = field(default_factory=list)


def furnish() -> dict[str, Person]:
    """Fill the database; who opens which pages."""
    late_office()
    figures.compute(day=timezone.localdate())
    scorecards.compute(day=timezone.localdate())
    support = UserFactory.create(role="support", name="支援 花")
    supervisor = UserFactory.create(role="supervisor", name="監督 茂")
    officer = UserFactory.create(role="data_officer", name="記録 守")
    mother, child = (
        People.create(name="高瀬　美咲"),
        People.create(name="高瀬　陽菜", birth_date="2017-05-01"),
    )
    mothers = bound_user(mother, name="高瀬 美咲")
    authority(agent=mothers, subject=child)
    reports = reports_in_every_state(child, by=mothers, support=support, supervisor=supervisor)
    certified = residents_with_certificates(support)
    asked, proposed = (f"/desk/{reports[name].public_id}" for name in ("asks", "proposed"))
    steps = [f"{asked}/propose/", f"{asked}/institution/", f"{proposed}/resident/"]
    officer = UserFactory.create(role="data_officer", name="点検 係")
    return certified | {
        "data officer": Person(officer, ["/staff/review/", *runs_of_the_review()]),
        "nobody": Person(None, ENTRANCE),
        "mother": Person(mothers, [*OWN, *pages_of(mother), *pages_about(child, reports)]),
        **claimants(),
        "support": Person(support, [*staff_pages(reports), *steps, *requests_at_the_desk()]),
        "data_officer": Person(officer, import_pages(officer)),
        "supervisor": Person(supervisor, [f"{proposed}/approve/", f"{proposed}/send-back/"]),
    }


def import_pages(officer: User) -> list[str]:
    """A file that did not come yet, one that was checked, an import and work that waits."""
    made = uploads.everything(officer)
    checked = uploads.job(officer, upload=uploads.upload(officer))
    pages = [made.upload, checked.upload, made.job, made.feed_import]
    forms = ["/imports/", "/imports/feed/", "/imports/register/"]
    return [*forms, *(page.get_absolute_url() for page in pages), f"{pages[-1].get_absolute_url()}roll-back/"]


ENTRANCE = [
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/figures/",
    "/institutions/",
    "/institutions/LATE/",
    "/certificates/check/",
    "/not-me/",
    "/help/?q=コンビニ",
    "/offline/",
    "/help/mistakes/",
    "/help/refused/",
    "/help/words/",
    "/help/mistakes/printer/",
    "/certificates/check/?code=C-0000-0000",
    "/nothing/here/",
]
OWN = [
    "/",
    "/calls/",
    "/calls/number/?part=any",
    "/people/",
    "/notices/",
    "/reports/",
    "/account/2fa/",
    "/account/identity/",
    "/account/number/",
    "/account/logout/",
    "/account/email/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/sessions/",
    "/account/sessions/stay/",
]


def late_office() -> None:
    """An institution whose feed is missing, and whose last file was refused."""
    institution = InstitutionFactory.create(code="LATE", expected_every_days=7)
    applied(institution, "tax", at=timezone.now() - 30 * DAY, rows=1000, rejected=120)
    refused(institution, "tax")
    watching.look(at=timezone.now())


def runs_of_the_review() -> list[str]:
    """One that the brake stopped for a feed, and one that goes on."""
    feed_of(100, wrong=25, institution=InstitutionFactory.create())
    over = engine.review(Scope(category="tax"), at=timezone.now())
    going_on = runs.open_run(Scope(), at=timezone.now())
    return [over.get_absolute_url(), going_on.get_absolute_url()]


def checked(resident: Resident, **fields: object) -> Link:
    """A record with its finding."""
    link = LinkFactory.create(resident=resident, **fields)
    FindingFactory.create(link=link)
    return link


def pages_of(resident: Resident) -> list[str]:
    """Records that match, that want a look, and that are stopped."""
    links = [checked(resident), checked(resident, verdict="unverifiable"), checked(resident, **STRANGER)]
    return [*(link.get_absolute_url() for link in links), f"/reports/mine/{links[-1].public_id}/"]


def reports_in_every_state(
    resident: Resident, *, by: User, support: User, supervisor: User
) -> dict[str, Report]:
    """One report that was received, asks the resident, waits for approval, was put right."""
    now = timezone.now()
    what = {
        "remedy": "unlink",
        "cause": "same_name",
        "reason": "別人。",
        "explanation": "別の方の口座でした。",
    }
    links = {name: checked(resident, **STRANGER) for name in ("received", "asks", "proposed", "corrected")}
    attached(links["received"], by, name="a-rather-long-name-of-a-photo_20261124_093012.jpg")
    reports = {
        name: actions.file(link=link, answers=ANSWERS, language="ja", simple=False, by=by, at=now)
        for name, link in links.items()
    }
    for name in ("asks", "proposed", "corrected"):
        reports[name] = actions.take(report=reports[name], version=1, by=support, at=now)
    actions.ask_resident(report=reports["asks"], version=2, text="銀行名をご存じですか。", by=support, at=now)
    for name in ("proposed", "corrected"):
        actions.propose(report=reports[name], version=2, by=support, at=now, **what)
    actions.approve(report=reports["corrected"], version=3, by=supervisor, at=now)
    return reports


def pages_about(resident: Resident, reports: dict[str, Report]) -> list[str]:
    """What is opened for somebody else: their list, each question, each state of a report."""
    fresh = checked(resident)
    insured = certificates.insurance(resident)
    new = f"/reports/new/{fresh.public_id}"
    answered = checked(resident)
    by = reports["received"].filed_by
    actions.keep(link=answered, answers={**ANSWERS, "telephone": ""}, by=by, at=timezone.now())
    attached(answered, by)
    received = reports["received"].get_absolute_url()
    return [
        f"/people/{resident.public_id}/",
        f"/people/{resident.public_id}/summary/",
        insured.get_absolute_url(),
        *(f"{new}/{step}/" for step in STEPS),
        f"/reports/new/{answered.public_id}/files/",
        f"/reports/new/{answered.public_id}/check/",
        f"/reports/new/{answered.public_id}/discard/",
        f"{received}sent/",
        f"{received}withdraw/",
        f"{received}summary/",
        f"{reports['corrected'].get_absolute_url()}still-wrong/",
        f"/reports/other/{resident.public_id}/",
        f"/reports/other/{resident.public_id}/seen/",
        f"/reports/other/{resident.public_id}/printed/where/",
        *(report.get_absolute_url() for report in reports.values()),
        *(report.link.get_absolute_url() for report in reports.values()),
        f"/certificates/for/{resident.public_id}/",
        f"/certificates/for/{resident.public_id}/question/card/",
    ]


def residents_with_certificates(staff: User) -> dict[str, Person]:
    """One who holds a certificate, one whose application waits, one who answered and has not sent it."""
    holder, applicant, newcomer = (bound_user(People.create()) for _each in range(3))
    issued = certificates.certificate(own(holder), staff, holder)
    waiting = certificates.application(own(applicant), applicant)
    for user in (holder, newcomer):
        certificates.draft(own(user), user)
    certificates.insurance(own(newcomer))
    return {
        "holder": Person(
            holder, [*asking(holder), issued.get_absolute_url(), *following(issued.application)]
        ),
        "applicant": Person(applicant, ["/", *asking(applicant)[:1], *following(waiting), "/notices/"]),
        "newcomer": Person(
            newcomer,
            [calls.asked(newcomer).get_absolute_url(), *asking(newcomer), f"{asking(newcomer)[0]}apply/"],
        ),
    }


def own(user: User) -> Resident:
    """The person of a sign-in."""
    return Resident.objects.bound_to(user).get()


def asking(user: User) -> list[str]:
    """From the start to the verdict."""
    start = f"/certificates/for/{own(user).public_id}/"
    return [start, f"{start}question/card/", f"{start}question/help/", f"{start}verdict/"]


def following(application: Application) -> list[str]:
    """Where an application is followed."""
    return [application.get_absolute_url(), f"{application.get_absolute_url()}received/"]


def staff_pages(reports: dict[str, Report]) -> list[str]:
    """Queues, each case, and each application."""
    cases = [f"/desk/{report.public_id}/" for report in reports.values()]
    found = Application.objects.order_by("id").values_list("public_id", flat=True)
    applications = [f"/certificates/staff/{public_id}/" for public_id in found]
    called = calls.asked(UserFactory.create())
    by_phone = ["/calls/waiting/", f"/calls/waiting/{called.public_id}/"]
    return [
        *by_phone,
        "/staff/",
        "/desk/",
        "/desk/?state=corrected",
        *cases,
        "/certificates/staff/",
        *applications,
    ]


def claimants() -> dict[str, Person]:
    """Sign-ins that are nobody's yet, that wait for a letter, are disputed, and were connected just now."""
    identity, home = "/account/identity/", "/"
    newcomer, waiting = Person(UserFactory.create(), [home, identity, f"{identity}you/"]), claims.single()
    asked = claims.posted(waiting)
    first, guest = bound_user(claims.single(birth_date="1960-01-01")), bound_user(People.create())
    second = claims.asked(own(first))
    enter_code(code=claims.printed(second), by=second.user, at=timezone.now())
    guest.bindings.update(bound_at=timezone.now(), method="letter", assurance="substantial")
    new = [identity, "/account/number/", checked(own(guest)).get_absolute_url()]
    return {
        "unbound": newcomer,
        "waiting": Person(asked.user, [identity, f"{identity}code/"]),
        "first": Person(first, [home, identity]),
        "second": Person(second.user, [home, identity]),
        "guest": Person(guest, new),
    }


def requests_at_the_desk() -> list[str]:
    """The list, and each request."""
    found = Claim.objects.order_by("pk").values_list("public_id", flat=True)
    return ["/staff/sign-ins/", *(f"/staff/sign-ins/{public_id}/" for public_id in found)]


def cookies_of(user: User | None, *, simple: bool, language: str = "ja") -> dict[str, str]:
    """What the browser of this person holds: their session and their choices."""
    chosen = {SIMPLE_COOKIE: str(int(simple)), settings.LANGUAGE_COOKIE_NAME: language}
    if user is None:
        return chosen
    client = Client()
    client.force_login(user)
    return chosen | {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
