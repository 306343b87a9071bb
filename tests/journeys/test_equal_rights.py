"""The simple version has equal rights: links and buttons reach there what they reach in the standard one."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from accounts.models import User
from links.models import Link
from notices.actions import tell
from notices.codes import code_of
from portal import scorecards
from portal.not_me.actions import disavow
from reports import actions as reports
from tests.certificates import factories as certificates
from tests.factories import LinkFactory, ResidentFactory, UserFactory, authority
from tests.journeys.service import ANSWERS, STRANGER, cookies_of, late_office
from tests.reports.factories import attached, corrected, filed

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

# pages alike are opened so often: records, notices, sections of the help
ALIKE = 10
RIGHTS = {
    "see every record": {"portal:person", "links:record"},
    "see its details": {"links:details"},
    "confirm": {"links:confirm"},
    "say that a stopped record is one's own": {"reports:mine"},
    "report": {"reports:start", "reports:other_start"},
    "drop a draft": {"reports:discard"},
    "hand in files": {"reports:files", "reports:file"},
    "write to support": {"reports:message"},
    "say that it is put right": {"reports:confirm"},
    "withdraw": {"reports:withdraw"},
    "open again": {"reports:reopen"},
    "print": {"reports:summary", "portal:summary"},
    "ask for the certificate": {"certificates:start", "certificates:question", "certificates:verdict"},
    "use the certificate": {"certificates:certificate", "certificates:download", "certificates:lost"},
    "declare that one is insured": {"certificates:declaration"},
    "act for others": {"portal:people"},
    "helpers": {"accounts:helpers", "accounts:name_helper", "accounts:helper_code", "accounts:child"},
    "guardians": {"accounts:mandate"},
    "end what a helper may do": {"accounts:helper", "accounts:end_authority"},
    "read the trail": {"portal:trail", "portal:trail_csv", "portal:trail_json"},
    "a copy of one's data": {"portal:copy", "portal:copy_ask"},
    "leave": {"portal:leave"},
    "lock": {"accounts:lock"},
    "the number": {"accounts:number"},
    "who one is": {"accounts:identity"},
    "sign-ins": {"accounts:sessions", "accounts:stay", "mfa_index", "account_logout"},
    "addresses and passwords": {"account_email", "account_change_password"},
    "passkeys and codes": {"mfa_add_webauthn", "mfa_activate_totp"},
    "notices": {"portal:inbox", "portal:notice"},
    "be called back": {"calls:ask"},
    "language and version": {"set_language", "portal:display"},
    "say without signing in that it was not oneself": {"portal:not_me"},
    "check a certificate": {"certificates:check"},
    "help": {"portal:help", "portal:help_topic", "portal:help_section"},
    "offices and figures": {"portal:institutions", "portal:institution", "portal:figures"},
    "how long what is kept": {"portal:keeping"},
}


class Ways(HTMLParser):
    """Where a page leads: the addresses of its links, and those to which its forms are sent."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.sent_to: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note one way."""
        told = {name: value or "" for name, value in attributes}
        if tag == "a" and told.get("href"):
            self.links.append(urljoin(self.address, told["href"]))
        if tag == "form":
            self.sent_to.append(urljoin(self.address, told.get("action", "")))
        if told.get("formaction"):
            self.sent_to.append(urljoin(self.address, told["formaction"]))


def name_of(address: str) -> str:
    """The name of the page at an address of ours; empty for another's."""
    try:
        return "" if ":" in address else resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def signed_in(user: User, *, simple: bool) -> Client:
    """The browser of a user who chose one version."""
    browser = Client()
    browser.cookies.load(cookies_of(user, simple=simple))
    return browser


def reached(user: User, *, simple: bool) -> set[str]:
    """The names of everything that links and forms lead to from the first page, in one version."""
    browser = signed_in(user, simple=simple)
    names: set[str] = set()
    opened: Counter[str] = Counter()
    waiting, known = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        for way, followed in ways_from(browser, address):
            name = name_of(way)
            names.add(name)
            if followed and name and way not in known and opened[name] < ALIKE:
                opened[name] += 1
                known.add(way)
                waiting.append(way)
    return names - {""}


def ways_from(browser: Client, address: str) -> Iterator[tuple[str, bool]]:
    """Each way from a page, with whether it is a link; a download has none."""
    answer = browser.get(address)
    while answer.status_code == 302 and name_of(answer["Location"]):
        yield answer["Location"], False
        answer = browser.get(answer["Location"])
    if not answer.get("Content-Type", "").startswith("text/html"):
        return
    page = Ways(address)
    page.feed(answer.content.decode())
    yield from ((urlsplit(way)._replace(fragment="").geturl(), True) for way in page.links)
    yield from ((way, False) for way in page.sent_to)


@pytest.fixture
def resident_of_everything(resident, resident_user, support, supervisor) -> User:
    """Somebody with records, reports in each state, a certificate, a helper, a child and a warning."""
    now = timezone.now()
    certificates.certificate(resident, support, resident_user)
    *doubtful, insured = (LinkFactory.create(resident=resident, **STRANGER) for _each in range(4))
    LinkFactory.create(resident=resident, **STRANGER)
    Link.objects.filter(pk=insured.pk).update(category="health_insurance", held=True)
    late_office()
    scorecards.compute(day=timezone.localdate())
    begun = LinkFactory.create(resident=resident)
    reports.keep(link=begun, answers=ANSWERS | {"telephone": ""}, by=resident_user, at=now)
    attached(doubtful[0], resident_user)
    filed(doubtful[0], resident_user)
    corrected(doubtful[1], resident_user, support)
    filed(insured, resident_user)
    warning = tell(
        resident_id=resident.pk, kind="record.withheld", subject=("link", doubtful[2].public_id), at=now
    )
    disavow(code=code_of(warning.public_id), language="ja", simple=False, at=now)
    authority(agent=UserFactory.create(), subject=resident, kind="carer", basis="named")
    authority(agent=resident_user, subject=ResidentFactory.create(birth_date="2017-05-01"))
    tell(resident_id=resident.pk, kind="report.received", subject=("link", doubtful[0].public_id), at=now)
    return resident_user


def test_every_right_is_reached_in_the_simple_version_by_its_own_links(resident_of_everything):
    standard = reached(resident_of_everything, simple=False)
    simple = reached(resident_of_everything, simple=True)

    missing = {right: names - simple for right, names in RIGHTS.items() if names - simple}
    assert missing == {}
    assert standard - simple == set()


def test_no_link_of_a_sign_in_that_is_nobodys_leads_nowhere():
    user = UserFactory.create()
    browser = signed_in(user, simple=True)

    pages = {way for way, _followed in ways_from(browser, reverse("mfa_index")) if name_of(way)}

    assert [page for page in pages if browser.get(page).status_code == 404] == []
