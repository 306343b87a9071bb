"""Two at once, on real connections: one wins, the other is told, nothing happens twice."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import StoredFile
from links.models import Hold, Link
from notices.models import Notice
from reports import actions, passing
from reports.kinds import State
from reports.models import Attachment, Draft, Message, Proposal, Report, Step
from tests.at_once import at_once
from tests.factories import LinkFactory, ResidentFactory, UserFactory, bound_user
from tests.reports.factories import ANSWERS, RELEASE, asked, attached, corrected, filed, proposed
from tests.reports.inquiries.conftest import officer_of
from tests.reports.other import other

pytestmark = pytest.mark.django_db(transaction=True)


def both(*deeds: Callable[[], object]) -> list[object]:
    """What each deed returned, or how it was refused."""
    return at_once(*deeds, refusal=actions.ReportError)


def refusals(results: list[object]) -> int:
    """How many were refused."""
    return sum(isinstance(result, actions.ReportError) for result in results)


def test_two_reports_of_one_record_at_once_are_one():
    link = LinkFactory.create()
    user = bound_user(link.resident)

    first, second = both(lambda: filed(link, user), lambda: filed(link, user))

    assert first == second
    assert Report.objects.count() == Step.objects.count() == Hold.objects.count() == 1
    assert Notice.objects.filter(kind="report.received").count() == 1


def test_two_reports_of_one_missing_record_at_once_are_one():
    user = bound_user(resident := ResidentFactory.create())

    first, second = both(lambda: other(resident, user), lambda: other(resident, user))

    assert first == second
    assert Report.objects.count() == Step.objects.count() == Notice.objects.count() == 1


def test_still_wrong_said_twice_at_once_opens_it_once():
    link = LinkFactory.create()
    user, agent = bound_user(link.resident), UserFactory.create(role="support")
    report = corrected(link, user, agent, **RELEASE)

    def again() -> object:
        return actions.reopen(report=report, text="Still wrong.", by=user, at=timezone.now())

    assert refusals(both(again, again)) == 1
    assert Hold.objects.active().count() == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize("begun", [{}, {"kind": "not_mine"}], ids=["first answers", "changed answers"])
def test_two_answers_at_once_are_both_kept(begun):
    link = LinkFactory.create()
    keep = {"link": link, "by": bound_user(link.resident), "at": timezone.now()}
    if begun:
        actions.keep(answers=begun, **keep)

    both(
        lambda: actions.keep(answers={"kind": "ended"}, **keep),
        lambda: actions.keep(answers={"account": "It ended."}, **keep),
    )

    assert Draft.objects.get().answers == {"kind": "ended", "account": "It ended."}


def test_a_case_is_taken_by_one_of_two():
    report = a_report()
    agents = [UserFactory.create(role="support") for _ in range(2)]

    results = both(*(taking(report, agent) for agent in agents))

    kept = Report.objects.get()
    assert refusals(results) == 1
    assert kept.steps.filter(state=State.TRIAGED).count() == 1
    assert kept.assignee in agents


def test_a_case_that_two_give_away_at_once_is_given_once():
    report = a_report()
    people = [UserFactory.create(role="support") for _ in range(2)]

    def giving(agent, to):
        deed = {"version": 1, "to": to, "team": "", "by": agent, "at": timezone.now()}
        return lambda: actions.assign(report=report, **deed)

    results = both(giving(people[0], people[1]), giving(people[1], people[0]))

    assert refusals(results) == 1
    assert Report.objects.get().version == 2


def test_two_workers_raise_an_overdue_case_once():
    report = a_report()
    Report.objects.update(next_step_by=timezone.localdate() - datetime.timedelta(days=1))

    assert sorted(both(*[lambda: passing.rise(report, at=timezone.now())] * 2)) == [False, True]


def test_two_officers_who_answer_at_once_answer_once():
    link = LinkFactory.create()
    inquiry = asked(link, bound_user(link.resident), UserFactory.create(role="support"))
    officers = [officer_of(link.institution) for _ in range(2)]

    def answering(officer, done):
        deed = {"inquiry": inquiry, "done": done, "text": "Checked.", "by": officer, "at": timezone.now()}
        return lambda: actions.answer_inquiry(**deed)

    assert refusals(both(answering(officers[0], True), answering(officers[1], False))) == 1
    assert Report.objects.get().state == State.TRIAGED


def test_a_correction_is_approved_once():
    report = a_proposal()
    supervisors = [UserFactory.create(role="supervisor") for _ in range(2)]

    results = both(*(approving(report, supervisor) for supervisor in supervisors))

    assert refusals(results) == 1
    assert Report.objects.get().state == State.CORRECTED
    assert Notice.objects.filter(kind="report.closed").count() == 1


def test_approved_and_sent_back_at_once_ends_in_one_of_them():
    report = a_proposal()
    one, other = (UserFactory.create(role="supervisor") for _ in range(2))
    version = Report.objects.get().version

    results = both(
        approving(report, one),
        lambda: actions.send_back(report=report, version=version, text="No.", by=other, at=timezone.now()),
    )

    approved = Report.objects.get().state == State.CORRECTED
    assert refusals(results) == 1
    assert Proposal.objects.get().state == ("approved" if approved else "returned")
    assert (Link.objects.get().settled_as == "unlinked") is approved


def test_a_resident_who_withdraws_while_a_case_is_taken_is_heard_or_told():
    report = a_report()
    agent = UserFactory.create(role="support")

    both(
        taking(report, agent),
        lambda: actions.withdraw(report=report, by=report.filed_by, at=timezone.now()),
    )

    kept = Report.objects.get()
    assert kept.state == State.WITHDRAWN
    assert not Link.objects.get().held


def test_a_message_sent_twice_at_once_is_said_once():
    report = a_report()

    def say() -> Report:
        return actions.answer(report=report, text="Any news?", by=report.filed_by, at=timezone.now())

    both(say, say)

    assert Message.objects.count() == 1


def test_files_added_at_once_are_never_more_than_five():
    link = LinkFactory.create()
    user = bound_user(link.resident)
    for _each in range(4):
        attached(link, user)

    results = both(*[lambda: attached(link, user)] * 3)

    places = Attachment.objects.kept_by(user, link).values_list("place", flat=True)
    assert sorted(places) == [1, 2, 3, 4, 5]
    assert refusals(results) == 2
    assert StoredFile.objects.count() == 5


def test_a_file_added_while_the_report_is_sent_is_in_the_report_or_in_a_new_draft():
    link = LinkFactory.create()
    user = bound_user(link.resident)
    attached(link, user)

    both(lambda: attached(link, user), lambda: filed(link, user))

    sent = Report.objects.get().attachments.count()
    assert sent + Attachment.objects.kept_by(user, link).count() == StoredFile.objects.count()
    assert sent >= 1


def a_report() -> Report:
    """A report with people of its own."""
    link = LinkFactory.create()
    return filed(link, bound_user(link.resident), **ANSWERS)


def a_proposal() -> Report:
    """A report whose correction waits for a second person."""
    link = LinkFactory.create()
    return proposed(link, bound_user(link.resident), UserFactory.create(role="support"))


def taking(report: Report, agent) -> Callable[[], object]:
    """The deed of taking the case as it stood at first."""
    return lambda: actions.take(report=report, version=1, by=agent, at=timezone.now())


def approving(report: Report, supervisor) -> Callable[[], object]:
    """The deed of approving the case as it stands."""
    version = Report.objects.get().version
    return lambda: actions.approve(report=report, version=version, by=supervisor, at=timezone.now())
