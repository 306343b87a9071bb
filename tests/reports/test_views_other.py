"""Reports without a record, question by question; and another person's information, hidden at once."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from links.models import Link
from reports.kinds import Kind
from reports.models import Draft, Printout, Report
from tests.factories import authority
from tests.reports.factories import attached, filed
from tests.reports.other import MISSING, PRINTED, closed, other

TYPED = {
    "missing": {
        "record": {"matter": "health_insurance"},
        "office": {"office": "　見本健康保険組合 "},
        "since": {"known_since": "week"},
        "story": {"account": "4月に入りました。"},
        "reach": {"reach_by": "portal", "telephone": ""},
    },
    "printed": {
        "document": {"matter": "residence"},
        "where": {"office": "コンビニ 浦和店", "printed_on": "2026-11-20", "hour": "9"},
        "paper": {"paper": "here"},
    },
}


@pytest.fixture
def as_resident(client, resident_user):
    """The resident's browser."""
    client.force_login(resident_user)
    return client


def page_url(name: str, resident, *rest: str) -> str:
    """A page of this way."""
    return reverse(f"reports:{name}", args=[resident.public_id, *rest])


def answer_all(client, resident, kind: str) -> str:
    """Answer every question; where one ends."""
    url = client.post(page_url("other_start", resident), {"kind": kind}).url
    for step, answers in TYPED[kind].items():
        assert url == page_url("other_question", resident, kind, step)
        assert client.get(url).status_code == 200
        url = client.post(url, answers).url
    return url


@pytest.mark.parametrize("kind", ["missing", "printed"])
def test_a_report_is_made_question_by_question_and_sent(as_resident, resident, kind):
    check = answer_all(as_resident, resident, kind)
    assert kind == "missing" or "2026年11月20日（令和8年）" in as_resident.get(check).content.decode()

    page = as_resident.post(check, follow=True).content.decode()

    report = Report.objects.get()
    assert report.number in page
    assert report.kind == kind
    assert not Draft.objects.exists()


def test_posted_twice_it_is_one_report(as_resident, resident):
    check = answer_all(as_resident, resident, "printed")

    first, second = (as_resident.post(check).url for _ in range(2))

    assert first == second == reverse("reports:sent", args=[Report.objects.get().public_id])


def test_the_printed_paper_asks_only_place_time_kind_and_where_it_is(as_resident, resident):
    answer_all(as_resident, resident, "printed")

    asked = set(Draft.objects.get().answers)

    assert asked == {"matter", "office", "printed_on", "hour", "paper"}


def test_who_still_has_the_paper_reads_what_to_do_with_it(as_resident, resident):
    page = as_resident.post(answer_all(as_resident, resident, "printed"), follow=True).content.decode()

    assert "紙は封筒に入れて保管してください" in page
    assert "さいたま市浦和区" in page
    assert Printout.objects.get().is_out


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", "日付を入れてください"),
        ("tomorrow", "日付を入れてください"),
        ("+1", "まだ来ていない"),
        ("-3000", "5年より前"),
    ],
)
def test_a_day_that_cannot_be_is_asked_for_again(as_resident, resident, day, says):
    if day[:1] in "+-" and day:
        day = str(timezone.localdate() + datetime.timedelta(days=int(day)))
    url = page_url("other_question", resident, "printed", "where")

    page = as_resident.post(url, TYPED["printed"]["where"] | {"printed_on": day})

    assert says in page.content.decode()
    assert not Draft.objects.exists()


def test_what_was_answered_is_there_again_and_can_be_thrown_away(as_resident, resident):
    as_resident.post(page_url("other_question", resident, "missing", "office"), {"office": "見本組合"})

    assert (
        "見本組合"
        in as_resident.get(page_url("other_question", resident, "missing", "office")).content.decode()
    )
    as_resident.post(page_url("other_discard", resident, "missing"))
    assert not Draft.objects.exists()


def test_switching_the_language_keeps_what_is_half_written(as_resident, resident):
    url = page_url("other_question", resident, "missing", "office")

    switched = as_resident.post(url, {"office": "見本組", "language": "en", "next": url})

    assert (switched.status_code, switched.headers["Location"]) == (307, reverse("set_language"))
    assert Draft.objects.get().answers["office"] == "見本組"


def test_an_individual_number_is_not_kept(as_resident, resident):
    url = page_url("other_question", resident, "missing", "office")

    page = as_resident.post(url, {"office": "1234 5678 9018"})

    assert "12けた" in page.content.decode() or "個人番号" in page.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["other_start", "seen"])
def test_a_neighbour_is_not_there(as_resident, neighbour, name):
    assert as_resident.get(page_url(name, neighbour)).status_code == 404
    assert (
        as_resident.post(page_url(name, neighbour), {"kind": "missing", "where": "home"}).status_code == 404
    )
    assert not Report.objects.exists()


@pytest.mark.parametrize("kind", ["not_mine", "mine", "saw_other", "anything"])
def test_a_kind_with_no_questions_is_not_there(as_resident, resident, kind):
    assert as_resident.get(page_url("other_question", resident, kind, "since")).status_code == 404
    assert as_resident.get(page_url("other_check", resident, kind)).status_code == 404


def test_an_agent_reports_for_a_child_under_the_childs_name(as_resident, neighbour, resident_user):
    authority(agent=resident_user, subject=neighbour)

    page = as_resident.get(page_url("other_start", neighbour)).content.decode()
    as_resident.post(answer_all(as_resident, neighbour, "missing"))

    assert 'class="band"' in page
    assert Report.objects.get().resident == neighbour


def test_from_a_record_one_answer_hides_it_and_sends_the_report(as_resident, link, resident_user):
    attached(link, resident_user)

    page = as_resident.post(
        reverse("reports:question", args=[link.public_id, "what"]), {"kind": "saw_other"}, follow=True
    ).content.decode()

    report = Report.objects.get()
    assert report.number in page
    assert not Link.objects.get().shows_details
    for secret in (link.reference, link.holder_kana, link.details["account_number"]):
        assert secret not in page
    assert not report.attachments.exists()


def test_the_record_shows_nothing_of_the_stranger_from_then_on(as_resident, link, resident_user):
    filed(link, resident_user, kind="saw_other", account="", known_since="")

    for url in (link.get_absolute_url(), reverse("portal:home"), Report.objects.get().get_absolute_url()):
        page = as_resident.get(url).content.decode()
        assert link.reference[-4:] not in page
        assert link.details["account_number"] not in page


def test_a_record_is_chosen_where_one_begins_elsewhere(as_resident, resident, link):
    page = as_resident.get(page_url("seen", resident)).content.decode()
    as_resident.post(page_url("seen", resident), {"where": link.public_id})

    assert link.public_id in page
    assert Report.objects.get().link == link
    assert not Link.objects.get().shows_details


def test_a_page_that_is_no_record_is_reported_without_one(as_resident, resident):
    as_resident.post(page_url("seen", resident), {"where": "notice"})

    report = Report.objects.get()
    assert (report.link, report.kind, report.matter) == (None, Kind.SAW_OTHER, "notice")


def test_a_neighbours_record_is_no_choice(as_resident, resident, neighbours_link):
    page = as_resident.post(page_url("seen", resident), {"where": neighbours_link.public_id})

    assert page.status_code == 200
    assert not Report.objects.exists()


@pytest.mark.parametrize("kind", [Kind.MISSING, Kind.PRINTED, Kind.SAW_OTHER])
@pytest.mark.parametrize("simple", ["0", "1"])
def test_the_pages_of_each_kind_open(as_resident, resident, resident_user, kind, simple):
    report = other(resident, resident_user, kind)
    as_resident.cookies["simple"] = simple

    for name in ("report", "sent", "summary", "withdraw"):
        page = as_resident.get(reverse(f"reports:{name}", args=[report.public_id]))
        assert page.status_code == 200
        assert page.context["standing"].text if name != "withdraw" else page.context["question"]


def test_a_leak_offers_no_field_for_a_story(as_resident, resident, resident_user):
    report = other(resident, resident_user, Kind.SAW_OTHER)

    page = as_resident.get(report.get_absolute_url()).content.decode()

    assert "<textarea" not in page
    assert reverse("reports:withdraw", args=[report.public_id]) not in page


def test_the_list_and_the_home_page_name_it_and_lead_to_more(
    as_resident, resident, resident_user, django_assert_max_num_queries
):
    for number in range(5):
        other(resident, resident_user, office=f"組合{number}")

    with django_assert_max_num_queries(15):
        listed = as_resident.get(reverse("reports:list")).content.decode()
    with django_assert_max_num_queries(15):
        home = as_resident.get(reverse("portal:home")).content.decode()

    assert "組合4" in listed
    assert reverse("reports:other") in listed
    assert page_url("other_start", resident) in home
    assert "申し出を受け付けました" in home


def test_an_open_report_without_a_record_hides_no_other_from_an_agents_list(
    as_resident, neighbour, neighbours_link, resident_user
):
    authority(agent=resident_user, subject=neighbour)
    Link.objects.filter(pk=neighbours_link.pk).update(held=True)
    other(neighbour, resident_user)

    page = as_resident.get(reverse("portal:people"))

    assert page.context["represented"][0].needs_look


def test_still_wrong_is_said_in_one_sentence(as_resident, resident, resident_user, support, supervisor):
    report = closed(other(resident, resident_user), support, supervisor)
    url = reverse("reports:reopen", args=[report.public_id])

    assert url in as_resident.get(report.get_absolute_url()).content.decode()
    assert "まだおかしいところ" in as_resident.get(url).content.decode()
    assert as_resident.post(url, {"text": ""}).status_code == 200
    page = as_resident.post(url, {"text": "It is not there."}, follow=True).content.decode()

    assert "It is not there." in page
    assert as_resident.post(url, {"text": "It is not there."}).url == report.get_absolute_url()


def test_after_a_decision_the_right_of_correction_is_named_with_its_address(
    as_resident, resident, resident_user, support, supervisor, settings
):
    settings.CORRECTION_ADDRESS = "〒100-0000 見本県庁 訂正係"
    report = closed(other(resident, resident_user), support, supervisor)

    for name in ("report", "summary"):
        page = as_resident.get(reverse(f"reports:{name}", args=[report.public_id])).content.decode()
        assert "個人情報の保護に関する法律" in page
        assert settings.CORRECTION_ADDRESS in page


def test_a_summary_prints_what_happened_and_nothing_that_is_hidden(as_resident, report, link):
    page = as_resident.get(reverse("reports:summary", args=[report.public_id])).content.decode()

    assert report.resident.name in page
    assert report.number in page
    assert link.details["account_number"] not in page
    assert "<textarea" not in page


def test_every_question_of_the_sample_answers_is_asked():
    assert {name for step in TYPED["missing"].values() for name in step} == set(MISSING)
    assert {name for step in TYPED["printed"].values() for name in step} == set(PRINTED)
