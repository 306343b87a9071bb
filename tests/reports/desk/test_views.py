"""The desk in a browser: who gets in, and what a case shows."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reports.desk.steps import VERBS
from reports.kinds import State
from reports.models import Report
from tests.factories import FindingFactory, UserFactory
from tests.reports.desk.addresses import QUEUE, case_url, step_url, version
from tests.reports.factories import RELEASE, corrected


@pytest.mark.parametrize("role", ["", "officer", "data_officer"])
def test_others_do_not_get_to_the_desk(client, report, role):
    client.force_login(UserFactory.create(role=role))

    pages = [QUEUE, case_url(report), *(step_url(report, verb) for verb in VERBS)]
    assert {client.get(page).status_code for page in pages} == {403}
    assert {client.post(step_url(report, verb)).status_code for verb in VERBS} == {403}


@pytest.mark.parametrize("verb", VERBS)
def test_an_auditor_looks_and_does_nothing(client, auditor, report, verb):
    client.force_login(auditor)

    assert client.get(QUEUE).status_code == client.get(case_url(report)).status_code == 200
    assert client.post(step_url(report, verb), {"version": 1, "text": "x"}).status_code == 403


@pytest.mark.parametrize("verb", ["approve", "send-back"])
def test_an_agent_does_not_decide(as_support, proposed_report, verb):
    page = as_support.post(
        step_url(proposed_report, verb), {"version": version(proposed_report), "text": "x"}
    )

    assert page.status_code == 403
    assert Report.objects.get().state == State.PROPOSED


def test_a_case_that_does_not_exist_is_not_there(as_support, report):
    assert as_support.get(reverse("desk:case", args=["nothing"])).status_code == 404
    assert as_support.get(step_url(report, "delete")).status_code == 404


def test_a_case_in_the_agents_own_family_is_refused_kindly(as_support, report, resident, support):
    resident.bindings.update(user=support)

    page = as_support.post(step_url(report, "take"), {"version": 1})

    assert "ほかの担当者が扱わなければなりません" in page.content.decode()
    assert Report.objects.get().state == State.RECEIVED


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
def test_the_desk_opens_in_each_language(as_support, proposed_report, language):
    as_support.cookies["django_language"] = language
    do_nothing = [QUEUE, case_url(proposed_report), step_url(proposed_report, "note")]

    assert {as_support.get(page).status_code for page in do_nothing} == {200}


def test_the_desk_names_no_telephone_number_of_the_residents_line(as_support, report, settings):
    for address in (QUEUE, case_url(report)):
        assert settings.SUPPORT_PHONE not in as_support.get(address).content.decode()


def test_opening_a_case_is_written_down_where_the_resident_sees_it(as_support, report, support):
    as_support.get(case_url(report))

    seen = AuditEvent.objects.filter(actor=support, resident=report.resident, purpose=report.number)
    assert set(seen.values_list("verb", flat=True)) == {"report.viewed", "record.viewed"}


def test_a_case_shows_both_sides_and_the_deciding_element(as_support, report, link):
    link.holder_kana = "イノウエ　ケンイチ"
    link.save()
    FindingFactory.create(link=link, elements={"kana": "other"}, reasons=["other_given_name"])

    page = as_support.get(case_url(report)).content.decode()

    assert link.resident.name_kana in page
    assert "イノウエ　ケンイチ" in page
    assert page.count("決め手") >= 1


def test_a_case_asks_the_database_at_most_twenty_times(
    as_support, taken_report, django_assert_max_num_queries
):
    FindingFactory.create(link=taken_report.link)
    as_support.get(case_url(taken_report))  # the first look at somebody is told to them, once

    with django_assert_max_num_queries(20):
        as_support.get(case_url(taken_report))


def test_conversation_and_notes_are_told_apart_by_words_and_frames(as_support, report):
    page = as_support.get(case_url(report)).content.decode()

    assert page.index('class="card outward"') < page.index("ここに書いたことはすべて住民が読みます。")
    assert page.index('class="card inward"') < page.index("職員だけが見ます。住民には決して見えません。")
    assert step_url(report, "reply") in page
    assert step_url(report, "note") in page


def test_a_closed_case_can_be_read_and_not_written_to(as_support, link, resident_user, support):
    report = corrected(link, resident_user, support, **RELEASE)

    page = as_support.get(case_url(report)).content.decode()

    assert "この案件は終わりました。" in page
    assert "<textarea" not in page


def test_a_protected_persons_address_is_not_shown(as_support, report, resident):
    resident.protected = True
    resident.save()
    FindingFactory.create(link=report.link)

    assert resident.address not in as_support.get(case_url(report)).content.decode()


def test_a_case_reads_the_registered_birth_date_out_and_leaves_the_other_as_it_was_sent(
    as_support, report, link
):
    link.holder_birth_date = "19850402"
    link.save()
    FindingFactory.create(link=link, elements={"birth_date": "equal"})

    page = as_support.get(case_url(report)).content.decode()

    assert "1985年4月2日（昭和60年）" in page
    assert ">19850402<" in page
