"""The desk in a browser: who gets in, what is shown, what a form posted late or twice does."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from links.models import Link
from reports import actions
from reports.desk.steps import VERBS
from reports.kinds import State
from reports.models import Message, Proposal, Report
from tests.factories import FindingFactory, LinkFactory, ResidentFactory, UserFactory, bound_user
from tests.reports.factories import CORRECTION, RELEASE, corrected, do, filed

QUEUE = reverse("desk:queue")


def case_url(report: Report) -> str:
    """The page of a case."""
    return reverse("desk:case", args=[report.public_id])


def step_url(report: Report, verb: str) -> str:
    """The page of a step."""
    return reverse("desk:step", args=[report.public_id, verb])


def version(report: Report) -> int:
    """The case's present version."""
    return Report.objects.get(pk=report.pk).version


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


def test_the_queue_names_cases_clocks_and_who_is_in_charge(as_support, taken_report, support):
    page = as_support.get(QUEUE).content.decode()

    assert taken_report.number in page
    assert "対応を決める" in page
    assert "営業日" in page
    assert support.name in page


def test_the_queue_names_no_resident(as_support, report, resident):
    page = as_support.get(QUEUE).content.decode()

    assert resident.name not in page
    assert report.account not in page


def test_the_filter_stands_in_the_address(as_support, report, insurance, resident_user):
    grave = filed(insurance, resident_user)

    page = as_support.get(QUEUE, {"category": "health_insurance", "state": "received"}).content.decode()

    assert grave.number in page
    assert report.number not in page


def test_a_filter_that_does_not_exist_shows_everything(as_support, report):
    page = as_support.get(QUEUE, {"state": "lost", "page": "nowhere"})

    assert page.status_code == 200
    assert report.number in page.content.decode()


def test_an_empty_choice_says_that_other_cases_may_wait(as_support, report):
    assert "ほかの案件が待っている" in as_support.get(QUEUE, {"state": "proposed"}).content.decode()


def many_cases(count: int) -> None:
    """Open cases of different people."""
    for _ in range(count):
        resident = ResidentFactory.create()
        filed(LinkFactory.create(resident=resident), bound_user(resident))


def test_a_page_of_the_queue_holds_fifty(as_support):
    many_cases(52)

    first, second = as_support.get(QUEUE), as_support.get(QUEUE, {"page": 2})

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 2)
    assert "?page=2" in first.content.decode()


@pytest.mark.parametrize("count", [1, 51])
def test_the_queue_asks_the_same_however_long_it_is(as_support, count, django_assert_max_num_queries):
    many_cases(count)

    with django_assert_max_num_queries(8):
        as_support.get(QUEUE)


def test_pages_keep_the_filter(as_support):
    many_cases(51)

    assert "?state=received&amp;page=2" in as_support.get(QUEUE, {"state": "received"}).content.decode()


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

    with django_assert_max_num_queries(20):
        as_support.get(case_url(taken_report))


def test_conversation_and_notes_are_told_apart_by_words_and_frames(as_support, report):
    page = as_support.get(case_url(report)).content.decode()

    assert page.index('class="card outward"') < page.index("ここに書いたことは、すべて住民が読みます。")
    assert page.index('class="card inward"') < page.index("職員だけが見ます。住民には決して見えません。")
    assert step_url(report, "reply") in page
    assert step_url(report, "note") in page


def test_a_case_is_taken_with_one_press(as_support, report, support):
    page = as_support.post(step_url(report, "take"), {"version": 1}, follow=True)

    assert Report.objects.get().assignee == support
    assert "あなたの担当になりました。" in page.content.decode()


@pytest.mark.parametrize(
    ("verb", "audience"),
    [("institution", "staff"), ("resident", "resident"), ("reply", "resident"), ("note", "staff")],
)
def test_what_is_written_goes_where_its_form_says(as_support, taken_report, verb, audience):
    as_support.post(step_url(taken_report, verb), {"version": version(taken_report), "text": "Hello"})

    message = Message.objects.get()
    assert (message.audience, message.text) == (audience, "Hello")


@pytest.mark.parametrize("verb", ["institution", "resident", "reply", "note"])
def test_an_empty_text_is_asked_for_again(as_support, taken_report, verb):
    page = as_support.post(step_url(taken_report, verb), {"version": version(taken_report), "text": ""})

    assert "文を書いてください。" in page.content.decode()
    assert not Message.objects.exists()


def test_asking_the_institution_shows_how_to_reach_it(as_support, taken_report, institution):
    institution.contact, institution.hours = "03-0000-0000", "9-17"
    institution.save()

    page = as_support.get(step_url(taken_report, "institution")).content.decode()

    assert "03-0000-0000" in page


def test_a_correction_is_proposed_and_approved_by_two_people(client, taken_report, support, supervisor):
    client.force_login(support)
    client.post(step_url(taken_report, "propose"), CORRECTION | {"version": version(taken_report)})
    client.force_login(supervisor)

    page = client.post(step_url(taken_report, "approve"), {"version": version(taken_report)}, follow=True)

    assert "訂正しました" in page.content.decode()
    assert Link.objects.get().settled_as == "unlinked"
    assert Report.objects.get().state == State.CORRECTED


def test_a_contradictory_proposal_keeps_what_was_typed(as_support, taken_report):
    wrong = CORRECTION | {"version": version(taken_report), "cause": "not_an_error"}

    page = as_support.post(step_url(taken_report, "propose"), wrong).content.decode()

    assert CORRECTION["reason"] in page
    assert not Proposal.objects.exists()


def test_the_approver_reads_the_proposal_on_the_page_that_approves(as_supervisor, proposed_report):
    page = as_supervisor.get(step_url(proposed_report, "approve")).content.decode()

    assert CORRECTION["reason"] in page
    assert CORRECTION["explanation"] in page


def test_a_proposal_goes_back_with_its_reason_for_the_colleague(client, proposed_report, support, supervisor):
    client.force_login(supervisor)
    typed = {"version": version(proposed_report), "text": "Ask the bank first."}
    client.post(step_url(proposed_report, "send-back"), typed)
    client.force_login(support)

    page = client.get(case_url(proposed_report)).content.decode()

    assert "Ask the bank first." in page
    assert "差し戻した提案" in page


def test_the_proposer_is_told_to_wait_for_another_person(as_support, proposed_report):
    assert "あなたの提案です。" in as_support.get(case_url(proposed_report)).content.decode()


def test_a_form_on_an_older_case_is_refused_and_loses_nothing(as_support, taken_report, resident_user, now):
    seen = version(taken_report)
    actions.answer(report=taken_report, text="It is mine after all.", by=resident_user, at=now)

    page = as_support.post(step_url(taken_report, "propose"), CORRECTION | {"version": seen})

    html = page.content.decode()
    assert "読んでいる間に、この案件が変わりました" in html
    assert CORRECTION["reason"] in html
    assert not Proposal.objects.exists()


def test_after_the_warning_it_can_be_decided_on_the_case_as_it_is(
    as_support, taken_report, resident_user, now
):
    seen = version(taken_report)
    actions.answer(report=taken_report, text="It is mine after all.", by=resident_user, at=now)
    warned = as_support.post(step_url(taken_report, "propose"), CORRECTION | {"version": seen})

    again = {"version": warned.context["form"]["version"].value()}
    as_support.post(step_url(taken_report, "propose"), CORRECTION | again)

    assert Proposal.objects.count() == 1


def test_an_approval_posted_twice_happens_once(as_supervisor, proposed_report):
    typed = {"version": version(proposed_report)}
    as_supervisor.post(step_url(proposed_report, "approve"), typed)

    page = as_supervisor.post(step_url(proposed_report, "approve"), typed)

    assert "いまはこの操作ができません" in page.content.decode()
    assert Proposal.objects.get().state == Proposal.State.APPROVED


def test_a_step_that_is_not_possible_now_says_where_the_case_stands(as_support, report):
    page = as_support.get(step_url(report, "propose")).content.decode()

    assert "いまはこの操作ができません" in page
    assert "受け付けました" in page
    assert 'name="reason"' not in page


def test_a_resolution_after_a_withdrawal_is_refused(as_support, taken_report, resident_user, now):
    seen = version(taken_report)
    actions.withdraw(report=taken_report, by=resident_user, at=now)

    as_support.post(step_url(taken_report, "propose"), CORRECTION | {"version": seen})

    assert Report.objects.get().state == State.WITHDRAWN
    assert not Proposal.objects.exists()


def test_a_closed_case_can_be_read_and_not_written_to(as_support, link, resident_user, support):
    report = corrected(link, resident_user, support, **RELEASE)

    page = as_support.get(case_url(report)).content.decode()

    assert "この案件は終わりました。" in page
    assert "<textarea" not in page


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


def test_a_protected_persons_address_is_not_shown(as_support, report, resident):
    resident.protected = True
    resident.save()
    FindingFactory.create(link=report.link)

    assert resident.address not in as_support.get(case_url(report)).content.decode()


def test_an_institution_was_asked_and_the_case_goes_on(as_support, taken_report, support):
    do("ask_institution", taken_report, support, text="Whose account is it?")

    as_support.post(step_url(taken_report, "resume"), {"version": version(taken_report)})

    assert Report.objects.get().state == State.TRIAGED


def test_a_step_without_words_shows_no_empty_card(as_supervisor, proposed_report):
    page = as_supervisor.get(step_url(proposed_report, "approve")).content.decode()
    asking = as_supervisor.get(step_url(proposed_report, "send-back")).content.decode()

    assert '<form method="post" novalidate>' in page
    assert '<form method="post" class="card' in asking


def test_a_case_reads_the_registered_birth_date_out_and_leaves_the_other_as_it_was_sent(
    as_support, report, link
):
    link.holder_birth_date = "19850402"
    link.save()
    FindingFactory.create(link=link, elements={"birth_date": "equal"})

    page = as_support.get(case_url(report)).content.decode()

    assert "1985年4月2日（昭和60年）" in page
    assert ">19850402<" in page


def test_the_desk_names_no_telephone_number_of_the_residents_line(as_support, report, settings):
    for address in (QUEUE, case_url(report)):
        assert settings.SUPPORT_PHONE not in as_support.get(address).content.decode()
