"""From mail to paper, through the whole delivery."""

import datetime

import pytest
from django.core import mail

from accounts.models import Telephone
from notices.channels.message import Refused, Unreachable
from notices.claiming import MOST_TRIES
from notices.delivering import deliver_all
from notices.models import LETTER, Delivery, Preference
from notices.ways import JAPAN
from tests.notices.factories import NoticeFactory
from tests.notices.outbox import make_due

State = Delivery.State
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def insurance(resident, resident_user):
    """A notice that a health insurance was withheld."""
    return NoticeFactory.create(resident=resident, area="health")


def states(notice):
    return dict(Delivery.objects.of(notice).values_list("channel", "state"))


def test_a_withheld_insurance_ends_in_a_letter_where_the_mail_was_refused(insurance, failing):
    failing(Refused("550"))

    deliver_all([insurance])
    deliver_all([insurance])

    insurance.refresh_from_db()
    assert states(insurance) == {"email": State.REFUSED, LETTER: State.QUEUED}
    assert insurance.settled_at is not None


def test_a_withheld_insurance_ends_in_a_letter_after_four_hours_of_silence(insurance, failing):
    failing(Unreachable("busy"))

    for _try in range(MOST_TRIES):
        before = states(insurance)
        deliver_all([insurance])
        make_due(insurance)

    assert before == {"email": State.FAILED}
    assert states(insurance) == {"email": State.GIVEN_UP, LETTER: State.QUEUED}


def test_who_has_no_sign_in_gets_the_letter_at_once(neighbour):
    notice = NoticeFactory.create(resident=neighbour, area="health")

    deliver_all([notice])

    assert states(notice) == {LETTER: State.QUEUED}


def test_no_paper_where_the_mail_was_taken(insurance):
    deliver_all([insurance])

    assert states(insurance) == {"email": State.ACCEPTED}


@pytest.mark.parametrize(("kind", "area"), [("record.withheld", "money"), ("report.moved", "health")])
def test_what_can_wait_is_not_printed(kind, area, neighbour):
    notice = NoticeFactory.create(resident=neighbour, kind=kind, area=area)

    deliver_all([notice])

    assert states(notice) == {}


def test_a_text_message_follows_a_refused_mail_and_tells_no_more_than_the_title(
    insurance, resident_user, failing, settings, tmp_path, now
):
    settings.SMS_URL = f"file://{tmp_path}"
    Telephone.objects.create(user=resident_user, number="+819012345678", proven_at=now)
    failing(Refused("550"))

    deliver_all([insurance])

    (file,) = tmp_path.iterdir()
    assert states(insurance) == {"email": State.REFUSED, "sms": State.ACCEPTED}
    assert file.read_text(encoding="utf-8").startswith("+819012345678\n\n")
    assert insurance.subject_id not in file.read_text(encoding="utf-8")


def test_in_quiet_hours_nothing_is_sent_and_it_is_due_when_they_end(insurance, resident_user, time_machine):
    evening = datetime.datetime(2026, 11, 28, 23, tzinfo=JAPAN)
    time_machine.move_to(evening, tick=False)
    hours = {"quiet_from": datetime.time(22), "quiet_until": datetime.time(7)}
    Preference.objects.create(user=resident_user, **hours)

    deliver_all([insurance])
    insurance.refresh_from_db()
    waits = (states(insurance), insurance.due_at, len(mail.outbox))
    time_machine.move_to(evening + 8 * HOUR, tick=False)
    deliver_all([insurance])

    assert waits == ({"email": State.QUEUED}, evening + 8 * HOUR, 0)
    assert states(insurance) == {"email": State.ACCEPTED}


def test_what_somebody_does_without_stays_in_the_inbox_only(resident, resident_user):
    Preference.objects.create(user=resident_user, switched_off=["reports:email"])
    notice = NoticeFactory.create(resident=resident, kind="report.moved")

    deliver_all([notice])

    notice.refresh_from_db()
    assert (states(notice), mail.outbox) == ({}, [])
    assert notice.settled_at is not None
