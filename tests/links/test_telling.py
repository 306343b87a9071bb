"""Staff are told by mail what waits about institutions: once, and nothing personal."""

import smtplib

import pytest
from django.core import mail

from accounts.models import User
from links import telling, watching
from links.models import Institution, Matter
from links.tasks import watch_institutions
from notices.actions import remember_language
from tests import factories
from tests.links.fed import DAY, applied


@pytest.fixture
def late(db, now) -> Institution:
    """An institution whose feed is missing."""
    institution = factories.InstitutionFactory.create(expected_every_days=7)
    applied(institution, at=now - 20 * DAY)
    return institution


@pytest.fixture
def data_officer(db) -> User:
    """Who imports feeds."""
    return factories.UserFactory.create(role="data_officer")


def test_supervisors_and_data_officers_are_told_once(late, supervisor, support, data_officer) -> None:
    watch_institutions()
    watch_institutions()

    assert sorted(letter.to for letter in mail.outbox) == sorted([[supervisor.email], [data_officer.email]])
    assert Matter.objects.get().told_at is not None


def test_the_mail_names_institution_and_category_and_has_no_link(late, supervisor) -> None:
    remember_language(user=supervisor, language="en")

    watch_institutions()

    (letter,) = mail.outbox
    assert letter.subject == "Something waits for you in the portal"
    assert "- A feed is late: Mihon Bank, Bank account for public payments\n" in letter.body
    assert "http" not in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_closed_before_anybody_was_told_is_not_told(late, supervisor, now) -> None:
    watching.look(at=now)
    applied(late)

    telling.tell_staff(at=now)

    assert mail.outbox == []


def test_without_anybody_to_tell_it_stays_untold(late) -> None:
    watch_institutions()

    assert Matter.objects.untold().count() == 1


def test_a_mail_server_that_is_away_loses_nothing(late, supervisor, monkeypatch) -> None:
    def away(*_args: object, **_options: object) -> None:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            watch_institutions()
    watch_institutions()

    assert len(mail.outbox) == 1


def test_a_long_list_ends_with_how_many_more_there_are(db, supervisor, now) -> None:
    remember_language(user=supervisor, language="en")
    for _each in range(telling.LISTED + 3):
        applied(factories.InstitutionFactory.create(expected_every_days=1), at=now - 20 * DAY)

    watch_institutions()

    assert "- And 3 more.\n" in mail.outbox[0].body
