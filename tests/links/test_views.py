"""The record's page: every look recorded, two answers of equal weight."""

import datetime
import re

import pytest
from django.conf import settings
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import audit
from accounts.models import AuditEvent
from links.models import Change, Link, ReviewRun
from links.review import settle
from tests import factories
from tests.readers import sign_in


@pytest.fixture
def finding(link):
    return factories.FindingFactory.create(link=link)


def test_a_reported_record_leads_to_its_report(reader, resident_user, link, now) -> None:
    settle.withhold([link.pk], source="report", reference="report-id", by=resident_user, at=now)

    response = reader.get(link.get_absolute_url())

    assertContains(response, reverse("reports:report", args=["report-id"]))
    assertNotContains(response, reverse("reports:start", args=[link.public_id]))


def test_a_matching_record_shows_its_match_and_its_masked_reference_only(reader, link, finding) -> None:
    response = reader.get(link.get_absolute_url())

    assertContains(response, 'class="match')
    assertContains(response, link.holder_name)
    assertContains(response, "Matches your data")
    assertContains(response, link.masked_reference)
    assertNotContains(response, link.reference)
    assertNotContains(response, link.details["account_number"])


def test_dates_in_the_match_carry_the_era(reader, link, finding) -> None:
    assertContains(reader.get(link.get_absolute_url()), "2 April 1985 (Showa 60)")


def test_a_record_that_was_never_compared_has_no_match_table(reader, link) -> None:
    assertNotContains(reader.get(link.get_absolute_url()), 'class="match')


def test_the_page_offers_two_answers(reader, link, finding) -> None:
    response = reader.get(link.get_absolute_url())

    assertContains(response, "Yes, this is mine")
    assertContains(response, reverse("reports:start", args=[link.public_id]))


@pytest.mark.parametrize("state", [{"status": "removed"}, {"settled_as": "unlinked", "settled_digest": b"d"}])
def test_about_a_record_that_is_gone_nothing_is_asked(reader, link, state) -> None:
    Link.objects.filter(pk=link.pk).update(**state)

    response = reader.get(link.get_absolute_url())

    assertNotContains(response, "Is this record yours?")


def test_opened_details_are_shown_and_recorded(reader, link, finding, resident_user) -> None:
    response = reader.post(reverse("links:details", args=[link.public_id]))

    assertContains(response, link.reference)
    assertContains(response, "1234567")
    assertContains(response, "Account number")
    event = AuditEvent.objects.get(verb="record.details_opened")
    assert (event.actor, event.resident, event.subject_id) == (resident_user, link.resident, link.public_id)


def test_opened_details_say_codes_in_words_and_days_as_days(reader, resident) -> None:
    sent = {
        "copay_ratio": "030",
        "card_state": "valid",
        "card_use_registered": "1",
        "qualified_on": "2026-04-13",
    }
    link = factories.LinkFactory.create(resident=resident, category="health_insurance", details=sent)
    factories.FindingFactory.create(link=link)

    response = reader.post(reverse("links:details", args=[link.public_id]))

    for words in ("30 percent", "Can be used", "Registered", "13 April 2026 (Reiwa 8)"):
        assertContains(response, f"<dd>{words}</dd>", html=True)
    for code in ("030", "valid", "2026-04-13"):
        assertNotContains(response, f"<dd>{code}</dd>", html=True)


def test_since_when_and_last_checked_stand_on_a_line_each(reader, link, finding) -> None:
    page = reader.get(link.get_absolute_url()).content.decode()

    assert re.search(r"Recorded here since [^<]+<br>Last checked on [^<]+</p>", page)


def test_the_trail_is_headed_by_what_it_holds(reader, link) -> None:
    assertContains(reader.get(link.get_absolute_url()), "<h2>Who looked at it and what was done</h2>")


def test_details_are_closed_when_one_comes_back_to_their_address(reader, link) -> None:
    response = reader.get(reverse("links:details", args=[link.public_id]))

    assertRedirects(response, link.get_absolute_url())


def test_details_of_a_record_under_review_cannot_be_opened(reader, resident) -> None:
    link = factories.LinkFactory.create(resident=resident, verdict="review")
    factories.FindingFactory.create(link=link)

    page = reader.get(link.get_absolute_url())
    answer = reader.post(reverse("links:details", args=[link.public_id]), follow=True)

    assertContains(page, 'class="match')
    assertNotContains(page, "Show the details")
    assertNotContains(answer, link.reference)


def test_confirming_thanks_and_is_seen_in_the_history(reader, link, finding) -> None:
    response = reader.post(reverse("links:confirm", args=[link.public_id]), follow=True)

    assertContains(response, "Thank you. We noted that this record is yours.")
    assertContains(response, "You said: this is mine")
    assertContains(response, "You confirmed it")
    assertNotContains(response, "Yes, this is mine")


def test_a_parent_s_own_account_on_a_child_s_number_cannot_be_confirmed(
    reader, resident, resident_user
) -> None:
    child = factories.ResidentFactory.create(
        name="見本　蓮", name_kana="ミホン　レン", birth_date="2015-04-02"
    )
    factories.authority(agent=resident_user, subject=child)
    link = factories.LinkFactory.create(resident=child, holder_name=resident.name, holder_kana="")

    response = reader.post(reverse("links:confirm", args=[link.public_id]), follow=True)

    assertContains(response, "The holder of this record seems to be you.")
    link.refresh_from_db()
    assert link.confirmed_at is None


def test_a_look_is_recorded_and_seen_at_once(reader, link, resident_user) -> None:
    response = reader.get(link.get_absolute_url())

    event = AuditEvent.objects.get(verb="record.viewed")
    assert (event.actor, event.resident, event.on_behalf) == (resident_user, link.resident, False)
    assertContains(response, "Looked at the record")


def test_the_resident_sees_that_staff_looked_and_why_but_not_who(reader, link, support, now) -> None:
    audit.record(
        "record.viewed",
        by=support,
        at=now,
        resident=link.resident,
        subject=("link", link.public_id),
        purpose="R-7K3M-92QX",
    )

    response = reader.get(link.get_absolute_url())

    assertContains(response, "Support agent")
    assertContains(response, "because of R-7K3M-92QX")
    assertNotContains(response, support.name)


@pytest.mark.parametrize("user", ["neighbour_user", "support", "supervisor"])
@pytest.mark.parametrize(("name", "method"), [("record", "get"), ("details", "post"), ("confirm", "post")])
def test_for_everyone_else_the_record_is_not_there(client, link, user, name, method, request) -> None:
    client.force_login(request.getfixturevalue(user))

    response = getattr(client, method)(reverse(f"links:{name}", args=[link.public_id]))

    assert response.status_code == 404
    assert not AuditEvent.objects.exists()
    assert not Change.objects.exists()


def test_an_agent_s_page_carries_the_name_and_the_look_is_on_behalf(client, link, neighbour_user) -> None:
    factories.authority(agent=neighbour_user, subject=link.resident)

    response = sign_in(client, neighbour_user).get(link.get_absolute_url())

    assertContains(response, f"<strong>{link.resident.name}</strong>")
    assert AuditEvent.objects.get().on_behalf


def test_the_own_page_carries_no_band(reader, link) -> None:
    assertNotContains(reader.get(link.get_absolute_url()), 'class="band"')


def test_the_last_check_is_the_latest_of_finding_and_run(reader, link, finding, now) -> None:
    ended = now + datetime.timedelta(days=40)
    ReviewRun.objects.create(state="finished", started_at=now, finished_at=ended, rules_version="1")

    response = reader.get(link.get_absolute_url())

    assert response.context["checked_at"] == ended


def test_a_newer_finding_is_the_last_check(reader, link, now) -> None:
    long_ago = now - datetime.timedelta(days=40)
    ReviewRun.objects.create(state="finished", started_at=long_ago, finished_at=long_ago, rules_version="1")
    finding = factories.FindingFactory.create(link=link, found_at=now)

    response = reader.get(link.get_absolute_url())

    assert response.context["checked_at"] == finding.found_at


def test_what_was_not_checked_has_no_last_check_whatever_ran_before(reader, link, now) -> None:
    ReviewRun.objects.create(state="finished", started_at=now, finished_at=now, rules_version="1")
    Link.objects.filter(pk=link.pk).update(verdict="")

    response = reader.get(link.get_absolute_url())

    assert response.context["checked_at"] is None
    assertNotContains(response, "Last checked on")


@pytest.mark.parametrize("looks", [1, 30])
def test_the_page_costs_at_most_fifteen_queries_however_long_its_history(
    reader, link, finding, support, now, looks, django_assert_max_num_queries
) -> None:
    for day in range(looks):
        at = now - datetime.timedelta(days=day)
        audit.record(
            "record.viewed", by=support, at=at, resident=link.resident, subject=("link", link.public_id)
        )
        Change.objects.create(link=link, resident=link.resident, kind="held", at=at)
    reader.get(link.get_absolute_url())

    with django_assert_max_num_queries(15):
        reader.get(link.get_absolute_url())


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
@pytest.mark.parametrize("simple", ["0", "1"])
def test_the_page_is_there_in_every_language_and_version(reader, link, finding, language, simple) -> None:
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    reader.cookies["simple"] = simple

    response = reader.get(link.get_absolute_url())

    assert response.status_code == 200


def test_what_an_institution_sends_is_never_markup(reader, resident) -> None:
    link = factories.LinkFactory.create(
        resident=resident, entered_by="<script>alert(1)</script>", details={"bank_name": "<b>x</b>"}
    )

    response = reader.post(reverse("links:details", args=[link.public_id]))

    assertNotContains(response, "<script>alert")
    assertNotContains(response, "<b>x</b>")
