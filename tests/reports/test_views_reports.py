"""Following a report: where it stands, what was said, what was decided."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reports import actions
from reports.kinds import State
from reports.models import Message, Report
from tests.factories import FindingFactory, LinkFactory, authority
from tests.reports.factories import CORRECTION, RELEASE, corrected, do, filed

LIST = reverse("reports:list")


@pytest.fixture
def as_resident(client, resident_user):
    """The resident's browser."""
    client.force_login(resident_user)
    return client


def url(name: str, report: Report) -> str:
    """A page of one report."""
    return reverse(f"reports:{name}", args=[report.public_id])


def test_without_reports_the_list_says_what_to_do(as_resident):
    page = as_resident.get(LIST).content.decode()

    assert "申し出はまだありません" in page
    assert reverse("portal:home") in page


def test_the_list_separates_what_is_open_from_what_is_finished(
    as_resident, report, insurance, resident_user, support
):
    corrected(insurance, resident_user, support)

    groups = as_resident.get(LIST).context["groups"]

    assert [[row["report"].is_open for row in rows] for _heading, rows in groups] == [[True], [False]]


def test_the_list_shows_number_state_and_next_date(as_resident, report):
    page = as_resident.get(LIST).content.decode()

    assert report.number in page
    assert "申し出を受け付けました。" in page
    assert f"{report.next_step_by.month}月{report.next_step_by.day}日" in page


def test_a_neighbours_report_is_not_listed(as_resident, neighbours_link, neighbour_user):
    theirs = filed(neighbours_link, neighbour_user)

    assert theirs.number not in as_resident.get(LIST).content.decode()


def test_a_childs_report_is_listed_with_the_childs_name(as_resident, neighbours_link, resident_user):
    authority(agent=resident_user, subject=neighbours_link.resident)
    filed(neighbours_link, resident_user)

    assert f"{neighbours_link.resident.name} さんの分" in as_resident.get(LIST).content.decode()


def test_a_long_list_asks_no_more_than_a_short_one(
    as_resident, resident, resident_user, django_assert_max_num_queries
):
    for link in LinkFactory.create_batch(12, resident=resident):
        filed(link, resident_user)

    with django_assert_max_num_queries(6):
        as_resident.get(LIST)


@pytest.mark.parametrize("name", ["report", "sent", "withdraw", "message"])
def test_a_neighbours_report_is_not_there(as_resident, neighbours_link, neighbour_user, name):
    theirs = filed(neighbours_link, neighbour_user)

    assert as_resident.get(url(name, theirs)).status_code == 404


@pytest.mark.parametrize("name", ["withdraw", "message"])
def test_a_neighbours_report_takes_nothing(as_resident, neighbours_link, neighbour_user, name):
    theirs = filed(neighbours_link, neighbour_user)

    assert as_resident.post(url(name, theirs), {"text": "Hello"}).status_code == 404
    assert Report.objects.get().is_open
    assert not Message.objects.exists()


def test_the_page_shows_what_happened_and_what_comes_next(as_resident, report):
    page = as_resident.get(url("report", report)).content.decode()

    assert "申し出を受け付け、この記録の利用を止めました。" in page
    assert "窓口の担当者が確認を始めます。" in page
    assert 'aria-current="step"' in page


def test_looking_at_ones_report_leaves_a_trace(as_resident, report, resident_user):
    as_resident.get(url("report", report))

    assert AuditEvent.objects.filter(verb="report.viewed", actor=resident_user).exists()


def test_the_record_stays_hidden_on_the_reports_page(as_resident, report, link):
    page = as_resident.get(url("report", report)).content.decode()

    assert link.reference not in page
    assert link.details["account_number"] not in page


def test_a_message_reaches_support(as_resident, report):
    page = as_resident.post(url("message", report), {"text": "Any news?"}, follow=True)

    assert Message.objects.get().audience == Message.Audience.SUPPORT
    assert "メッセージを送りました。" in page.content.decode()
    assert "Any news?" in page.content.decode()


def test_an_empty_message_says_what_to_do(as_resident, report):
    page = as_resident.post(url("message", report), {"text": ""})

    assert "メッセージを書いてください。" in page.content.decode()
    assert not Message.objects.exists()


def test_a_message_to_a_finished_report_is_refused_and_not_lost(as_resident, link, resident_user, support):
    report = corrected(link, resident_user, support)

    page = as_resident.post(url("message", report), {"text": "It is still wrong."})

    assert page.status_code == 200
    assert "この申し出は終わっています" in page.content.decode()


def test_the_address_of_the_message_form_leads_back_when_it_is_opened(as_resident, report):
    assert as_resident.get(url("message", report)).url == report.get_absolute_url()


def test_a_question_of_support_stands_first_with_a_place_to_answer(as_resident, taken_report, support):
    do("ask_resident", taken_report, support, text="Which branch is it?")

    page = as_resident.get(url("report", taken_report)).content.decode()

    assert page.index("Which branch is it?") < page.index("これまでの流れ")
    assert "質問に答える" in page


def test_answering_moves_the_report_on(as_resident, taken_report, support):
    do("ask_resident", taken_report, support, text="Which branch is it?")

    as_resident.post(url("message", taken_report), {"text": "Urawa."})

    assert Report.objects.get().state == State.TRIAGED


def test_notes_of_staff_are_never_shown(as_resident, report, support, now):
    actions.note(report=report, text="SECRET-NOTE", by=support, at=now)

    for name in ("report", "sent", "withdraw"):
        assert "SECRET-NOTE" not in as_resident.get(url(name, report)).content.decode()


def test_staff_are_not_named_to_residents(as_resident, taken_report, support):
    do("reply", taken_report, support, text="We called the bank.")

    page = as_resident.get(url("report", taken_report)).content.decode()

    assert "We called the bank." in page
    assert support.name not in page


def test_after_a_correction_the_page_says_what_did_not_fit(as_resident, link, resident_user, support):
    link.holder_kana = "イノウエ　ケンイチ"
    link.save()
    FindingFactory.create(link=link, elements={"kana": "other"}, reasons=["other_given_name"])
    report = corrected(link, resident_user, support)

    page = as_resident.get(url("report", report)).content.decode()

    assert "住民の記録と合わなかったところ" in page
    assert CORRECTION["explanation"] in page
    assert "ケンイチ" not in page


def test_the_reason_for_the_second_person_is_not_for_the_resident(as_resident, link, resident_user, support):
    report = corrected(link, resident_user, support, reason="SECRET-REASON")

    assert "SECRET-REASON" not in as_resident.get(url("report", report)).content.decode()


def test_after_not_an_error_the_page_says_why(as_resident, link, resident_user, support):
    report = corrected(link, resident_user, support, **RELEASE)

    page = as_resident.get(url("report", report)).content.decode()

    assert RELEASE["explanation"] in page
    assert "住民の記録と合わなかったところ" not in page


def test_a_proposal_is_not_shown_before_it_was_approved(as_resident, proposed_report):
    page = as_resident.get(url("report", proposed_report)).content.decode()

    assert CORRECTION["explanation"] not in page


def test_withdrawing_asks_first(as_resident, report):
    page = as_resident.get(url("withdraw", report)).content.decode()

    assert "申し出を取り下げますか" in page
    assert Report.objects.get().is_open


def test_a_withdrawn_report_says_so(as_resident, report, link):
    page = as_resident.post(url("withdraw", report), follow=True).content.decode()

    link.refresh_from_db()
    assert "申し出を取り下げました。" in page
    assert not link.held


def test_withdrawing_too_late_is_told_kindly(as_resident, proposed_report):
    page = as_resident.post(url("withdraw", proposed_report), follow=True).content.decode()

    assert "いまはこの操作ができません" in page
    assert Report.objects.get().is_open


def test_what_cannot_be_withdrawn_offers_no_button(as_resident, proposed_report):
    page = as_resident.get(url("report", proposed_report)).content.decode()

    assert url("withdraw", proposed_report) not in page


def test_a_childs_report_carries_the_childs_name_at_the_top(as_resident, neighbours_link, resident_user):
    authority(agent=resident_user, subject=neighbours_link.resident)
    report = filed(neighbours_link, resident_user)

    for name in ("report", "sent", "withdraw"):
        assert 'class="band"' in as_resident.get(url(name, report)).content.decode()


def test_when_the_authority_ends_the_report_is_gone(as_resident, neighbours_link, resident_user, now):
    given = authority(agent=resident_user, subject=neighbours_link.resident)
    report = filed(neighbours_link, resident_user)
    given.ended_at = now
    given.save()

    assert as_resident.get(url("report", report)).status_code == 404


@pytest.mark.parametrize("language", ["ja", "ja-x-easy", "en"])
@pytest.mark.parametrize("simple", ["0", "1"])
def test_the_pages_open_in_each_language_and_version(as_resident, taken_report, support, language, simple):
    do("ask_resident", taken_report, support, text="Which branch is it?")
    as_resident.cookies["django_language"] = language
    as_resident.cookies["simple"] = simple

    for name in ("report", "sent", "withdraw"):
        assert as_resident.get(url(name, taken_report)).status_code == 200


def test_a_report_with_much_said_asks_no_more_queries(
    as_resident, taken_report, resident_user, support, now, django_assert_max_num_queries
):
    for number in range(8):
        actions.answer(report=taken_report, text=f"{number}", by=resident_user, at=now)
        do("reply", taken_report, support, text=f"Answer {number}")

    with django_assert_max_num_queries(12):
        as_resident.get(url("report", taken_report))
