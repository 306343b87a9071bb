"""Under protection no page, file or message tells anybody but the person where they live.

Every address of the table in tests/test_access.py is opened by whoever acts for the person, with a mark for
each thing that shows a place. The person finds the marks; nobody else does.
"""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Resident
from certificates.models import Application
from links.categories import DETAILS, PLACELESS
from links.models import Finding, Institution, Link
from reports.models import Message, Report
from tests import factories
from tests.links.fed import applied
from tests.reports import factories as reports
from tests.test_access import TABLE, World, at_a_browser, settled, world

__all__ = ["settled", "world"]
# what is public names every institution, whosever records it sends
PUBLIC = {name for name, row in TABLE.items() if row.expected["visitor"] == "page"}
# whose own address is asked for by nobody
OTHERS = ("neighbour", "ended_carer", "unbound")
MARKS = {
    "address": "標山県標川市",
    "before": "昔谷県昔野町",
    "office": "標田銀行浜松",
    "entered": "標木町窓口",
    "branch": "標橋支店",
    "insurer": "標島国民健康保険",
    "symbol": "標記号",
    "town": "標原村",
    "clinic": "標沢医院",
    "reference": "X標Z",
    "words": "標浜の駅で待つ",
    "file": "標岬の地図",
}


@pytest.fixture
def hidden(world) -> World:
    """The person of the world is a child under protection, and everything with a place has its mark."""
    mother = factories.ResidentFactory.create(household_code="H", protected=True)
    person = world.person
    Resident.objects.filter(pk=person.pk).update(
        household_code=mother.household_code,
        birth_date=f"{timezone.localdate().year - 7}-05-06",
        address=MARKS["address"],
        previous_address=MARKS["before"],
    )
    details = {key: MARKS["town"] for key in DETAILS if key not in PLACELESS} | {
        "branch_name": MARKS["branch"],
        "insurer_name": MARKS["insurer"],
        "symbol": MARKS["symbol"],
        "clinic": MARKS["clinic"],
    }
    for number, link in enumerate(Link.objects.filter(resident=person)):
        Link.objects.filter(pk=link.pk).update(
            details=link.details | details,
            holder_address=MARKS["address"],
            entered_by=MARKS["entered"],
            reference=f"{number}{MARKS['reference']}{number}",
        )
        elements = dict.fromkeys(("name", "kana", "birth_date", "sex", "address"), "same")
        Finding.objects.create(
            link=link, resident=person, verdict="match", elements=elements, found_at=timezone.now()
        )
        Institution.objects.filter(pk=link.institution_id).update(
            name_ja=MARKS["office"], name_en=MARKS["office"]
        )
        applied(link.institution, link.category)
    say(world)
    world.users["parent"].authorities.update(despite_protection=True)
    return world


def say(world: World) -> None:
    """Staff and the resident wrote a place into everything that can be written."""
    Report.objects.filter(pk=world.report.pk).update(account=MARKS["words"], telephone="")
    Application.objects.filter(pk=world.application.pk).update(answer=MARKS["words"], state="returned")
    Message.objects.create(
        report=world.report,
        resident=world.person,
        audience="resident",
        text=MARKS["words"],
        by=world.users["support"],
        at=timezone.now(),
    )
    type(world.file).objects.filter(pk=world.file.pk).update(name=MARKS["file"])


def everything(world: World, who: str, language: str, *, simple: bool = False) -> dict[str, str]:
    """The text of each address as this visitor gets it, files and refusals too."""
    client = at_a_browser(world, who)
    client.cookies.load({"language": language, "django_language": language, "simple": str(int(simple))})
    pages = {}
    for name in sorted(TABLE.keys() - PUBLIC - {"account_logout"}):
        row = TABLE[name]
        posts = name == "links:details"
        send = client.post if posts else client.get
        response = send(reverse(name, args=row.args(world)))
        pages[name] = "" if response.streaming else response.content.decode("utf-8", "replace")
    return pages


@pytest.mark.parametrize(
    ("who", "language", "simple"),
    [("parent", "ja", False), ("parent", "en", True), *((other, "ja", False) for other in OTHERS)],
)
def test_nobody_who_acts_for_the_person_is_told_a_place(hidden, who, language, simple) -> None:
    pages = everything(hidden, who, language, simple=simple)

    told = {(name, mark) for name, text in pages.items() for mark in MARKS.values() if mark in text}

    assert told == set()


def test_the_person_is_told(hidden) -> None:
    text = "".join(everything(hidden, "resident", "ja").values())

    missing = {name for name, mark in MARKS.items() if mark not in text}

    # addresses of before are shown to nobody, a code is masked to its end
    assert missing <= {"before", "reference"}


def test_who_acts_for_somebody_else_is_told_as_before(world) -> None:
    office = world.link.institution.name
    pages = everything(world, "parent", "ja")

    assert office in pages["links:record"]
    assert "浦和" in pages["links:details"]


def test_the_paper_itself_is_the_person_s_alone(hidden) -> None:
    client = at_a_browser(hidden, "parent")

    response = client.get(reverse("certificates:download", args=[hidden.certificate.public_id]))

    assert response.status_code == 302


def test_a_file_that_the_person_handed_in_is_not_there(hidden) -> None:
    client = at_a_browser(hidden, "parent")

    args = [hidden.report.public_id, hidden.file.public_id]

    assert client.get(reverse("reports:file", args=args)).status_code == 404


def test_what_somebody_wrote_themselves_they_may_read(hidden) -> None:
    parent = hidden.users["parent"]
    link = factories.LinkFactory.create(resident=hidden.person)
    own = reports.filed(link, parent, account="自分で書いたこと")
    client = at_a_browser(hidden, "parent")

    page = client.get(reverse("reports:report", args=[own.public_id])).content.decode()

    assert "自分で書いたこと" in page


def test_a_decision_s_reason_is_not_shown(hidden) -> None:
    link = factories.LinkFactory.create(resident=hidden.person)
    closed = reports.corrected(
        link, hidden.users["resident"], hidden.users["support"], explanation=MARKS["words"]
    )
    client = at_a_browser(hidden, "parent")

    page = client.get(reverse("reports:report", args=[closed.public_id])).content.decode()

    assert MARKS["words"] not in page


def test_no_template_of_residents_names_an_institution_past_the_rule() -> None:
    """`institution.name` knows no reader: pages of residents say `office`."""
    rooms = [Path("templates", room) for room in ("links", "reports", "certificates")]
    staff = {"queue.html", "review.html"}
    named = {
        str(path)
        for room in rooms
        for path in room.rglob("*.html")
        if path.name not in staff and "institution.name" in path.read_text(encoding="utf-8")
    }

    assert named == set()
