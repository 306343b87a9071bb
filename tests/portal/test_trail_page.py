"""A person reads what was done with their data: in sentences, filtered, page by page, and as files."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts import audit, sealing
from accounts.emptying import empty_trail
from accounts.models import AuditEvent, Resident
from certificates.actions import looking
from certificates.models import Certificate
from portal.templatetags.dates import japanese_date
from portal.trail_words import PAGES, REASONS, sentence, things_of, told
from tests import factories
from tests.certificates import factories as certificates
from tests.readers import sign_in
from tests.reports.factories import filed

DAY = datetime.timedelta(days=1)


def address(resident: Resident, name: str = "trail", query: str = "") -> str:
    """Where the trail of that person is read."""
    return f"{reverse(f'portal:{name}', args=[resident.public_id])}?{query}"


def looked(link, by, *, at, purpose="", verb="record.viewed", **more) -> AuditEvent:
    """Somebody looked at the record."""
    subject = ("link", link.public_id)
    return audit.record(verb, by=by, at=at, resident=link.resident, subject=subject, purpose=purpose, **more)


def shown(reader, resident, query="", name="trail") -> str:
    """The page as text."""
    return reader.get(address(resident, name, query)).content.decode()


def test_a_look_because_of_one_s_own_report_is_told_in_a_sentence(reader, link, resident_user, support, now):
    report = filed(link, resident_user, at=now)
    looked(link, support, at=now, purpose=report.number)

    page = shown(reader, link.resident)

    assert f"A support worker looked at the record ({link.title}) because you reported it." in page
    assert report.number not in page.split("A support worker")[1].split("</li>")[0]


def test_what_staff_did_with_a_report_leads_to_it(reader, link, resident_user, support, now):
    report = filed(link, resident_user, at=now)
    subject = ("report", report.public_id)
    audit.record(
        "report.viewed", by=support, at=now, resident=link.resident, subject=subject, purpose=report.number
    )

    page = shown(reader, link.resident, "who=staff")

    assert f"A support worker looked at the report ({report.number}) because you reported it." in page
    assert f'href="{report.get_absolute_url()}"' in page


def test_one_s_own_deeds_need_no_reason(reader, link, resident_user, now):
    report = filed(link, resident_user, at=now)

    page = shown(reader, link.resident)

    assert f"You reported a problem ({report.number})." in page
    assert "because" not in page


def test_a_report_of_somebody_else_about_the_person_is_told_as_that(
    client, link, resident_user, support, now
):
    report = filed(link, resident_user, at=now)
    looked(link, support, at=now, purpose=report.number)
    parent = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=parent, subject=link.resident)

    page = shown(sign_in(client, parent), link.resident)

    assert f"A support worker looked at the record ({link.title}) because it was reported." in page


def test_a_report_number_of_another_person_tells_nothing(
    reader, link, neighbour, neighbour_user, support, now
):
    other = filed(factories.LinkFactory.create(resident=neighbour), neighbour_user, at=now)
    looked(link, support, at=now, purpose=other.number)

    page = shown(reader, link.resident)

    assert f"A support worker looked at the record ({link.title})." in page
    assert other.number not in page
    assert other.public_id not in page


def test_the_name_of_a_worker_is_nowhere(reader, link, support, now):
    looked(link, support, at=now)

    for name in ("trail", "trail_csv", "trail_json"):
        text = shown(reader, link.resident, name=name)
        assert "upport worker" in text
        assert support.name not in text
        assert support.email not in text


def test_a_record_that_is_another_person_s_now_is_not_named(reader, link, neighbour, support, now):
    looked(link, support, at=now)
    resident = link.resident
    link.resident = neighbour
    link.save()

    page = shown(reader, resident)

    assert "A support worker looked at the record." in page
    assert link.public_id not in page


@pytest.mark.parametrize("verb", [verb for verb in audit.VERBS if verb not in ("feed.imported",)])
@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
def test_every_verb_is_a_sentence_in_every_language(resident_user, resident, support, verb, language):
    event = audit.event(verb, by=support, at=timezone.now(), resident=resident)
    deed = {name: getattr(event, name) for name in ("verb", "role", "on_behalf", "purpose", "subject_kind")}
    deed |= {"actor": support.pk, "subject_id": ""}

    with translation.override(language):
        words = sentence(deed, things_of([deed], resident, resident_user))

    assert words.endswith("." if language == "en" else "。")
    assert "%" not in words


@pytest.mark.parametrize("code", [*Certificate.Revocation])
def test_every_reason_of_an_ended_certificate_is_told(code):
    assert code in REASONS


def test_an_application_is_the_reason_of_who_looks_at_it(reader, resident, resident_user, support, now):
    application = certificates.certificate(resident, support, by=resident_user).application
    subject = ("application", application.public_id)
    audit.record(
        "certificate.application_viewed",
        by=support,
        at=now,
        resident=resident,
        subject=subject,
        purpose=application.number,
    )

    page = shown(reader, resident)

    assert "A support worker looked at the application because the certificate was applied for." in page
    assert f'href="{reverse(PAGES["application"], args=[application.public_id])}"' in page


def test_from_a_line_about_a_record_a_report_starts(reader, link, support, now):
    looked(link, support, at=now)

    page = shown(reader, link.resident)

    start = reverse("reports:start", args=[link.public_id])
    assert f'<a href="{start}">' in page
    assert reader.get(start).status_code == 302


def test_no_report_starts_from_a_record_that_is_gone(reader, link, support, now):
    looked(link, support, at=now)
    link.status = "removed"
    link.save()

    assert reverse("reports:start", args=[link.public_id]) not in shown(reader, link.resident)


@pytest.mark.parametrize(
    ("query", "told_of"),
    [
        ("", {"support", "you", "old", "service", "change", "agent"}),
        ("period=30", {"support", "you", "service", "change", "agent"}),
        ("period=365", {"support", "you", "old", "service", "change", "agent"}),
        ("kind=looks", {"support", "you", "old", "agent"}),
        ("kind=changes", {"service", "change"}),
        ("who=you", {"you"}),
        ("who=staff", {"support", "old", "change"}),
        ("who=others", {"agent"}),
        ("who=service", {"service"}),
        ("who=staff&kind=looks&period=30", {"support"}),
        ("who=nobody&kind=x&period=-5", {"support", "you", "old", "service", "change", "agent"}),
    ],
)
def test_the_reader_chooses_when_what_and_who(
    reader, link, resident_user, neighbour_user, support, now, query, told_of
):
    events = {
        "support": looked(link, support, at=now),
        "you": looked(link, resident_user, at=now),
        "agent": looked(link, neighbour_user, at=now, on_behalf=True),
        "old": looked(link, support, at=now - 60 * DAY),
        "service": looked(link, None, at=now, verb="record.withheld"),
        "change": looked(link, support, at=now, verb="record.released"),
    }
    wanted = {(timezone.localtime(events[name].at).isoformat(timespec="seconds")) for name in told_of}

    rows = reader.get(address(link.resident, "trail_json", query)).json()["entries"]

    assert len(rows) == len(told_of)
    assert {row["at"] for row in rows} == wanted


def test_what_was_chosen_stays_chosen_on_the_next_page_and_in_the_files(reader, link, support, now):
    for day in range(60):
        looked(link, support, at=now - day * DAY)

    page = shown(reader, link.resident, "who=staff")

    assert 'href="?who=staff&amp;page=2"' in page
    assert "trail.csv?who=staff" in page
    assert '<option value="staff" selected>' in page
    assert page.count("<li><p>") == 50


def test_the_second_page_shows_the_rest(reader, link, support, now):
    for day in range(60):
        looked(link, support, at=now - day * DAY)

    assert shown(reader, link.resident, "page=2").count("<li><p>") == 10


def test_the_same_deed_on_one_day_is_one_line_that_says_how_often(reader, link, support, now):
    for _again in range(3):
        looked(link, support, at=now)

    page = shown(reader, link.resident)

    assert page.count("A support worker looked at the record") == 1
    assert "3× on this day" in page


def test_it_is_said_since_when(reader, link, support, now):
    translation.activate("en")
    looked(link, support, at=datetime.datetime(2026, 3, 14, 3, 0, tzinfo=datetime.UTC))
    sealing.seal_waiting(at=now)

    assert f"Recorded since {japanese_date(datetime.date(2026, 3, 14))}." in shown(reader, link.resident)


def test_after_retention_it_is_said_since_when_the_rest_is(reader, link, support, now):
    looked(link, support, at=datetime.datetime(2015, 3, 14, 3, 0, tzinfo=datetime.UTC))
    looked(link, support, at=datetime.datetime(2018, 3, 14, 3, 0, tzinfo=datetime.UTC))
    empty_trail(before=datetime.date(2017, 2, 1), by=None, at=now)

    told_since = reader.get(address(link.resident, "trail_json")).json()["recorded_since"]

    assert told_since == "2017-02-01"


def test_the_spreadsheet_has_a_row_an_entry_in_the_reader_s_language(
    client, link, resident_user, support, now
):
    for _twice in range(2):
        looked(link, support, at=now)
    reader = sign_in(client, resident_user)
    reader.cookies["django_language"] = "ja"

    response = reader.get(address(link.resident, "trail_csv"), headers={"Accept-Language": "ja"})

    text = response.content.decode()
    heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert text.startswith("\ufeff")
    assert response["Content-Disposition"] == 'attachment; filename="trail.csv"'
    assert heading[1] == "したこと"
    assert [row[1] for row in rows] == [f"相談窓口の担当者が記録を見ました（{link.title}）。"] * 2


@pytest.mark.parametrize("name", ["trail_csv", "trail_json"])
def test_a_download_is_recorded(reader, resident, resident_user, name):
    reader.get(address(resident, name))

    event = AuditEvent.objects.get(verb="trail.downloaded")
    assert (event.actor, event.resident) == (resident_user, resident)


def test_a_person_under_protection_is_read_by_nobody_else(client, link):
    parent = factories.bound_user(factories.ResidentFactory.create())
    factories.authority(agent=parent, subject=link.resident)
    Resident.objects.filter(pk=link.resident.pk).update(protected=True)

    for name in ("trail", "trail_csv", "trail_json"):
        assert sign_in(client, parent).get(address(link.resident, name)).status_code == 404


def test_who_acts_for_others_only_chooses_one_of_them(client, resident):
    agent = factories.UserFactory.create()
    factories.authority(agent=agent, subject=resident)

    assert sign_in(client, agent).get(reverse("portal:own_trail"))["Location"] == reverse("portal:people")


@pytest.mark.parametrize("simple", ["0", "1"])
@pytest.mark.parametrize("lines", [1, 40])
def test_the_page_takes_the_same_queries_whatever_the_number(
    reader, link, resident_user, support, now, lines, simple, django_assert_max_num_queries
):
    report = filed(link, resident_user, at=now)
    for day in range(lines):
        looked(factories.LinkFactory.create(resident=link.resident), support, at=now - day * DAY)
        looked(link, support, at=now - day * DAY, purpose=report.number)
    reader.cookies["simple"] = simple

    with django_assert_max_num_queries(12):
        assert reader.get(address(link.resident)).status_code == 200


def test_from_home_record_and_security_one_comes_to_it(reader, link):
    for page in ("/", link.get_absolute_url()):
        assert address(link.resident).rstrip("?") in reader.get(page).content.decode()
    assert reverse("portal:own_trail") in reader.get(reverse("mfa_index")).content.decode()


def test_what_has_no_page_is_told_without_a_link(resident, resident_user, support):
    deed = {"verb": "person.viewed", "actor": support.pk, "role": "support", "on_behalf": False}
    deed |= {"purpose": "", "subject_kind": "", "subject_id": ""}

    words = told(deed, things_of([deed], resident, resident_user))

    assert (words.url, words.report_url, words.thing) == ("", "", "")


def test_a_deed_on_a_report_or_certificate_says_whose_record_it_is_about(
    reader, link, resident_user, resident, support, now
):
    filed(link, resident_user, at=now)
    certificate = certificates.certificate(resident, support, resident_user)
    looking.look_at_certificate(certificate=certificate, by=resident_user, at=now)

    shown(reader, link.resident)

    codes = dict(AuditEvent.objects.values_list("verb", "institution"))
    assert codes["report.filed"] == link.institution.code
    assert codes["certificate.viewed"] == certificate.link.institution.code
