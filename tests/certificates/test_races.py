"""Two at the same moment: the database decides, and the second is told in plain words."""

import pytest
from django.utils import timezone

from certificates import actions
from certificates.models import Application, Certificate, Draft
from certificates.refusal import CertificateError
from tests.at_once import at_once
from tests.certificates.factories import NO_CARD, application, draft, insurance, proposed
from tests.factories import authority

pytestmark = pytest.mark.django_db(transaction=True)


def one_was_refused(results):
    """Whether exactly one of two was told that it came too late."""
    return [isinstance(result, CertificateError) for result in results].count(True) == 1


@pytest.mark.parametrize("begun", [{}, {"help": "lost"}], ids=["first answers", "changed answers"])
def test_two_answers_to_different_questions_are_both_kept(resident, resident_user, begun):
    for step, value in begun.items():
        answer(resident, resident_user, step, value)()

    at_once(*(answer(resident, resident_user, step, value) for step, value in NO_CARD.items()))

    assert Draft.objects.get().answers == NO_CARD


def answer(resident, user, step, value):
    """The deed of answering one question."""
    return lambda: actions.answer(resident=resident, step=step, value=value, by=user, at=timezone.now())


def test_a_person_and_their_agent_apply_at_the_same_moment(resident, resident_user, neighbour_user):
    insurance(resident)
    authority(agent=neighbour_user, subject=resident)
    drafts = [draft(resident, resident_user), draft(resident, neighbour_user)]

    results = at_once(
        *(lambda one=one: actions.apply(draft=one, by=one.user, at=timezone.now()) for one in drafts),
        refusal=CertificateError,
    )

    assert one_was_refused(results)
    assert Application.objects.count() == 1


def test_two_agents_issue_at_the_same_moment(resident, support, supervisor):
    waiting = proposed(application(resident))

    results = at_once(
        *(
            lambda by=by: actions.issue(application=waiting, by=by, at=timezone.now())
            for by in (support, supervisor)
        ),
        refusal=CertificateError,
    )

    assert one_was_refused(results)
    assert Certificate.objects.count() == 1


def test_one_issues_while_another_returns(resident, support, supervisor):
    waiting = proposed(application(resident))

    results = at_once(
        lambda: actions.issue(application=waiting, by=support, at=timezone.now()),
        lambda: actions.return_application(application=waiting, reason="x", by=supervisor, at=timezone.now()),
        refusal=CertificateError,
    )

    waiting.refresh_from_db()
    assert one_was_refused(results)
    assert Certificate.objects.exists() == (waiting.state == "issued")
