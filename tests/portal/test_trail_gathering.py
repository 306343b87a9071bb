"""A busy day in few lines: one case is one line, and what was looked at in one minute is one."""

import datetime

import pytest
from django.utils import timezone

from accounts import audit, places
from accounts.models import AuditEvent
from links.models import Institution
from tests import factories
from tests.portal.test_trail_page import address, looked, shown
from tests.readers import sign_in
from tests.reports.factories import filed

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def noon() -> datetime.datetime:
    """A moment of today whose minute and day do not end soon."""
    return timezone.localtime().replace(hour=12, minute=0, second=5) - datetime.timedelta(days=1)


def lines(page: str) -> list[str]:
    """The lines of the page."""
    return page.split('<ol class="timeline">')[1].split("</ol>")[0].split("<li><p>")[1:]


def test_what_somebody_did_in_one_case_is_one_line_that_opens(
    reader, link, resident_user, support, noon
) -> None:
    report = filed(link, resident_user, at=noon - MINUTE)
    subject = ("report", report.public_id)
    for verb, minute in (("report.viewed", 0), ("correction.proposed", 5), ("report.note_written", 9)):
        at = noon + minute * MINUTE
        audit.record(verb, by=support, at=at, resident=link.resident, subject=subject, purpose=report.number)
    looked(link, support, at=noon + 30 * MINUTE, purpose=report.number)

    (line,) = lines(shown(reader, link.resident, "who=staff"))

    head, more = line.split("<details")
    assert "wrote a note inside the service" in head or "proposed a correction" in head
    assert "and 3 more entries" in more
    assert "looked at the record" in more


def test_what_one_looked_at_in_a_minute_is_one_line(reader, resident, resident_user, noon) -> None:
    for second in range(3):
        looked(
            factories.LinkFactory.create(resident=resident),
            resident_user,
            at=noon + datetime.timedelta(seconds=second),
        )
    looked(factories.LinkFactory.create(resident=resident), resident_user, at=noon + MINUTE)

    shown_lines = lines(shown(reader, resident))

    assert len(shown_lines) == 2
    assert "and 2 more entries" in shown_lines[1]


def test_a_change_outside_a_case_stands_alone_and_other_people_are_never_gathered(
    reader, link, resident_user, support, noon
) -> None:
    looked(link, resident_user, at=noon)
    looked(link, support, at=noon)
    audit.record("sign_in.changed", by=resident_user, at=noon, resident=link.resident)
    audit.record("sign_in.done", by=resident_user, at=noon, resident=link.resident)

    assert len(lines(shown(reader, link.resident))) == 4


def test_from_where_is_told_and_the_device_for_one_s_own_sign_in_only(
    reader, client, link, resident_user, support, noon
) -> None:
    with places.standing("web:Safari, iPhone"):
        looked(link, resident_user, at=noon)
        looked(link, support, at=noon + MINUTE)
        audit.record("sign_in.failed", by=None, at=noon + 2 * MINUTE, resident=link.resident)
    with places.standing("task"):
        audit.record("record.withheld", by=None, at=noon + 3 * MINUTE, resident=link.resident)

    task, failed, by_staff, own = lines(shown(reader, link.resident))

    assert "by itself" in task
    assert "Somebody gave a wrong password" in failed
    assert "in the portal (Safari, iPhone)" in failed
    assert "in the portal (Safari, iPhone)" in own
    assert "in the portal" in by_staff
    assert "iPhone" not in by_staff


def test_the_office_of_the_record_is_told_on_the_page_and_in_the_files(reader, link, support, noon) -> None:
    code = Institution.objects.get(pk=link.institution_id).code
    looked(link, support, at=noon, institution=code)

    for name in ("trail", "trail_csv", "trail_json"):
        text = shown(reader, link.resident, name=name)
        assert "Mihon Bank" in text
        assert "by whoever runs the portal" in text


def test_when_somebody_signs_in_only_they_themselves_read(reader, link, resident_user, noon) -> None:
    for verb in ("sign_in.done", "sign_in.left", "sign_in.failed"):
        audit.record(verb, by=None, at=noon, resident=link.resident)
    parent = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=parent, subject=link.resident)

    own = [shown(reader, link.resident, name=name) for name in ("trail", "trail_csv")]
    browser = sign_in(type(reader)(), parent)
    others = [browser.get(address(link.resident, name)).content.decode() for name in ("trail", "trail_csv")]

    assert all("wrong password" in text for text in own)
    assert not any("wrong password" in text or "concerned signed" in text for text in others)


def test_a_failed_sign_in_is_no_deed_of_the_service(link, resident_user, noon) -> None:
    audit.record("sign_in.failed", by=None, at=noon, resident=link.resident)
    events = AuditEvent.objects.about(link.resident)

    assert not events.done_by("service", resident_user).exists()
    assert events.done_by("others", resident_user).exists()
