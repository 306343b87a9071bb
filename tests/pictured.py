"""One of everything in the loaded sample, and which pages are photographed: run inside `manage.py shell`."""

import json
import secrets

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.actions import bind, make_sign_in
from accounts.identity.claiming import ask_for_letter
from accounts.identity.connecting import connect
from accounts.models import Binding, Claim, Resident, User
from certificates import actions as certificates
from certificates.bulk import actions as bulk
from certificates.bulk import working
from certificates.models import Application, Batch, Draft
from links.models import FeedImport, Link, Officer, ReviewRun
from links.review import settle
from notices.tasks import deliver
from portal.help.contents import TOPICS
from portal.privacy.copies import ask as ask_for_copy
from portal.privacy.making import make
from portal.sample.loading import A_MONTH, SignIn, email_of, remember
from portal.sample.personas import CHILD_CODE
from reports import actions as reports
from reports.calls.actions import ask as ask_for_call
from reports.journey import STEPS
from reports.kinds import Kind
from reports.models import Call, Inquiry, Report
from tests.accounts.acting.stating import acting_pages
from tests.links.uploads import sent
from tests.reports.factories import attached
from tests.reports.other import MISSING, other

ANSWERS = {
    "kind": "not_mine",
    "known_since": "week",
    "account": "わたしはこの銀行に口座を持っていません。",
    "reach_by": "portal",
}
PROPOSAL = {
    "remedy": "unlink",
    "cause": "same_name",
    "reason": "生年月日と住所がちがう。銀行に電話で確認済み（11月20日）。",
    "explanation": "この口座は、名前が同じ別の方のものでした。銀行が番号の入力をまちがえていました。",
}
Pages = dict[str, tuple[str, str]]


def furnish() -> None:
    """File, ask, propose, correct, apply and issue; write the pages and the sign-ins for the photographer."""
    pages = PUBLIC | own_pages() | reported_pages() | certificate_pages() | import_pages() | identity_pages()
    pages |= acting_pages(user_of("elderly"), user_of("neighbour"), user_of("all_in_order"))
    deliver()
    (settings.VAR_DIR / "pages.json").write_text(json.dumps(pages), encoding="utf-8")


PUBLIC: Pages = {
    "sign-in": ("", "/account/login/"),
    "figures": ("", "/figures/"),
    "institutions": ("", "/institutions/"),
    "institution": ("", "/institutions/PN0001/"),
    "check": ("", "/certificates/check/"),
    "not-me": ("", "/not-me/"),
    "kept": ("", "/data/kept/"),
    "left": ("", "/data/left/"),
    "gallery": ("", "/gallery/"),
    "help": ("", "/help/"),
    "help-search": ("", "/help/?q=printer"),
    **{f"help-{slug}": ("", f"/help/{slug}/") for slug in TOPICS},
    "help-section": ("", "/help/mistakes/shared_terminal/"),
}


def user_of(persona: str) -> User:
    """The sign-in of a persona."""
    return User.objects.get(email=email_of(persona))


def resident_of(user: User) -> Resident:
    """The person of a sign-in."""
    return Resident.objects.bound_to(user).get()


def own_pages() -> Pages:
    """What residents see of their records."""
    child = Resident.objects.get(code=CHILD_CODE)
    stopped = child.links.get(category="bank_account")
    matching = resident_of(user_of("all_in_order")).links.get(category="bank_account")
    mother, orderly = "child-account", "all-in-order"
    pages = {
        "home-in-order": (orderly, "/"),
        "home-agent": (mother, "/"),
        "people": (mother, "/people/"),
        "summary": (orderly, f"/people/{resident_of(user_of('all_in_order')).public_id}/summary/"),
        "call": (mother, "/calls/"),
        "call-number": (mother, "/calls/number/?part=any"),
        "call-waits": (orderly, called(user_of("all_in_order")).get_absolute_url()),
        "calls": ("support", "/calls/waiting/"),
        "call-work": ("support", reverse("calls:work", args=[called(user_of("all_in_order")).public_id])),
        "list": ("elderly", f"/people/{resident_of(user_of('elderly')).public_id}/"),
        "list-child": (mother, f"/people/{child.public_id}/"),
        "record": (orderly, matching.get_absolute_url()),
        "record-withheld": (mother, stopped.get_absolute_url()),
        "inbox": (mother, "/notices/"),
        "security": (orderly, "/account/2fa/"),
        "how-told": (orderly, "/account/notices/"),
        "copy": ("elderly", "/data/"),
        "copy-ready": (copied(user_of("all_in_order")), "/data/"),
        "leave": (orderly, "/data/leave/"),
        "number": (orderly, "/account/number/"),
        "identity": (orderly, "/account/identity/"),
        "sign-out": (orderly, "/account/logout/"),
    }
    new = f"/reports/new/{stopped.public_id}"
    pages["record-mine"] = ("foreign-without-card", f"/reports/mine/{falsely_stopped().public_id}/")
    steps = {f"question-{step}": (mother, f"{new}/{step}/") for step in STEPS}
    other = child.links.exclude(pk=stopped.pk).earliest("pk")
    keep(other, by=user_of("child_account"))
    return (
        pages
        | steps
        | {
            "question-files-added": (mother, f"/reports/new/{other.public_id}/files/"),
            "question-check": (mother, f"/reports/new/{other.public_id}/check/"),
            "question-discard": (mother, f"/reports/new/{other.public_id}/discard/"),
        }
    )


def called(user: User) -> Call:
    """This person asked to be called back."""
    return ask_for_call(telephone="090-0000-0000", part="morning", language="ja", by=user, at=timezone.now())


def copied(user: User) -> str:
    """This person asked for a copy of their data, and it lies ready: their sign-in."""
    make(ask_for_copy(by=user, language="ja", at=timezone.now()).pk)
    return user.email.partition("@")[0]


def falsely_stopped() -> Link:
    """A right bank account that the check stopped because of a wrong feed."""
    link = resident_of(user_of("foreign_without_card")).links.filter(category="bank_account").earliest("pk")
    Link.objects.filter(pk=link.pk).update(verdict=Link.Verdict.MISMATCH, concealed=True)
    settle.withhold([link.pk], source="review", by=None, at=timezone.now())
    return link


def keep(link: Link, *, by: User) -> None:
    """Answer every question about the record, with two files, without sending it."""
    attached(link, by, name="通帳の1ページ目.jpg")
    attached(link, by, name="IMG_20261124_093012_保険証のおもて.jpg")
    reports.keep(link=link, answers={**ANSWERS, "telephone": ""}, by=by, at=timezone.now())


def reporter() -> User:
    """Somebody with four records to report: another person's bank account, and a health insurance."""
    wrong = Link.objects.filter(verdict="mismatch", category="bank_account", held=True)
    insured = Link.objects.filter(category="health_insurance", status=Link.Status.ACTIVE).values("resident")
    others = Resident.objects.filter(links__in=wrong, bindings=None, pk__in=insured).exclude(code=CHILD_CODE)
    numbered = others.annotate(records=Count("links__resident__links", distinct=True))
    resident = numbered.filter(records__gte=4).earliest("pk")
    user = sign_in_of("reporter")
    bind(user=user, resident=resident, method=Binding.Method.COUNTER, by=None, at=timezone.now() - A_MONTH)
    return user


def sign_in_of(who: str, *, role: str = "") -> User:
    """A sign-in that is nobody's yet, known to the photographer; of staff with a role."""
    password = f"mihon-{secrets.token_hex(6)}"
    user = make_sign_in(email=f"{who}@example.jp", password=password, role=role)
    path = settings.VAR_DIR / "sign-ins.json"
    known = [SignIn(**each) for each in json.loads(path.read_text(encoding="utf-8"))]
    remember([*known, SignIn(who, user.email, password)], path)
    return user


def reported_pages() -> Pages:
    """A report in each state, for the resident and at the desk."""
    user = reporter()
    records = resident_of(user).links.order_by("-held", "category", "pk")
    insurance = records.filter(category="health_insurance", status=Link.Status.ACTIVE)[:1]
    links = [*records.exclude(pk__in=insurance)[:3], *insurance]
    proposed, corrected, asked, received = (filed_by(user, link) for link in links)
    for report in (proposed, corrected):
        taken = taken_by_support(report)
        reports.propose(
            report=taken, version=taken.version, by=user_of("support"), at=timezone.now(), **PROPOSAL
        )
    reports.approve(report=corrected, version=3, by=user_of("supervisor"), at=timezone.now())
    question = "この記録の番号の、最後の3けたをご存じですか。"
    taken_by_support(asked)
    reports.ask_resident(report=asked, version=2, text=question, by=user_of("support"), at=timezone.now())
    for report in (proposed, corrected):
        reports.open_case(report=report, by=user_of("support"), at=timezone.now())
    states = {"proposed": proposed, "corrected": corrected, "asked": asked, "received": received}
    return state_pages(states) | desk_pages(states) | officer_pages(asked)


def filed_by(user: User, link: Link) -> Report:
    """A report about the record."""
    now = timezone.now()
    attached(link, user, name="通帳の1ページ目.jpg")
    return reports.file(link=link, answers=ANSWERS, language="ja", simple=False, by=user, at=now)


def taken_by_support(report: Report) -> Report:
    """Support began to check."""
    return reports.take(report=report, version=1, by=user_of("support"), at=timezone.now())


def state_pages(states: dict[str, Report]) -> Pages:
    """Each report as the resident sees it."""
    received = states["received"].get_absolute_url()
    pages = {f"report-{name}": ("reporter", report.get_absolute_url()) for name, report in states.items()}
    corrected = states["corrected"].get_absolute_url()
    return (
        pages
        | other_pages(states["received"].resident)
        | {
            "report-summary": ("reporter", f"{corrected}summary/"),
            "report-reopen": ("reporter", f"{corrected}still-wrong/"),
            "home-needs": ("reporter", "/"),
            "reports": ("reporter", "/reports/"),
            "trail": ("reporter", f"/trail/{states['received'].resident.public_id}/"),
            "trail-chosen": ("reporter", f"/trail/{states['received'].resident.public_id}/?who=staff"),
            "reports-none": ("all-in-order", "/reports/"),
            "report-sent": ("reporter", f"{received}sent/"),
            "report-withdraw": ("reporter", f"{received}withdraw/"),
            "record-reported": ("reporter", states["received"].link.get_absolute_url()),
            "record-removed": ("reporter", states["corrected"].link.get_absolute_url()),
        }
    )


def other_pages(resident: Resident) -> Pages:
    """Reports without a record: how they begin, their questions, what was sent, and a case at the desk."""
    by = user_of("reporter")
    printed, missing = (other(resident, by, kind) for kind in (Kind.PRINTED, Kind.MISSING))
    reports.keep_other(resident=resident, kind="missing", answers=MISSING, by=by, at=timezone.now())
    start = f"/reports/other/{resident.public_id}/"
    return {
        "other": ("reporter", start),
        "other-seen": ("reporter", f"{start}seen/"),
        "other-office": ("reporter", f"{start}missing/office/"),
        "other-record": ("reporter", f"{start}missing/record/"),
        "other-check": ("reporter", f"{start}missing/check/"),
        "other-where": ("reporter", f"{start}printed/where/"),
        "report-printed-sent": ("reporter", f"{printed.get_absolute_url()}sent/"),
        "report-printed": ("reporter", printed.get_absolute_url()),
        "report-missing": ("reporter", missing.get_absolute_url()),
        "desk-case-printed": ("support", f"/desk/{printed.public_id}/"),
    }


def desk_pages(states: dict[str, Report]) -> Pages:
    """The queue, cases and steps."""
    cases = {name: f"/desk/{report.public_id}/" for name, report in states.items()}
    return {
        "staff": ("supervisor", "/staff/"),
        "checks": ("supervisor", "/staff/review/"),
        "check-run": ("supervisor", ReviewRun.objects.earliest("pk").get_absolute_url()),
        "desk-queue": ("support", "/desk/"),
        "desk-search": ("support", "/desk/?state=received"),
        "desk-assign": ("support", f"{cases['received']}assign/"),
        "desk-reply": ("support", f"{cases['asked']}reply/?standard=paper"),
        "desk-case-received": ("support", cases["received"]),
        "desk-case": ("supervisor", cases["proposed"]),
        "desk-case-finished": ("support", cases["corrected"]),
        "desk-propose": ("support", f"{cases['asked']}propose/"),
        "desk-approve": ("supervisor", f"{cases['proposed']}approve/"),
    }


def officer_pages(report: Report) -> Pages:
    """What an institution is asked."""
    office = report.link.institution
    Officer.objects.create(user=sign_in_of("officer", role="officer"), institution=office)
    inquiry = Inquiry.objects.create(
        report=report,
        resident=report.resident,
        institution=office,
        kind=Inquiry.Kind.QUESTION,
        text="この記録の名義人はどなたですか。申込書の氏名とカナをお知らせください。",
        answer_by=report.next_step_by,
        asked_by=user_of("support"),
        asked_at=timezone.now(),
    )
    return {"inquiries": ("officer", "/inquiries/"), "inquiry": ("officer", inquiry.get_absolute_url())}


def certificate_pages() -> Pages:
    """From the first question to the paper, and at the insurer's desk."""
    elderly, foreigner, asking = (user_of(who) for who in ("elderly", "foreign_without_card", "reporter"))
    waiting = applied(user_of("neighbour"), {"card": "lost", "help": "nothing", "without_employer": "yes"})
    applied(foreigner, {"card": "none", "help": "nothing"})
    issued = applied(elderly, {"card": "valid", "works": "yes", "help": "helper"})
    certificates.propose(application=issued, by=user_of("support"), at=timezone.now())
    paper = certificates.issue(application=issued, by=user_of("supervisor"), at=timezone.now())
    batch = listed()
    draft(
        asking, {"card": "lost", "help": "nothing", "items": "nothing", "delivery": "post", "paper": "large"}
    )
    start = f"/certificates/for/{resident_of(asking).public_id}/"
    review = f"/certificates/staff/{waiting.public_id}/"
    return {
        "certificate-start": ("reporter", start),
        "certificate-question": ("reporter", f"{start}question/help/"),
        "certificate-delivery": ("reporter", f"{start}question/delivery/"),
        "certificate-verdict": ("reporter", f"{start}verdict/"),
        "certificate-apply": ("reporter", f"{start}apply/"),
        "certificate-received": ("neighbour", f"{waiting.get_absolute_url()}received/"),
        "certificate-application": ("neighbour", waiting.get_absolute_url()),
        "certificate": ("elderly", paper.get_absolute_url()),
        "certificate-valid": ("", f"/certificates/check/?code={paper.number}"),
        "certificate-not-ours": ("", "/certificates/check/?code=C-0000-0000"),
        "certificate-queue": ("support", "/certificates/staff/"),
        "certificate-review": ("support", review),
        "certificate-batches": ("support", "/certificates/staff/batches/"),
        "certificate-batch": ("support", batch.get_absolute_url()),
        "certificate-letter-back": ("support", "/certificates/staff/letter-back/"),
    }


def listed() -> Batch:
    """A list of those who get a certificate without applying, which waits for a decision."""
    batch = bulk.make(kind=Batch.Kind.MONTHLY, by=user_of("support"), at=timezone.now())
    working.carry_on(batch.pk)
    return batch


def import_pages() -> Pages:
    """A data officer's files: chosen, checked, refused, imported, and about to be undone."""
    officer = user_of("data_officer")
    good = sent.lines(sent.row("A1"), sent.row("A2", number=sent.STRANGER))
    checked, refused = (sent.checked(officer, content).upload for content in (good, b"\xff\x00"))
    done = FeedImport.objects.done().latest("pk").get_absolute_url()
    return {
        "imports": ("data-officer", "/imports/"),
        "import-feed": ("data-officer", "/imports/feed/"),
        "import-register": ("data-officer", "/imports/register/"),
        "import-file": ("data-officer", sent.begun(officer).get_absolute_url()),
        "import-preview": ("data-officer", checked.get_absolute_url()),
        "import-refused": ("data-officer", refused.get_absolute_url()),
        "import-done": ("data-officer", done),
        "import-roll-back": ("data-officer", f"{done}roll-back/"),
    }


def identity_pages() -> Pages:
    """A sign-in that is nobody's yet, one that waits for a letter, a request and a dispute at the desk."""
    now = timezone.now()
    waiting, rival, first, _newcomer = (sign_in_of(who) for who in ("waiting", "rival", "first", "newcomer"))
    found = Resident.objects.filter(bindings=None, protected=False, died_on=None).exclude(code=CHILD_CODE)
    at_counter, disputed = found.order_by("-pk")[:2]
    claim = ask_for_letter(claims=at_counter.as_person(), by=waiting, at=now)
    bind(user=first, resident=disputed, method=Binding.Method.LETTER, by=None, at=now)
    asking = Claim.objects.create(user=rival, resident=disputed, method=Binding.Method.LETTER, opened_at=now)
    connect(asking, disputed, by=rival, at=now)
    return {
        "home-unbound": ("newcomer", "/"),
        "identity-start": ("newcomer", "/account/identity/"),
        "identity-you": ("newcomer", "/account/identity/you/"),
        "identity-asked": ("waiting", "/account/identity/"),
        "identity-code": ("waiting", "/account/identity/code/"),
        "identity-disputed": ("first", "/account/identity/"),
        "home-disputed": ("first", "/"),
        "outbox": ("supervisor", "/staff/notices/"),
        "outbox-kinds": ("supervisor", "/staff/notices/kinds/"),
        "letters": ("support", "/staff/letters/"),
        "sign-ins": ("support", "/staff/sign-ins/"),
        "sign-ins-request": ("support", f"/staff/sign-ins/{claim.public_id}/"),
        "sign-ins-dispute": ("supervisor", f"/staff/sign-ins/{asking.public_id}/"),
    }


def draft(user: User, answers: dict[str, str]) -> Draft:
    """Answers to the three questions."""
    return Draft.objects.create(
        user=user, resident=resident_of(user), answers=answers, changed_at=timezone.now()
    )


def applied(user: User, answers: dict[str, str]) -> Application:
    """An application that was sent."""
    return certificates.apply(draft=draft(user, answers), by=user, at=timezone.now())
