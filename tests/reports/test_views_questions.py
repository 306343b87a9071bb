"""The journey through the questions, as a browser takes it."""

import pytest
from django.urls import reverse

from accounts.free_text import LONGEST
from reports import actions
from reports.journey import STEPS, check_url, question_url
from reports.models import Draft, Report
from tests.factories import LinkFactory, authority
from tests.reports.factories import ANSWERS, corrected, filed

TYPED = [
    ("what", {"kind": "not_mine"}),
    ("since", {"known_since": "week"}),
    ("story", {"account": "この口座に覚えがありません。"}),
    ("files", {}),
    ("reach", {"reach_by": "telephone", "telephone": "090-1234-5678"}),
]


@pytest.fixture
def as_resident(client, resident_user):
    """The resident's browser."""
    client.force_login(resident_user)
    return client


@pytest.fixture
def draft(link, resident_user, now) -> Draft:
    """Every question is answered."""
    return actions.keep(link=link, answers=ANSWERS, by=resident_user, at=now)


def start_url(link) -> str:
    """Where the record's page leads."""
    return reverse("reports:start", args=[link.public_id])


def test_a_report_is_made_question_by_question(as_resident, link):
    page = as_resident.get(start_url(link))
    for _step, typed in TYPED:
        page = as_resident.post(page.url, typed)
    assert page.url == check_url(link)

    sent = as_resident.post(page.url, follow=True)

    report = Report.objects.get()
    assert (report.kind, report.telephone) == ("not_mine", "090-1234-5678")
    assert report.number in sent.content.decode()
    assert "までに、" in sent.content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_each_question_shows_its_place_and_the_record(as_resident, link, step):
    page = as_resident.get(question_url(link, step)).content.decode()

    assert f"質問 {STEPS.index(step) + 1} / 5" in page
    assert "見本銀行" in page
    assert page.count("<h1>") == 1


def test_the_record_is_named_but_not_its_details(as_resident, link):
    page = as_resident.get(question_url(link, "what")).content.decode()

    assert link.reference not in page
    assert link.details["account_number"] not in page


@pytest.mark.parametrize(("step", "typed"), [TYPED[0], TYPED[2], TYPED[4]])
def test_going_back_shows_what_was_answered(as_resident, link, step, typed):
    as_resident.post(question_url(link, step), typed)

    page = as_resident.get(question_url(link, step))

    form = page.context["form"]
    assert {name: form[name].value() for name in typed} == typed


def test_a_question_left_empty_is_asked_again_with_what_to_do(as_resident, link):
    page = as_resident.post(question_url(link, "what"), {})

    assert "ひとつ選んでください。" in page.content.decode()
    assert not Draft.objects.exists()


def test_what_was_typed_wrongly_is_still_there(as_resident, link):
    page = as_resident.post(question_url(link, "reach"), {"reach_by": "telephone", "telephone": "12-34"})

    assert 'value="12-34"' in page.content.decode()


def test_an_individual_number_is_not_kept(as_resident, link):
    page = as_resident.post(question_url(link, "story"), {"account": "番号は621498320257です"})

    assert "マイナンバー" in page.content.decode()
    assert not Draft.objects.exists()


def test_an_answer_changed_at_the_end_leads_back_to_the_end(as_resident, link, draft):
    page = as_resident.post(f"{question_url(link, 'what')}?check=1", {"kind": "ended"})

    assert page.url == check_url(link)
    assert "もう終わっているのに残っている" in as_resident.get(page.url).content.decode()


def test_the_draft_outlives_the_session(as_resident, link, draft, resident_user):
    as_resident.logout()
    as_resident.force_login(resident_user)

    page = as_resident.get(start_url(link))

    assert page.url == check_url(link)


def test_starting_again_goes_on_where_it_ended(as_resident, link):
    as_resident.post(question_url(link, "what"), {"kind": "ended"})

    assert as_resident.get(start_url(link)).url == question_url(link, "since")


def test_the_last_page_leads_to_what_is_missing(as_resident, link):
    as_resident.post(question_url(link, "what"), {"kind": "ended"})

    assert as_resident.get(check_url(link)).url == question_url(link, "since")
    assert as_resident.post(check_url(link)).url == question_url(link, "since")
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("switch", "target"),
    [({"language": "en"}, "set_language"), ({"simple": "1"}, "portal:display")],
)
def test_a_switch_in_the_middle_keeps_what_was_typed(as_resident, link, switch, target):
    typed = {"account": "半分だけ書いた", "next": question_url(link, "story")}

    page = as_resident.post(question_url(link, "story"), typed | switch)

    assert (page.status_code, page.headers["Location"]) == (307, reverse(target))
    assert Draft.objects.get().answers == {"account": "半分だけ書いた"}


def test_after_the_switch_the_same_question_is_asked_in_the_other_language(as_resident, link):
    typed = {"account": "half written", "next": question_url(link, "story"), "language": "en"}
    as_resident.post(question_url(link, "story"), typed)

    as_resident.post(reverse("set_language"), typed)
    page = as_resident.get(question_url(link, "story")).content.decode()

    assert "What happened?" in page
    assert "half written" in page


def test_a_switch_keeps_no_individual_number(as_resident, link):
    typed = {"account": "番号は621498320257です", "language": "en"}

    as_resident.post(question_url(link, "story"), typed)

    assert Draft.objects.get().answers == {"account": "番号は□□□□□□□□□□□□です"}


@pytest.mark.parametrize("typed", ["\0", "a\0b", "あ" * 100_000])
def test_a_switch_keeps_what_the_database_can_keep(as_resident, link, typed):
    page = as_resident.post(question_url(link, "story"), {"account": typed, "language": "en"})

    kept = Draft.objects.get().answers["account"]
    assert page.status_code == 307
    assert "\0" not in kept
    assert len(kept) <= 2 * LONGEST


def test_half_an_answer_kept_by_a_switch_is_asked_again(as_resident, link):
    as_resident.post(question_url(link, "reach"), {"reach_by": "telephone", "telephone": "09", "simple": "1"})

    page = as_resident.get(question_url(link, "reach"))

    assert page.context["form"]["telephone"].value() == "09"
    assert as_resident.get(check_url(link)).url == question_url(link, "what")


def test_enter_presses_no_switch(as_resident, link):
    page = as_resident.get(question_url(link, "reach")).content.decode()

    first = page.index('<button form="question" hidden>')
    assert first < page.index('name="simple"')


def test_sent_twice_it_is_one_report(as_resident, link, draft):
    first = as_resident.post(check_url(link))
    second = as_resident.post(check_url(link))

    assert first.url == second.url
    assert Report.objects.count() == 1


def test_a_record_that_was_reported_leads_to_its_report(as_resident, link, report):
    page = as_resident.get(start_url(link), follow=True)

    assert page.redirect_chain[-1][0] == report.get_absolute_url()
    assert "すでに申し出を受け付けています" in page.content.decode()


def test_a_finished_report_does_not_block_a_new_one(as_resident, link, resident_user, support):
    corrected(link, resident_user, support, remedy="release", cause="not_an_error")

    assert as_resident.get(start_url(link)).url == question_url(link, "what")


@pytest.mark.parametrize("language", ["en", "vi", "zh-hans"])
def test_the_report_remembers_language_and_version(as_resident, link, draft, language):
    as_resident.cookies["simple"] = "1"
    as_resident.cookies["django_language"] = language

    as_resident.post(check_url(link))

    report = Report.objects.get()
    assert (report.language, report.simple) == (language, True)


@pytest.mark.parametrize("name", ["reports:start", "reports:check"])
def test_a_neighbours_record_is_not_there(as_resident, neighbours_link, name):
    assert as_resident.get(reverse(name, args=[neighbours_link.public_id])).status_code == 404
    assert as_resident.post(check_url(neighbours_link)).status_code == 404


@pytest.mark.parametrize("step", STEPS)
def test_a_neighbours_record_has_no_questions(as_resident, neighbours_link, step):
    assert as_resident.get(question_url(neighbours_link, step)).status_code == 404
    assert as_resident.post(question_url(neighbours_link, step), {"kind": "ended"}).status_code == 404
    assert not Draft.objects.exists()


def test_a_question_that_does_not_exist_is_not_there(as_resident, link):
    assert as_resident.get(question_url(link, "colour")).status_code == 404


def test_a_record_that_was_removed_cannot_be_reported(as_resident, link, resident_user, support):
    corrected(link, resident_user, support)

    assert as_resident.get(start_url(link)).status_code == 404


def test_an_agent_reports_for_the_child_and_sees_for_whom(as_resident, neighbours_link, resident_user):
    authority(agent=resident_user, subject=neighbours_link.resident)

    page = as_resident.get(question_url(neighbours_link, "what"))

    assert page.context["subject_band"] == neighbours_link.resident.name
    assert 'class="band"' in page.content.decode()


def test_on_ones_own_record_there_is_no_band(as_resident, link):
    assert 'class="band"' not in as_resident.get(question_url(link, "what")).content.decode()


def test_a_visitor_must_sign_in_first(client, link):
    page = client.get(question_url(link, "what"))

    assert page.status_code == 302
    assert reverse("account_login") in page.url


def test_the_fallback_certificate_is_offered_where_the_insurance_is_on_hold(
    as_resident, insurance, resident_user
):
    report = filed(insurance, resident_user)

    page = as_resident.get(reverse("reports:sent", args=[report.public_id])).content.decode()

    assert reverse("certificates:start", args=[insurance.resident.public_id]) in page


def test_it_is_not_offered_for_a_bank_account(as_resident, report):
    page = as_resident.get(reverse("reports:sent", args=[report.public_id])).content.decode()

    assert "/certificates/new" not in page
    assert "その間に病院へ行くときは" not in page


@pytest.mark.parametrize("step", [*STEPS, "check"])
def test_a_question_asks_the_database_little(as_resident, link, draft, step, django_assert_max_num_queries):
    url = check_url(link) if step == "check" else question_url(link, step)

    with django_assert_max_num_queries(10):
        as_resident.get(url)


def test_sending_asks_no_more_with_many_records(
    as_resident, link, draft, resident, django_assert_max_num_queries
):
    LinkFactory.create_batch(10, resident=resident)

    with django_assert_max_num_queries(37):
        as_resident.post(check_url(link))


def test_what_is_not_to_be_sent_is_deleted_once_that_is_confirmed(as_resident, link, draft):
    url = reverse("reports:discard", args=[link.public_id])
    assert url in as_resident.get(check_url(link)).content.decode()
    asked = as_resident.get(url).content.decode()
    assert "見本銀行" in asked
    assert Draft.objects.exists()

    page = as_resident.post(url)

    assert page.url == link.get_absolute_url()
    assert not Draft.objects.exists()
