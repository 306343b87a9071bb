"""Two at the same moment: the database decides, and the second is told in plain words."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from certificates import actions
from certificates.models import Application, Certificate
from certificates.refusal import CertificateError
from tests.certificates.factories import application, draft, insurance
from tests.factories import authority

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do all of them at the same moment, each in a thread of its own; how each ended."""
    start, ended = threading.Barrier(len(deeds)), []

    def run(deed):
        start.wait()
        try:
            deed()
            ended.append("done")
        except CertificateError as refusal:
            ended.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_a_person_and_their_agent_apply_at_the_same_moment(resident, resident_user, neighbour_user):
    insurance(resident)
    authority(agent=neighbour_user, subject=resident)
    drafts = [draft(resident, resident_user), draft(resident, neighbour_user)]

    ended = at_once(
        *(lambda one=one: actions.apply(draft=one, by=one.user, at=timezone.now()) for one in drafts)
    )

    assert ended.count("done") == 1
    assert Application.objects.count() == 1
    assert len([words for words in ended if words != "done"]) == 1


def test_two_agents_issue_at_the_same_moment(resident, support, supervisor):
    waiting = application(resident)

    ended = at_once(
        *(
            lambda by=by: actions.issue(application=waiting, by=by, at=timezone.now())
            for by in (support, supervisor)
        )
    )

    assert ended.count("done") == 1
    assert Certificate.objects.count() == 1


def test_one_issues_while_another_returns(resident, support, supervisor):
    waiting = application(resident)

    ended = at_once(
        lambda: actions.issue(application=waiting, by=support, at=timezone.now()),
        lambda: actions.return_application(application=waiting, reason="x", by=supervisor, at=timezone.now()),
    )

    waiting.refresh_from_db()
    assert ended.count("done") == 1
    assert Certificate.objects.exists() == (waiting.state == "issued")
