"""A right record stopped by a wrong feed: its holder proves to know it, staff release it, it is published."""

import pytest
from django.utils import timezone

from accounts.models import Resident
from links.models import Link
from links.review import engine
from links.review.runs import Scope
from portal import figures
from tests import factories
from tests.journeys.visitor import Visitor
from tests.portal.counted import decided

pytestmark = pytest.mark.journey

RIGHT, WRONG = "567", "000"
SECRETS = ("1234567", "シッパイ")
QUESTION = "What are the last three digits of the account number?"
MISTAKEN = "These digits do not agree. Please look at your book, card or letter, and try again."
EXPLANATION = "銀行が名義のカナを誤って送っていました。この口座はあなたのものです。"


@pytest.fixture
def stopped(transactional_db, resident: Resident) -> Link:
    """The resident's own bank account, which the bank sent under a stranger's name."""
    link = factories.LinkFactory.create(
        resident=resident,
        verdict="",
        holder_name="",
        holder_kana="シッパイ　ジロウ",
        holder_birth_date="1931-01-09",
    )
    engine.review(Scope(), at=timezone.now())
    link.refresh_from_db()
    assert (link.verdict, link.held) == ("mismatch", True)
    return link


def test_a_false_alarm_from_the_resident_to_the_published_precision(
    arrive, stopped, resident_user, support, supervisor, neighbour
):
    earlier = factories.InstitutionFactory.create()
    decided(neighbour, earlier, (support, supervisor), 9, remedy="release", alarm=True)
    decided(neighbour, earlier, (support, supervisor), 90, remedy="unlink", alarm=True)

    resident = arrive().sign_in(resident_user).open(stopped.get_absolute_url())
    resident.reads("This record may belong to another person").reads_nothing_of(*SECRETS)
    resident.finds("No, something is wrong").press("Yes, this is mine").look()

    claimed(resident)
    released_by_two(arrive().sign_in(support), arrive().sign_in(supervisor))

    resident.open(stopped.get_absolute_url()).reads("Matches your data").finds("Show the details").look()
    resident.open("/reports/").follow("a[href^='/reports/']").reads(EXPLANATION).look()
    told = published(arrive())
    assert told[resident.said("False alarms")] == "10"
    # 90 of at most 90 + 10 + 18
    assert told[resident.said("Right alarms, at least")] == "76%"


def claimed(resident: Visitor) -> None:
    """Wrong digits first, then the right ones."""
    resident.reads_nothing_of(*SECRETS).write(QUESTION, WRONG).press("Send")
    resident.reads(MISTAKEN).reads_nothing_of(*SECRETS).look()
    resident.write(QUESTION, RIGHT).press("Send")
    resident.reads("We received your answer").reads_nothing_of(*SECRETS).look()


def released_by_two(support: Visitor, supervisor: Visitor) -> None:
    """Support reads that the digits were known and proposes, a supervisor approves."""
    support.open("/desk/").follow("table a").press("Take this case")
    support.reads("Knowledge of the record", "It is mine, but it was stopped").look()
    support.press("Propose a correction").choose("Release the record: it is right")
    support.page.select_option("select[name=cause]", "not_an_error")
    support.write("Reason for the second person", "銀行に電話で確認した。")
    support.write("Explanation for the resident", EXPLANATION).press("Propose a correction")
    supervisor.open("/desk/").follow("table a").press("Approve the correction").press(
        "Approve the correction"
    )
    supervisor.reads("The correction was carried out. The resident is told.").look()


def published(visitor: Visitor) -> dict[str, str]:
    """The public figures by their words."""
    figures.compute(day=timezone.localdate())
    visitor.open("/figures/").look()
    words, values = (visitor.page.locator(f".figures {part}").all_inner_texts() for part in ("dt", "dd.num"))
    return dict(zip(words, values, strict=True))
