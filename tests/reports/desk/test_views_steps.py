"""Steps in a browser: what a form shows, and what one posted late or twice does."""

import pytest

from links.models import Link
from reports import actions
from reports.kinds import State
from reports.models import Message, Proposal, Report
from tests.reports.desk.addresses import case_url, step_url, version
from tests.reports.factories import CORRECTION, do


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


def test_an_institution_was_asked_and_the_case_goes_on(as_support, taken_report, support):
    do("ask_institution", taken_report, support, text="Whose account is it?")

    as_support.post(step_url(taken_report, "resume"), {"version": version(taken_report)})

    assert Report.objects.get().state == State.TRIAGED


def test_a_step_without_words_shows_no_empty_card(as_supervisor, proposed_report):
    page = as_supervisor.get(step_url(proposed_report, "approve")).content.decode()
    asking = as_supervisor.get(step_url(proposed_report, "send-back")).content.decode()

    assert '<form method="post" novalidate>' in page
    assert '<form method="post" class="card' in asking
