"""From mail to paper, through the whole delivery."""

import pytest

from notices.channels.message import Refused, Unreachable
from notices.delivering import MOST_TRIES, deliver_all
from notices.models import LETTER, Delivery
from tests.notices.factories import NoticeFactory
from tests.notices.outbox import make_due

State = Delivery.State


@pytest.fixture
def insurance(resident, resident_user):
    """A notice that a health insurance was withheld."""
    return NoticeFactory.create(resident=resident, area="health")


def states(notice):
    return dict(Delivery.objects.of(notice).values_list("channel", "state"))


def test_a_withheld_insurance_ends_in_a_letter_where_the_mail_was_refused(insurance, failing):
    failing(Refused("550"))

    deliver_all([insurance.pk])
    deliver_all([insurance.pk])

    insurance.refresh_from_db()
    assert states(insurance) == {"email": State.REFUSED, LETTER: State.QUEUED}
    assert insurance.settled_at is not None


def test_a_withheld_insurance_ends_in_a_letter_after_four_hours_of_silence(insurance, failing):
    failing(Unreachable("busy"))

    for _try in range(MOST_TRIES):
        before = states(insurance)
        deliver_all([insurance.pk])
        make_due(insurance)

    assert before == {"email": State.FAILED}
    assert states(insurance) == {"email": State.GIVEN_UP, LETTER: State.QUEUED}


def test_who_has_no_sign_in_gets_the_letter_at_once(neighbour):
    notice = NoticeFactory.create(resident=neighbour, area="health")

    deliver_all([notice.pk])

    assert states(notice) == {LETTER: State.QUEUED}


def test_no_paper_where_the_mail_was_taken(insurance):
    deliver_all([insurance.pk])

    assert states(insurance) == {"email": State.ACCEPTED}


@pytest.mark.parametrize(("kind", "area"), [("record.withheld", "money"), ("report.moved", "health")])
def test_what_can_wait_is_not_printed(kind, area, neighbour):
    notice = NoticeFactory.create(resident=neighbour, kind=kind, area=area)

    deliver_all([notice.pk])

    assert states(notice) == {}
